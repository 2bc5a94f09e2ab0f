# A store of reports: objects in a bucket, an index in a table, and one role that may
# write both and nothing else.
#
# Encrypted with the keys that AWS keeps for each service: a key of our own would cost a dollar
# a month and take longer to make (13 s) than all the rest together.

data "aws_caller_identity" "current" {}

locals {
  prefix    = "${var.project}-${var.environment}"
  account   = data.aws_caller_identity.current.account_id
  keep_data = var.environment == "prod"
}

resource "aws_s3_bucket" "reports" {
  # Bucket names are shared by all of AWS: the account's number makes this one ours.
  bucket        = "${local.prefix}-reports-${local.account}"
  force_destroy = !local.keep_data
}

resource "aws_s3_bucket_public_access_block" "reports" {
  bucket                  = aws_s3_bucket.reports.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_versioning" "reports" {
  bucket = aws_s3_bucket.reports.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "reports" {
  bucket = aws_s3_bucket.reports.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm = "aws:kms"
    }
  }
}

resource "aws_dynamodb_table" "index" {
  name                        = "${local.prefix}-index"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "reportId"
  deletion_protection_enabled = local.keep_data

  attribute {
    name = "reportId"
    type = "S"
  }

  point_in_time_recovery {
    enabled = true
  }

  server_side_encryption {
    enabled = true
  }
}

resource "aws_cloudwatch_log_group" "writer" {
  name              = "${local.prefix}-writer"
  retention_in_days = var.log_retention_days
}

# One writer, one stream, made here: its role then needs no right to make streams of any name.
resource "aws_cloudwatch_log_stream" "writer" {
  name           = "${local.prefix}-writer"
  log_group_name = aws_cloudwatch_log_group.writer.name
}

data "aws_iam_policy_document" "writer_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "writer" {
  statement {
    actions   = ["s3:PutObject"]
    resources = ["${aws_s3_bucket.reports.arn}/reports/*"]
  }

  statement {
    actions   = ["dynamodb:PutItem"]
    resources = [aws_dynamodb_table.index.arn]
  }

  statement {
    actions   = ["logs:PutLogEvents"]
    resources = [aws_cloudwatch_log_stream.writer.arn]
  }
}

resource "aws_iam_role" "writer" {
  name               = "${local.prefix}-writer"
  assume_role_policy = data.aws_iam_policy_document.writer_trust.json
}

resource "aws_iam_role_policy" "writer" {
  name   = "${local.prefix}-writer"
  role   = aws_iam_role.writer.id
  policy = data.aws_iam_policy_document.writer.json
}
