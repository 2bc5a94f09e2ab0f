# The emulator serves these in part only: their calls are recorded, but they cannot be proven.
resource "aws_iam_role" "task" {
  name = "rec-build"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = ["codebuild.amazonaws.com", "lambda.amazonaws.com"] } }]
  })
}

resource "aws_codebuild_project" "main" {
  name         = "rec-main"
  description  = var.changed ? "two" : "one"
  service_role = aws_iam_role.task.arn
  artifacts { type = "NO_ARTIFACTS" }
  environment {
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/standard:7.0"
    type         = "LINUX_CONTAINER"
  }
  source {
    type      = "NO_SOURCE"
    buildspec = "version: 0.2"
  }
}

resource "aws_iam_openid_connect_provider" "main" {
  url             = "https://token.actions.githubusercontent.com"
  client_id_list  = var.changed ? ["sts.amazonaws.com", "other"] : ["sts.amazonaws.com"]
  thumbprint_list = [var.changed ? "6938fd4d98bab03faadb97b34396831e3780aea2" : "6938fd4d98bab03faadb97b34396831e3780aea1"]
}

resource "aws_lambda_function" "turn" {
  function_name    = "rec-turn"
  role             = aws_iam_role.task.arn
  filename         = "${path.module}/code.zip"
  source_code_hash = filebase64sha256("${path.module}/code.zip")
  handler          = "index.handler"
  runtime          = "nodejs20.x"
}

resource "aws_secretsmanager_secret" "main" {
  name                    = "rec-more"
  recovery_window_in_days = 0
}

resource "aws_secretsmanager_secret_rotation" "main" {
  secret_id           = aws_secretsmanager_secret.main.id
  rotation_lambda_arn = aws_lambda_function.turn.arn
  rotate_immediately  = false
  rotation_rules { automatically_after_days = var.changed ? 60 : 30 }
}
