resource "aws_cognito_user_pool" "main" {
  name = "rec-main"
  password_policy {
    minimum_length    = var.changed ? 14 : 12
    require_lowercase = true
  }
}

resource "aws_cognito_user_pool_client" "main" {
  name                   = "rec-main"
  user_pool_id           = aws_cognito_user_pool.main.id
  refresh_token_validity = var.changed ? 20 : 10
}

resource "aws_cognito_user_pool_domain" "main" {
  domain       = "rec-main-${var.account}"
  user_pool_id = aws_cognito_user_pool.main.id
}

resource "aws_cognito_resource_server" "main" {
  identifier   = "https://rec.example.com"
  name         = var.changed ? "two" : "one"
  user_pool_id = aws_cognito_user_pool.main.id
}

resource "aws_cognito_user_group" "main" {
  name         = "rec"
  user_pool_id = aws_cognito_user_pool.main.id
}

resource "aws_cognito_identity_pool" "main" {
  identity_pool_name               = "rec-main"
  allow_unauthenticated_identities = var.changed
}

data "aws_cognito_user_pools" "main" {
  name = aws_cognito_user_pool.main.name
}
