resource "aws_apigatewayv2_api" "main" {
  name          = "rec-http"
  protocol_type = "HTTP"
  description   = var.changed ? "two" : "one"
}

resource "aws_apigatewayv2_integration" "main" {
  api_id             = aws_apigatewayv2_api.main.id
  integration_type   = "HTTP_PROXY"
  integration_method = "GET"
  integration_uri    = var.changed ? "https://example.com/two" : "https://example.com/one"
}

resource "aws_apigatewayv2_route" "main" {
  api_id         = aws_apigatewayv2_api.main.id
  route_key      = "GET /orders"
  operation_name = var.changed ? "two" : "one"
  target         = "integrations/${aws_apigatewayv2_integration.main.id}"
}

resource "aws_apigatewayv2_stage" "main" {
  api_id      = aws_apigatewayv2_api.main.id
  name        = "rec"
  auto_deploy = true
  description = var.changed ? "two" : "one"
}

resource "aws_apigatewayv2_authorizer" "main" {
  api_id           = aws_apigatewayv2_api.main.id
  name             = var.changed ? "rec-two" : "rec-one"
  authorizer_type  = "JWT"
  identity_sources = ["$request.header.Authorization"]
  jwt_configuration {
    audience = ["rec"]
    issuer   = "https://example.com"
  }
}

resource "aws_api_gateway_rest_api" "main" {
  name        = "rec-rest"
  description = var.changed ? "two" : "one"
}

resource "aws_api_gateway_resource" "main" {
  rest_api_id = aws_api_gateway_rest_api.main.id
  parent_id   = aws_api_gateway_rest_api.main.root_resource_id
  path_part   = var.changed ? "orders" : "order"
}

resource "aws_api_gateway_method" "main" {
  rest_api_id    = aws_api_gateway_rest_api.main.id
  resource_id    = aws_api_gateway_resource.main.id
  http_method    = "GET"
  authorization  = "NONE"
  operation_name = var.changed ? "two" : "one"
}

resource "aws_api_gateway_integration" "main" {
  rest_api_id          = aws_api_gateway_rest_api.main.id
  resource_id          = aws_api_gateway_resource.main.id
  http_method          = aws_api_gateway_method.main.http_method
  type                 = "MOCK"
  timeout_milliseconds = var.changed ? 20000 : 29000
}

resource "aws_api_gateway_method_response" "main" {
  rest_api_id = aws_api_gateway_rest_api.main.id
  resource_id = aws_api_gateway_resource.main.id
  http_method = aws_api_gateway_method.main.http_method
  status_code = "200"
}

resource "aws_api_gateway_integration_response" "main" {
  rest_api_id        = aws_api_gateway_rest_api.main.id
  resource_id        = aws_api_gateway_resource.main.id
  http_method        = aws_api_gateway_method.main.http_method
  status_code        = aws_api_gateway_method_response.main.status_code
  response_templates = { "application/json" = var.changed ? "{\"n\":2}" : "{\"n\":1}" }
  depends_on         = [aws_api_gateway_integration.main]
}

resource "aws_api_gateway_deployment" "main" {
  rest_api_id = aws_api_gateway_rest_api.main.id
  description = var.changed ? "two" : "one"
  depends_on  = [aws_api_gateway_integration_response.main]
}

resource "aws_api_gateway_stage" "main" {
  rest_api_id   = aws_api_gateway_rest_api.main.id
  deployment_id = aws_api_gateway_deployment.main.id
  stage_name    = "rec"
  description   = var.changed ? "two" : "one"
}

resource "aws_api_gateway_method_settings" "main" {
  rest_api_id = aws_api_gateway_rest_api.main.id
  stage_name  = aws_api_gateway_stage.main.stage_name
  method_path = "*/*"
  settings { metrics_enabled = var.changed }
}

resource "aws_api_gateway_authorizer" "main" {
  rest_api_id   = aws_api_gateway_rest_api.main.id
  name          = var.changed ? "rec-two" : "rec-one"
  type          = "COGNITO_USER_POOLS"
  provider_arns = ["arn:aws:cognito-idp:us-east-1:${var.account}:userpool/us-east-1_AAAAAAAAA"]
}

resource "aws_api_gateway_model" "main" {
  rest_api_id  = aws_api_gateway_rest_api.main.id
  name         = "order"
  description  = var.changed ? "two" : "one"
  content_type = "application/json"
  schema       = jsonencode({ type = "object" })
}

resource "aws_api_gateway_api_key" "main" {
  name        = "rec"
  value       = "not-a-secret-but-long-enough"
  description = var.changed ? "two" : "one"
}

resource "aws_api_gateway_usage_plan" "main" {
  name        = "rec"
  description = var.changed ? "two" : "one"
  api_stages {
    api_id = aws_api_gateway_rest_api.main.id
    stage  = aws_api_gateway_stage.main.stage_name
  }
}

resource "aws_api_gateway_usage_plan_key" "main" {
  key_id        = aws_api_gateway_api_key.main.id
  key_type      = "API_KEY"
  usage_plan_id = aws_api_gateway_usage_plan.main.id
}
