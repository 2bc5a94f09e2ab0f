# Queues wait 25 s for each change: they run side by side.
resource "aws_sqs_queue" "main" {
  name                       = "rec-main"
  visibility_timeout_seconds = var.changed ? 40 : 30
}

resource "aws_sqs_queue" "dead" {
  name = "rec-dead"
}

resource "aws_sqs_queue_policy" "main" {
  queue_url = aws_sqs_queue.main.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = var.changed ? "FromTopics" : "FromSns"
      Effect    = "Allow"
      Principal = { Service = "sns.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = aws_sqs_queue.main.arn
    }]
  })
}

resource "aws_sqs_queue_redrive_policy" "main" {
  queue_url = aws_sqs_queue.main.id
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.dead.arn
    maxReceiveCount     = var.changed ? 5 : 4
  })
}

resource "aws_sqs_queue_redrive_allow_policy" "dead" {
  queue_url = aws_sqs_queue.dead.id
  redrive_allow_policy = jsonencode({
    redrivePermission = "byQueue"
    sourceQueueArns   = [aws_sqs_queue.main.arn, replace(aws_sqs_queue.main.arn, "main", var.changed ? "two" : "one")]
  })
}

resource "aws_sns_topic" "main" {
  name         = "rec-main"
  display_name = var.changed ? "two" : "one"
}

resource "aws_sns_topic_policy" "main" {
  arn = aws_sns_topic.main.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = var.changed ? "FromRules" : "FromEvents"
      Effect    = "Allow"
      Principal = { Service = "events.amazonaws.com" }
      Action    = "sns:Publish"
      Resource  = aws_sns_topic.main.arn
    }]
  })
}

resource "aws_sns_topic_subscription" "main" {
  topic_arn            = aws_sns_topic.main.arn
  protocol             = "sqs"
  endpoint             = aws_sqs_queue.main.arn
  raw_message_delivery = var.changed
}

data "aws_sqs_queue" "main" {
  name = aws_sqs_queue.main.name
}

data "aws_sns_topic" "main" {
  name = aws_sns_topic.main.name
}
