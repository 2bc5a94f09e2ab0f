resource "aws_iam_role" "main" {
  name = "rec-flow"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = ["states.amazonaws.com", "firehose.amazonaws.com"] } }]
  })
}

resource "aws_sfn_state_machine" "main" {
  name     = "rec-main"
  role_arn = aws_iam_role.main.arn
  definition = jsonencode({
    StartAt = "Go"
    States  = { Go = { Type = "Pass", Result = var.changed ? "two" : "one", End = true } }
  })
}

resource "aws_sfn_activity" "main" {
  name = "rec-main"
}

resource "aws_dynamodb_table" "main" {
  name         = "rec-main"
  hash_key     = "id"
  billing_mode = "PROVISIONED"

  read_capacity  = var.changed ? 2 : 1
  write_capacity = 1
  attribute {
    name = "id"
    type = "S"
  }
  point_in_time_recovery { enabled = var.changed }
  ttl {
    attribute_name = "until"
    enabled        = var.changed
  }
}

resource "aws_dynamodb_table_item" "main" {
  table_name = aws_dynamodb_table.main.name
  hash_key   = aws_dynamodb_table.main.hash_key
  item       = jsonencode({ id = { S = "one" }, n = { N = var.changed ? "2" : "1" } })
}

resource "aws_kinesis_stream" "main" {
  name             = "rec-main"
  shard_count      = var.changed ? 2 : 1
  retention_period = var.changed ? 48 : 24
}

resource "aws_kinesis_stream_consumer" "main" {
  name       = "rec"
  stream_arn = aws_kinesis_stream.main.arn
}

resource "aws_s3_bucket" "main" {
  bucket        = "rec-flow-${var.account}"
  force_destroy = true
}

resource "aws_kinesis_firehose_delivery_stream" "main" {
  name        = "rec-main"
  destination = "extended_s3"
  extended_s3_configuration {
    role_arn           = aws_iam_role.main.arn
    bucket_arn         = aws_s3_bucket.main.arn
    buffering_interval = var.changed ? 120 : 60
  }
}

data "aws_dynamodb_table" "main" {
  name = aws_dynamodb_table.main.name
}

data "aws_sfn_state_machine" "main" {
  name = aws_sfn_state_machine.main.name
}
