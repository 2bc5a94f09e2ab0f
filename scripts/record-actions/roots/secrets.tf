resource "aws_kms_key" "main" {
  description             = var.changed ? "two" : "one"
  enable_key_rotation     = true
  deletion_window_in_days = 7
  is_enabled              = !var.changed
}

resource "aws_kms_key" "other" {
  description             = "other"
  enable_key_rotation     = var.changed
  deletion_window_in_days = 7
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

resource "aws_kms_alias" "main" {
  name          = "alias/rec-main"
  target_key_id = var.changed ? aws_kms_key.other.key_id : aws_kms_key.main.key_id
}

resource "aws_secretsmanager_secret" "main" {
  name                    = "rec-main"
  description             = var.changed ? "two" : "one"
  recovery_window_in_days = 0
}

resource "aws_secretsmanager_secret_version" "main" {
  secret_id     = aws_secretsmanager_secret.main.id
  secret_string = var.changed ? "two" : "one"
}

resource "aws_secretsmanager_secret_policy" "main" {
  secret_arn = aws_secretsmanager_secret.main.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = var.changed ? "Two" : "One"
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::${var.account}:root" }
      Action    = "secretsmanager:GetSecretValue"
      Resource  = "*"
    }]
  })
}

resource "aws_ssm_parameter" "main" {
  name  = "/rec/main"
  type  = "String"
  value = var.changed ? "two" : "one"
}

resource "aws_ssm_parameter" "secret" {
  name  = "/rec/secret"
  type  = "SecureString"
  value = var.changed ? "two" : "one"
}

data "aws_kms_key" "main" {
  key_id = aws_kms_key.main.key_id
}

data "aws_kms_alias" "main" {
  name = aws_kms_alias.main.name
}

data "aws_secretsmanager_secret" "main" {
  name = aws_secretsmanager_secret.main.name
}

data "aws_secretsmanager_secret_version" "main" {
  secret_id = aws_secretsmanager_secret_version.main.secret_id
}

data "aws_ssm_parameter" "main" {
  name = aws_ssm_parameter.main.name
}
