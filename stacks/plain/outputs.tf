output "bucket_name" {
  description = "Where reports are stored."
  value       = aws_s3_bucket.reports.bucket
}

output "table_name" {
  description = "The index of reports."
  value       = aws_dynamodb_table.index.name
}

output "log_group_name" {
  description = "Where writers log."
  value       = aws_cloudwatch_log_group.writer.name
}

output "writer_role_arn" {
  description = "The role that writes reports."
  value       = aws_iam_role.writer.arn
}
