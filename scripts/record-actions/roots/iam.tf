locals {
  trust = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
  rights = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = var.changed ? ["s3:GetObject", "s3:PutObject"] : ["s3:GetObject"], Resource = "arn:aws:s3:::x/*" }]
  })
}

resource "aws_iam_role" "main" {
  name                 = "rec-main"
  assume_role_policy   = var.changed ? replace(local.trust, "ec2.", "ecs-tasks.") : local.trust
  description          = var.changed ? "two" : "one"
  max_session_duration = var.changed ? 7200 : 3600
  permissions_boundary = var.changed ? aws_iam_policy.main.arn : null
}

# With its policies in itself, as older configurations have it.
resource "aws_iam_role" "whole" {
  name                = "rec-whole"
  assume_role_policy  = local.trust
  managed_policy_arns = var.changed ? [] : [aws_iam_policy.main.arn]
  inline_policy {
    name   = "rec-inline"
    policy = local.rights
  }
  dynamic "inline_policy" {
    for_each = var.changed ? [] : ["rec-second"]
    content {
      name   = inline_policy.value
      policy = local.rights
    }
  }
}

resource "aws_iam_role_policy" "main" {
  name   = "rec-inline"
  role   = aws_iam_role.main.id
  policy = local.rights
}

resource "aws_iam_policy" "main" {
  name   = "rec-main"
  policy = local.rights
}

resource "aws_iam_role_policy_attachment" "main" {
  role       = aws_iam_role.main.name
  policy_arn = aws_iam_policy.main.arn
}

resource "aws_iam_instance_profile" "main" {
  name = "rec-main"
  role = aws_iam_role.main.name
}

resource "aws_iam_user" "main" {
  name = "rec-main"
}

resource "aws_iam_user" "other" {
  name = "rec-other"
}

resource "aws_iam_user_policy" "main" {
  name   = "rec-inline"
  user   = aws_iam_user.main.name
  policy = local.rights
}

resource "aws_iam_user_policy_attachment" "main" {
  user       = aws_iam_user.main.name
  policy_arn = aws_iam_policy.main.arn
}

resource "aws_iam_group" "main" {
  name = "rec-main"
}

resource "aws_iam_group_policy" "main" {
  name   = "rec-inline"
  group  = aws_iam_group.main.name
  policy = local.rights
}

resource "aws_iam_group_policy_attachment" "main" {
  group      = aws_iam_group.main.name
  policy_arn = aws_iam_policy.main.arn
}

resource "aws_iam_group_membership" "main" {
  name  = "rec"
  group = aws_iam_group.main.name
  users = [var.changed ? aws_iam_user.other.name : aws_iam_user.main.name]
}

data "aws_iam_role" "main" {
  name = aws_iam_role.main.name
}

data "aws_iam_policy" "main" {
  arn = aws_iam_policy.main.arn
}

data "aws_iam_user" "main" {
  user_name = aws_iam_user.main.name
}

data "aws_iam_policy_document" "none" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["*"]
  }
}

data "aws_caller_identity" "me" {}
data "aws_region" "here" {}
data "aws_partition" "here" {}
