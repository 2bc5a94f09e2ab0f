resource "aws_cloudwatch_log_group" "main" {
  name              = "/rec/main"
  retention_in_days = var.changed ? 14 : 7
}

resource "aws_cloudwatch_log_group" "other" {
  name              = "/rec/other"
  retention_in_days = var.changed ? 0 : 7
}

resource "aws_cloudwatch_log_stream" "main" {
  name           = "rec"
  log_group_name = aws_cloudwatch_log_group.main.name
}

resource "aws_cloudwatch_log_metric_filter" "main" {
  name           = "rec"
  log_group_name = aws_cloudwatch_log_group.main.name
  pattern        = var.changed ? "FATAL" : "ERROR"
  metric_transformation {
    name      = "errors"
    namespace = "rec"
    value     = "1"
  }
}

resource "aws_kinesis_stream" "logs" {
  name        = "rec-logs"
  shard_count = 1
}

resource "aws_iam_role" "logs" {
  name = "rec-logs"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = ["logs.amazonaws.com", "events.amazonaws.com", "scheduler.amazonaws.com", "pipes.amazonaws.com"] } }]
  })
}

resource "aws_cloudwatch_log_subscription_filter" "main" {
  name            = "rec"
  log_group_name  = aws_cloudwatch_log_group.main.name
  destination_arn = aws_kinesis_stream.logs.arn
  role_arn        = aws_iam_role.logs.arn
  filter_pattern  = var.changed ? "FATAL" : "ERROR"
}

resource "aws_cloudwatch_log_resource_policy" "main" {
  policy_name = "rec"
  policy_document = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = var.changed ? "Two" : "One"
      Effect    = "Allow"
      Principal = { Service = "events.amazonaws.com" }
      Action    = ["logs:PutLogEvents"]
      Resource  = "*"
    }]
  })
}

resource "aws_cloudwatch_metric_alarm" "main" {
  alarm_name          = "rec-main"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  metric_name         = "Errors"
  namespace           = "AWS/Lambda"
  period              = 60
  statistic           = "Sum"
  threshold           = var.changed ? 2 : 1
}

resource "aws_cloudwatch_composite_alarm" "main" {
  alarm_name = "rec-both"
  alarm_rule = var.changed ? "ALARM(${aws_cloudwatch_metric_alarm.main.alarm_name})" : "OK(${aws_cloudwatch_metric_alarm.main.alarm_name})"
}

resource "aws_cloudwatch_dashboard" "main" {
  dashboard_name = "rec-main"
  dashboard_body = jsonencode({
    widgets = [{ type = "text", x = 0, y = 0, width = 3, height = 3, properties = { markdown = var.changed ? "two" : "one" } }]
  })
}

resource "aws_cloudwatch_event_bus" "main" {
  name = "rec-main"
}

resource "aws_cloudwatch_event_rule" "main" {
  name           = "rec-main"
  event_bus_name = aws_cloudwatch_event_bus.main.name
  event_pattern  = jsonencode({ source = [var.changed ? "two" : "one"] })
}

resource "aws_cloudwatch_event_rule" "plain" {
  name                = "rec-plain"
  schedule_expression = var.changed ? "rate(2 hours)" : "rate(1 hour)"
}

resource "aws_cloudwatch_event_target" "main" {
  rule           = aws_cloudwatch_event_rule.main.name
  event_bus_name = aws_cloudwatch_event_bus.main.name
  arn            = aws_kinesis_stream.logs.arn
  role_arn       = aws_iam_role.logs.arn
  input          = jsonencode({ n = var.changed ? 2 : 1 })
}

resource "aws_cloudwatch_event_archive" "main" {
  name             = "rec-main"
  event_source_arn = aws_cloudwatch_event_bus.main.arn
  retention_days   = var.changed ? 2 : 1
}

resource "aws_cloudwatch_event_connection" "main" {
  name               = "rec-main"
  authorization_type = "API_KEY"
  auth_parameters {
    api_key {
      key   = "x"
      value = var.changed ? "two" : "one"
    }
  }
}

resource "aws_cloudwatch_event_api_destination" "main" {
  name                = "rec-main"
  invocation_endpoint = var.changed ? "https://example.com/two" : "https://example.com/one"
  http_method         = "POST"
  connection_arn      = aws_cloudwatch_event_connection.main.arn
}

resource "aws_scheduler_schedule_group" "main" {
  name = "rec-main"
}

resource "aws_scheduler_schedule" "main" {
  name                = "rec-main"
  group_name          = aws_scheduler_schedule_group.main.name
  schedule_expression = var.changed ? "rate(2 hours)" : "rate(1 hour)"
  flexible_time_window { mode = "OFF" }
  target {
    arn      = aws_kinesis_stream.logs.arn
    role_arn = aws_iam_role.logs.arn
    kinesis_parameters { partition_key = "x" }
  }
}

data "aws_cloudwatch_log_group" "main" {
  name = aws_cloudwatch_log_group.main.name
}

data "aws_cloudwatch_event_bus" "main" {
  name = aws_cloudwatch_event_bus.main.name
}
