import type { CostMapping } from "../../contract.ts";
import { plain } from "./plain.ts";

const perMillion = 1e6;

/** Monitoring, secrets, delivery and analysis whose arguments do not change their price. */
export const plainOperations: readonly CostMapping[] = [
  plain("aws_athena_workgroup", [
    { name: "Athena SQL data scanned", unit: "TB", path: "monthly_data_scanned_tb" },
  ]),
  plain(
    "aws_cloudfront_function",
    [
      {
        name: "Total number of invocations",
        unit: "1M invocations",
        path: "monthly_requests",
        per: perMillion,
      },
    ],
    "global",
  ),
  plain("aws_cloudwatch_dashboard", [{ name: "Dashboard", unit: "months" }], "global"),
  plain("aws_cloudwatch_event_bus", [
    { name: "Custom events published", unit: "1M events", path: "monthly_custom_events", per: perMillion },
    {
      name: "Third-party events published",
      unit: "1M events",
      path: "monthly_third_party_events",
      per: perMillion,
    },
    { name: "Archive processing", unit: "GB", path: "monthly_archive_processing_gb" },
    { name: "Archive storage", unit: "GB", path: "archive_storage_gb" },
    { name: "Schema discovery", unit: "1M events", path: "monthly_schema_discovery_events", per: perMillion },
  ]),
  plain("aws_config_configuration_recorder", [
    { name: "Config items", unit: "records", path: "monthly_config_items" },
    { name: "Custom config items", unit: "records", path: "monthly_custom_config_items" },
  ]),
  plain("aws_fms_policy", [{ name: "Firewall Manager policy", unit: "months" }]),
  plain("aws_guardduty_detector", [
    {
      name: "CloudTrail events analyzed",
      unit: "1M events",
      path: "monthly_cloudtrail_events",
      per: perMillion,
    },
    { name: "VPC flow + DNS logs analyzed", unit: "GB", path: "monthly_flow_dns_logs_gb" },
  ]),
  plain("aws_kinesis_analytics_application", [
    { name: "Processing (stream)", unit: "KPU", path: "kinesis_processing_units" },
  ]),
  plain("aws_kinesisanalyticsv2_application_snapshot", [
    { name: "Backup", unit: "GB", path: "durable_application_backup_gb" },
  ]),
  plain("aws_kms_external_key", [{ name: "Customer master key", unit: "months" }]),
  plain("aws_macie2_account", [
    { name: "Buckets evaluated", unit: "bucket-months", path: "buckets" },
    { name: "Data inspected", unit: "GB", path: "monthly_data_inspected_gb" },
  ]),
  plain("aws_prometheus_workspace", [
    { name: "Samples ingested", unit: "10M samples", path: "monthly_samples", per: 1e7 },
    { name: "Metrics storage", unit: "GB", path: "storage_gb" },
  ]),
  plain("aws_secretsmanager_secret", [
    { name: "Secret", unit: "months" },
    { name: "API requests", unit: "10k requests", path: "monthly_requests", per: 10_000 },
  ]),
  plain("aws_securityhub_account", [
    { name: "Security checks", unit: "checks", path: "monthly_security_checks" },
  ]),
];
