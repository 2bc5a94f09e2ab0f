resource "aws_iam_role" "run" {
  name = "rec-run"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "run" {
  role = aws_iam_role.run.id
  name = "rec-run"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:DescribeStream", "dynamodb:ListStreams"]
      Resource = "*"
    }]
  })
}

resource "aws_lambda_function" "main" {
  function_name                  = "rec-main"
  role                           = aws_iam_role.run.arn
  filename                       = "${path.module}/${var.changed ? "code-2.zip" : "code.zip"}"
  source_code_hash               = filebase64sha256("${path.module}/${var.changed ? "code-2.zip" : "code.zip"}")
  handler                        = "index.handler"
  runtime                        = "nodejs20.x"
  memory_size                    = var.changed ? 256 : 128
  publish                        = true
  layers                         = [aws_lambda_layer_version.main.arn]
  reserved_concurrent_executions = var.changed ? -1 : 5
}

resource "aws_lambda_layer_version" "main" {
  layer_name          = "rec-main"
  filename            = "${path.module}/code.zip"
  compatible_runtimes = ["nodejs20.x"]
}

resource "aws_lambda_alias" "main" {
  name             = "live"
  description      = var.changed ? "two" : "one"
  function_name    = aws_lambda_function.main.function_name
  function_version = "1"
}

resource "aws_lambda_permission" "main" {
  statement_id  = "rec"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.main.function_name
  principal     = "events.amazonaws.com"
}

resource "aws_lambda_function_url" "main" {
  function_name      = aws_lambda_function.main.function_name
  authorization_type = "AWS_IAM"
  invoke_mode        = var.changed ? "RESPONSE_STREAM" : "BUFFERED"
}

resource "aws_lambda_function_event_invoke_config" "main" {
  function_name          = aws_lambda_function.main.function_name
  maximum_retry_attempts = var.changed ? 1 : 0
}

resource "aws_lambda_provisioned_concurrency_config" "main" {
  function_name                     = aws_lambda_function.main.function_name
  qualifier                         = aws_lambda_alias.main.name
  provisioned_concurrent_executions = var.changed ? 2 : 1
}

resource "aws_dynamodb_table" "feed" {
  name             = "rec-feed"
  hash_key         = "id"
  billing_mode     = "PAY_PER_REQUEST"
  stream_enabled   = true
  stream_view_type = "NEW_IMAGE"
  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_lambda_event_source_mapping" "main" {
  event_source_arn  = aws_dynamodb_table.feed.stream_arn
  function_name     = aws_lambda_function.main.arn
  starting_position = "LATEST"
  batch_size        = var.changed ? 5 : 10
  depends_on        = [aws_iam_role_policy.run]
}

data "aws_lambda_function" "main" {
  function_name = aws_lambda_function.main.function_name
}
