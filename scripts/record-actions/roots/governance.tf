resource "aws_iam_role" "main" {
  name = "rec-governance"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = ["backup.amazonaws.com", "glue.amazonaws.com"] } }]
  })
}

resource "aws_backup_vault" "main" {
  name = "rec-main"
}

resource "aws_backup_plan" "main" {
  name = "rec-main"
  rule {
    rule_name         = "daily"
    target_vault_name = aws_backup_vault.main.name
    schedule          = var.changed ? "cron(0 6 * * ? *)" : "cron(0 5 * * ? *)"
  }
}

resource "aws_s3_bucket" "trail" {
  bucket        = "rec-trail-${var.account}"
  force_destroy = true
}

resource "aws_cloudtrail" "main" {
  name                          = "rec-main"
  s3_bucket_name                = aws_s3_bucket.trail.id
  include_global_service_events = !var.changed
}

resource "aws_athena_workgroup" "main" {
  name        = "rec-main"
  description = var.changed ? "two" : "one"
}

resource "aws_glue_catalog_database" "main" {
  name        = "rec_main"
  description = var.changed ? "two" : "one"
}

resource "aws_glue_catalog_table" "main" {
  name          = "rec_main"
  database_name = aws_glue_catalog_database.main.name
  description   = var.changed ? "two" : "one"
}

resource "aws_sesv2_email_identity" "main" {
  email_identity = "rec@example.com"
}

resource "aws_budgets_budget" "main" {
  name         = "rec-main"
  budget_type  = "COST"
  limit_amount = var.changed ? "20" : "10"
  limit_unit   = "USD"
  time_unit    = "MONTHLY"
}
