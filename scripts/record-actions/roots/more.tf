# What a second look adds to the families of the other roots.
resource "aws_iam_role" "main" {
  name = "rec-more"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = [
      "pipes.amazonaws.com", "glue.amazonaws.com", "backup.amazonaws.com",
      "vpc-flow-logs.amazonaws.com", "apigateway.amazonaws.com",
    ] } }]
  })
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "one" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.1.0/24"
  availability_zone = "us-east-1a"
}

resource "aws_cloudwatch_log_group" "flow" {
  name = "/rec/flow"
}

resource "aws_flow_log" "main" {
  vpc_id          = aws_vpc.main.id
  traffic_type    = "ALL"
  log_destination = aws_cloudwatch_log_group.flow.arn
  iam_role_arn    = aws_iam_role.main.arn
}

resource "aws_vpc_dhcp_options" "main" {
  domain_name_servers = ["AmazonProvidedDNS"]
}

resource "aws_vpc_dhcp_options_association" "main" {
  vpc_id          = aws_vpc.main.id
  dhcp_options_id = aws_vpc_dhcp_options.main.id
}

resource "aws_default_security_group" "main" {
  vpc_id = aws_vpc.main.id
}

resource "aws_vpc" "other" {
  cidr_block = "10.1.0.0/16"
}

resource "aws_vpc_peering_connection" "main" {
  vpc_id      = aws_vpc.main.id
  peer_vpc_id = aws_vpc.other.id
  auto_accept = true
}

resource "aws_ec2_managed_prefix_list" "main" {
  name           = "rec-main"
  address_family = "IPv4"
  max_entries    = 2
  entry {
    cidr        = "10.0.0.0/8"
    description = var.changed ? "two" : "one"
  }
}

resource "aws_kms_key" "main" {
  description             = "rec"
  deletion_window_in_days = 7
}

resource "aws_kms_key_policy" "main" {
  key_id = aws_kms_key.main.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = var.changed ? "Two" : "One"
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::${var.account}:root" }
      Action    = "kms:*"
      Resource  = "*"
    }]
  })
}

resource "aws_api_gateway_rest_api" "main" {
  name = "rec-more"
}

resource "aws_api_gateway_rest_api_policy" "main" {
  rest_api_id = aws_api_gateway_rest_api.main.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = var.changed ? "Two" : "One"
      Effect    = "Allow"
      Principal = "*"
      Action    = "execute-api:Invoke"
      Resource  = "*"
    }]
  })
}

resource "aws_api_gateway_request_validator" "main" {
  rest_api_id           = aws_api_gateway_rest_api.main.id
  name                  = "rec"
  validate_request_body = var.changed
}

resource "aws_api_gateway_gateway_response" "main" {
  rest_api_id        = aws_api_gateway_rest_api.main.id
  response_type      = "UNAUTHORIZED"
  status_code        = "401"
  response_templates = { "application/json" = var.changed ? "{\"n\":2}" : "{\"n\":1}" }
}

resource "aws_api_gateway_account" "main" {
  cloudwatch_role_arn = aws_iam_role.main.arn
}

resource "aws_sqs_queue" "in" {
  name = "rec-in"
}

resource "aws_sns_topic" "out" {
  name = "rec-out"
}

resource "aws_pipes_pipe" "main" {
  name        = "rec-main"
  description = var.changed ? "two" : "one"
  role_arn    = aws_iam_role.main.arn
  source      = aws_sqs_queue.in.arn
  target      = aws_sns_topic.out.arn
}

resource "aws_cognito_identity_pool" "main" {
  identity_pool_name               = "rec-more"
  allow_unauthenticated_identities = true
}

resource "aws_cognito_identity_pool_roles_attachment" "main" {
  identity_pool_id = aws_cognito_identity_pool.main.id
  roles            = { authenticated = aws_iam_role.main.arn }
}

resource "aws_backup_vault" "main" {
  name = "rec-more"
}

resource "aws_backup_plan" "main" {
  name = "rec-more"
  rule {
    rule_name         = "daily"
    target_vault_name = aws_backup_vault.main.name
    schedule          = "cron(0 5 * * ? *)"
  }
}

resource "aws_backup_selection" "main" {
  name         = "rec-more"
  iam_role_arn = aws_iam_role.main.arn
  plan_id      = aws_backup_plan.main.id
  resources    = ["*"]
}

resource "aws_glue_job" "main" {
  name        = "rec-main"
  description = var.changed ? "two" : "one"
  role_arn    = aws_iam_role.main.arn
  command { script_location = "s3://x/y.py" }
}

resource "aws_glue_crawler" "main" {
  name          = "rec-main"
  description   = var.changed ? "two" : "one"
  role          = aws_iam_role.main.arn
  database_name = "rec_more"
  s3_target { path = "s3://x/y" }
}

resource "aws_cloudwatch_event_permission" "main" {
  principal    = var.changed ? "222222222222" : "111111111111"
  statement_id = "rec"
}

data "aws_ami" "none" {
  count       = 0
  most_recent = true
}

data "aws_vpcs" "all" {}

data "aws_route_tables" "main" {
  vpc_id = aws_vpc.main.id
}

data "aws_security_groups" "main" {
  filter {
    name   = "vpc-id"
    values = [aws_vpc.main.id]
  }
}

data "aws_iam_roles" "all" {}

data "aws_ssm_parameters_by_path" "all" {
  path = "/rec"
}

data "aws_lambda_functions" "all" {}

data "aws_cloudformation_export" "none" {
  count = 0
  name  = "x"
}
