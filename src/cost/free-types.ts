/** Types that are part of something else, or that AWS does not charge for; each list with its reason. */
const groups: readonly { readonly why: string; readonly types: string }[] = [
  {
    why: "VPC networking: https://aws.amazon.com/vpc/pricing names what is charged, this is not among it",
    types: `default_network_acl default_route_table default_security_group default_subnet default_vpc
      default_vpc_dhcp_options egress_only_internet_gateway internet_gateway internet_gateway_attachment
      main_route_table_association network_acl network_acl_association network_acl_rule network_interface
      network_interface_attachment network_interface_sg_attachment route route_table route_table_association
      security_group security_group_rule subnet vpc vpc_dhcp_options vpc_dhcp_options_association
      vpc_endpoint_connection_accepter vpc_endpoint_policy vpc_endpoint_route_table_association
      vpc_endpoint_security_group_association vpc_endpoint_service vpc_endpoint_service_allowed_principal
      vpc_endpoint_subnet_association vpc_ipv4_cidr_block_association vpc_ipv6_cidr_block_association
      vpc_peering_connection vpc_peering_connection_accepter vpc_peering_connection_options
      vpc_security_group_egress_rule vpc_security_group_ingress_rule vpn_connection_route vpn_gateway
      vpn_gateway_attachment vpn_gateway_route_propagation customer_gateway flow_log ec2_managed_prefix_list
      ec2_managed_prefix_list_entry ec2_subnet_cidr_reservation ec2_tag ec2_transit_gateway
      ec2_transit_gateway_route ec2_transit_gateway_route_table ec2_transit_gateway_route_table_association
      ec2_transit_gateway_route_table_propagation ec2_transit_gateway_vpc_attachment_accepter
      ec2_client_vpn_authorization_rule ec2_client_vpn_route ec2_traffic_mirror_filter
      ec2_traffic_mirror_filter_rule ec2_traffic_mirror_target dx_gateway dx_private_virtual_interface
      dx_public_virtual_interface dx_transit_virtual_interface dx_lag`,
  },
  {
    why: "identity and access: https://aws.amazon.com/iam says IAM and STS are free",
    types: `iam_access_key iam_account_alias iam_account_password_policy iam_group iam_group_membership
      iam_group_policy iam_group_policy_attachment iam_instance_profile iam_openid_connect_provider iam_policy
      iam_policy_attachment iam_role iam_role_policies_exclusive iam_role_policy iam_role_policy_attachment
      iam_role_policy_attachments_exclusive iam_saml_provider iam_security_token_service_preferences
      iam_server_certificate iam_service_linked_role iam_signing_certificate iam_user
      iam_user_group_membership iam_user_login_profile iam_user_policy iam_user_policy_attachment
      iam_user_ssh_key iam_virtual_mfa_device accessanalyzer_analyzer organizations_account
      organizations_organization organizations_organizational_unit organizations_policy
      organizations_policy_attachment ssoadmin_account_assignment ssoadmin_managed_policy_attachment
      ssoadmin_permission_set ssoadmin_permission_set_inline_policy cognito_identity_pool
      cognito_identity_pool_roles_attachment cognito_identity_provider cognito_resource_server cognito_user_group
      cognito_user_pool_client cognito_user_pool_domain ram_principal_association ram_resource_association
      ram_resource_share ram_resource_share_accepter`,
  },
  {
    why: "a setting of a machine or group; what runs is charged there",
    types: `ami_launch_permission autoscaling_attachment autoscaling_group_tag autoscaling_lifecycle_hook
      autoscaling_notification autoscaling_policy autoscaling_schedule appautoscaling_policy
      appautoscaling_scheduled_action appautoscaling_target eip_association key_pair launch_configuration
      launch_template placement_group volume_attachment ec2_availability_zone_group ec2_instance_state
      ebs_default_kms_key ebs_encryption_by_default ecs_account_setting_default ecs_capacity_provider ecs_cluster
      ecs_cluster_capacity_providers ecs_tag ecs_task_definition ecs_task_set eks_access_entry
      eks_access_policy_association eks_addon eks_identity_provider_config eks_pod_identity_association
      batch_compute_environment batch_job_definition batch_job_queue batch_scheduling_policy
      spot_datafeed_subscription elastic_beanstalk_application elastic_beanstalk_application_version
      elastic_beanstalk_configuration_template lightsail_key_pair lightsail_domain
      lightsail_instance_public_ports lightsail_static_ip_attachment snapshot_create_volume_permission`,
  },
  {
    why: "a setting of a load balancer; the load balancer is charged",
    types: `alb_listener alb_listener_certificate alb_listener_rule alb_target_group alb_target_group_attachment
      lb_cookie_stickiness_policy lb_listener lb_listener_certificate lb_listener_rule lb_ssl_negotiation_policy
      lb_target_group lb_target_group_attachment load_balancer_backend_server_policy
      load_balancer_listener_policy load_balancer_policy app_cookie_stickiness_policy elb_attachment
      proxy_protocol_policy`,
  },
  {
    why: "a setting of a function; calls are charged there",
    types: `lambda_alias lambda_code_signing_config lambda_event_source_mapping lambda_function_event_invoke_config
      lambda_function_url lambda_layer_version lambda_layer_version_permission lambda_permission
      lambda_function_recursion_config lambda_runtime_management_config`,
  },
  {
    why: "a setting of a database, cache or file system; its instances and storage are charged",
    types: `db_event_subscription db_instance_role_association db_option_group db_parameter_group
      db_security_group db_subnet_group docdb_cluster_parameter_group docdb_subnet_group
      elasticache_parameter_group elasticache_security_group elasticache_subnet_group elasticache_user
      elasticache_user_group elasticache_user_group_association neptune_cluster_parameter_group
      neptune_event_subscription neptune_parameter_group neptune_subnet_group rds_cluster_endpoint
      rds_cluster_parameter_group rds_cluster_role_association rds_global_cluster rds_certificate
      redshift_event_subscription redshift_parameter_group redshift_security_group
      redshift_snapshot_copy_grant redshift_snapshot_schedule redshift_snapshot_schedule_association
      redshift_subnet_group dax_parameter_group dax_subnet_group dms_certificate dms_endpoint
      dms_event_subscription dms_replication_subnet_group dms_replication_task dynamodb_resource_policy
      dynamodb_table_item dynamodb_tag efs_access_point efs_backup_policy efs_file_system_policy
      efs_mount_target elasticsearch_domain_policy elasticsearch_domain_saml_options opensearch_domain_policy
      opensearch_domain_saml_options memorydb_acl memorydb_parameter_group memorydb_subnet_group memorydb_user
      mq_configuration msk_configuration msk_scram_secret_association msk_cluster_policy
      directory_service_conditional_forwarder directory_service_log_subscription`,
  },
  {
    why: "a setting of a bucket; its storage and requests are charged",
    types: `s3_access_point s3_account_public_access_block s3_bucket_accelerate_configuration s3_bucket_acl
      s3_bucket_cors_configuration s3_bucket_intelligent_tiering_configuration
      s3_bucket_lifecycle_configuration s3_bucket_logging s3_bucket_metric s3_bucket_notification
      s3_bucket_object_lock_configuration s3_bucket_ownership_controls s3_bucket_policy
      s3_bucket_public_access_block s3_bucket_replication_configuration
      s3_bucket_request_payment_configuration s3_bucket_server_side_encryption_configuration
      s3_bucket_versioning s3_bucket_website_configuration s3control_bucket_policy ecr_lifecycle_policy
      ecr_pull_through_cache_rule ecr_registry_policy ecr_registry_scanning_configuration
      ecr_replication_configuration ecr_repository_policy glacier_vault_lock backup_plan
      backup_region_settings backup_selection backup_vault_lock_configuration backup_vault_notifications
      backup_vault_policy backup_global_settings`,
  },
  {
    why: "a setting of an API; requests are charged with the API or its stage",
    types: `api_gateway_account api_gateway_api_key api_gateway_authorizer api_gateway_base_path_mapping
      api_gateway_client_certificate api_gateway_deployment api_gateway_documentation_part
      api_gateway_documentation_version api_gateway_domain_name api_gateway_gateway_response
      api_gateway_integration api_gateway_integration_response api_gateway_method
      api_gateway_method_response api_gateway_method_settings api_gateway_model
      api_gateway_request_validator api_gateway_resource api_gateway_rest_api_policy api_gateway_usage_plan
      api_gateway_usage_plan_key api_gateway_vpc_link apigatewayv2_api_mapping apigatewayv2_authorizer
      apigatewayv2_deployment apigatewayv2_domain_name apigatewayv2_integration
      apigatewayv2_integration_response apigatewayv2_model apigatewayv2_route apigatewayv2_route_response
      apigatewayv2_stage apigatewayv2_vpc_link cloudfront_cache_policy cloudfront_key_group
      cloudfront_monitoring_subscription cloudfront_origin_access_control cloudfront_origin_access_identity
      cloudfront_origin_request_policy cloudfront_public_key cloudfront_response_headers_policy
      appsync_datasource appsync_function appsync_resolver`,
  },
  {
    why: "a setting of messaging or monitoring; messages, metrics and logs are charged where they arise",
    types: `sqs_queue_policy sqs_queue_redrive_allow_policy sqs_queue_redrive_policy sns_platform_application
      sns_topic_policy sns_topic_data_protection_policy sns_sms_preferences cloudwatch_event_archive
      cloudwatch_event_bus_policy cloudwatch_event_permission cloudwatch_event_rule cloudwatch_event_target
      cloudwatch_log_data_protection_policy cloudwatch_log_destination cloudwatch_log_destination_policy
      cloudwatch_log_metric_filter cloudwatch_log_resource_policy cloudwatch_log_stream
      cloudwatch_log_subscription_filter cloudwatch_query_definition scheduler_schedule_group
      kinesis_stream_consumer kinesis_resource_policy ses_configuration_set ses_domain_dkim
      ses_domain_identity ses_domain_identity_verification ses_domain_mail_from ses_email_identity
      ses_receipt_filter ses_receipt_rule ses_receipt_rule_set ses_template sfn_activity sfn_alias
      sfn_state_machine_alias xray_encryption_config xray_group xray_sampling_rule`,
  },
  {
    why: "a certificate of a public authority, a policy, a rule set or an alias; not charged by itself",
    types: `acm_certificate_validation acmpca_permission acmpca_policy cloudhsm_v2_cluster config_aggregate_authorization
      config_configuration_aggregator config_configuration_recorder_status config_delivery_channel
      kms_alias kms_ciphertext kms_grant kms_key_policy secretsmanager_secret_policy
      secretsmanager_secret_rotation secretsmanager_secret_version ssm_association ssm_document
      ssm_maintenance_window ssm_maintenance_window_target ssm_maintenance_window_task ssm_patch_baseline
      ssm_patch_group ssm_resource_data_sync route53_delegation_set route53_hosted_zone_dnssec
      route53_key_signing_key route53_query_log route53_resolver_config
      route53_resolver_dnssec_config route53_resolver_firewall_config route53_resolver_query_log_config
      route53_resolver_query_log_config_association route53_resolver_rule
      route53_resolver_rule_association route53_vpc_association_authorization route53_zone_association
      service_discovery_http_namespace service_discovery_service waf_byte_match_set waf_geo_match_set
      waf_ipset waf_rate_based_rule waf_regex_match_set waf_regex_pattern_set waf_rule waf_rule_group
      waf_size_constraint_set waf_sql_injection_match_set waf_xss_match_set wafregional_byte_match_set
      wafregional_geo_match_set wafregional_ipset wafregional_rate_based_rule
      wafregional_regex_match_set wafregional_regex_pattern_set wafregional_rule wafregional_rule_group
      wafregional_size_constraint_set wafregional_sql_injection_match_set wafregional_web_acl_association
      wafregional_xss_match_set wafv2_ip_set wafv2_regex_pattern_set wafv2_rule_group
      wafv2_web_acl_association wafv2_web_acl_logging_configuration networkfirewall_firewall_policy
      networkfirewall_logging_configuration networkfirewall_resource_policy networkfirewall_rule_group
      shield_protection_group globalaccelerator_listener grafana_license_association
      grafana_role_association grafana_workspace_api_key transfer_access transfer_ssh_key transfer_user
      glue_catalog_table glue_classifier glue_connection glue_data_catalog_encryption_settings glue_partition
      glue_partition_index glue_registry glue_resource_policy glue_schema glue_security_configuration
      glue_trigger glue_user_defined_function glue_workflow athena_named_query athena_prepared_statement
      codebuild_source_credential codebuild_webhook codedeploy_app
      codedeploy_deployment_config codedeploy_deployment_group codestarconnections_connection
      codestarnotifications_notification_rule resourcegroups_group budgets_budget_action ce_cost_category
      servicequotas_service_quota cloudformation_type cloudformation_stack_set_instance`,
  },
  {
    why: "part of something that is charged as a whole",
    types: `s3_object s3_bucket_object s3_object_copy db_proxy_default_target_group db_proxy_target dms_s3_endpoint
      dx_bgp_peer dx_gateway_association_proposal dx_hosted_private_virtual_interface
      dx_hosted_private_virtual_interface_accepter dx_hosted_public_virtual_interface
      dx_hosted_public_virtual_interface_accepter dx_hosted_transit_virtual_interface
      dx_hosted_transit_virtual_interface_accepter ec2_transit_gateway_peering_attachment_accepter
      redshift_cluster_iam_roles redshiftserverless_namespace resourcegroups_resource
      vpc_endpoint_connection_notification transfer_tag apprunner_auto_scaling_configuration_version
      apprunner_connection apprunner_custom_domain_association apprunner_observability_configuration
      apprunner_vpc_connector amplify_backend_environment amplify_branch amplify_domain_association
      amplify_webhook codebuild_report_group codepipeline_webhook codeartifact_repository
      codeartifact_repository_permissions_policy codeartifact_domain_permissions_policy
      opensearchserverless_access_policy opensearchserverless_lifecycle_policy
      opensearchserverless_security_config opensearchserverless_security_policy
      opensearchserverless_vpc_endpoint prometheus_alert_manager_definition prometheus_rule_group_namespace
      sagemaker_model sagemaker_user_profile athena_data_catalog athena_database vpclattice_auth_policy
      vpclattice_listener vpclattice_listener_rule vpclattice_resource_policy vpclattice_service_network
      vpclattice_service_network_service_association vpclattice_service_network_vpc_association
      vpclattice_target_group vpclattice_target_group_attachment guardduty_filter guardduty_ipset
      guardduty_member guardduty_publishing_destination guardduty_threatintelset
      securityhub_insight securityhub_member`,
  },
  {
    why: "a setting or an account's bookkeeping; not charged by itself",
    types: `accessanalyzer_archive_rule account_alternate_contact api_gateway_response
      appconfig_extension_association appmesh_gateway_route appmesh_mesh appmesh_route appmesh_virtual_gateway
      appmesh_virtual_node appmesh_virtual_router appmesh_virtual_service budgets_budget
      cloudwatch_event_connection cognito_user cognito_user_in_group cognito_user_pool_ui_customization
      config_remediation_configuration imagebuilder_component imagebuilder_image_pipeline iot_policy
      iot_policy_attachment iot_role_alias ses_active_receipt_rule_set ses_event_destination
      ses_identity_notification_topic ses_identity_policy sesv2_configuration_set
      sesv2_configuration_set_event_destination sesv2_contact_list sesv2_email_identity
      sesv2_email_identity_feedback_attributes sesv2_email_identity_mail_from_attributes
      sesv2_email_identity_policy shield_drt_access_role_arn_association
      shield_protection_health_check_association ssoadmin_application ssoadmin_application_access_scope
      ssoadmin_application_assignment ssoadmin_application_assignment_configuration
      ssoadmin_customer_managed_policy_attachment ssoadmin_instance_access_control_attributes
      ssoadmin_permissions_boundary_attachment ssoadmin_trusted_token_issuer`,
  },
];

const reasons: ReadonlyMap<string, string> = new Map(
  groups.flatMap(({ why, types }) =>
    types
      .split(/\s+/)
      .filter(Boolean)
      .map((type) => [`aws_${type}`, why] as const),
  ),
);

/** Why a type costs nothing by itself; undefined when that is not known of it. */
export function freeReason(type: string): string | undefined {
  if (/^(null_|random_|time_|tls_|local_|terraform_data$|template_|archive_|external)/.test(type)) {
    return "exists only in Terraform";
  }
  return reasons.get(type);
}
