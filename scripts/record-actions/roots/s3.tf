# Buckets with everything that hangs on them. The lifecycle configuration alone takes about a minute.
resource "aws_s3_bucket" "main" {
  bucket        = "rec-main-${var.account}"
  force_destroy = var.changed
}

resource "aws_s3_bucket" "locked" {
  bucket              = "rec-locked-${var.account}"
  object_lock_enabled = true
  force_destroy       = true
}

resource "aws_s3_bucket_versioning" "main" {
  bucket = aws_s3_bucket.main.id
  versioning_configuration { status = "Enabled" }
}

resource "aws_s3_bucket_versioning" "locked" {
  bucket = aws_s3_bucket.locked.id
  versioning_configuration { status = "Enabled" }
}

resource "aws_s3_bucket_object_lock_configuration" "locked" {
  bucket = aws_s3_bucket_versioning.locked.bucket
  rule {
    default_retention {
      mode = "GOVERNANCE"
      days = var.changed ? 2 : 1
    }
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "main" {
  bucket = aws_s3_bucket.main.id
  rule {
    bucket_key_enabled = var.changed
    apply_server_side_encryption_by_default { sse_algorithm = "aws:kms" }
  }
}

resource "aws_s3_bucket_public_access_block" "main" {
  bucket              = aws_s3_bucket.main.id
  block_public_acls   = true
  block_public_policy = var.changed
}

resource "aws_s3_bucket_ownership_controls" "main" {
  bucket = aws_s3_bucket.main.id
  rule { object_ownership = var.changed ? "ObjectWriter" : "BucketOwnerPreferred" }
}

resource "aws_s3_bucket_acl" "main" {
  bucket     = aws_s3_bucket.main.id
  acl        = var.changed ? "log-delivery-write" : "private"
  depends_on = [aws_s3_bucket_ownership_controls.main]
}

resource "aws_s3_bucket_policy" "main" {
  bucket = aws_s3_bucket.main.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = var.changed ? "TlsOnly" : "Tls"
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:GetObject"
      Resource  = "arn:aws:s3:::rec-main-${var.account}/*"
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}

resource "aws_s3_bucket_cors_configuration" "main" {
  bucket = aws_s3_bucket.main.id
  cors_rule {
    allowed_methods = var.changed ? ["GET", "PUT"] : ["GET"]
    allowed_origins = ["https://example.com"]
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "main" {
  bucket = aws_s3_bucket.main.id
  rule {
    id     = "old"
    status = "Enabled"
    filter { prefix = "old/" }
    expiration { days = var.changed ? 60 : 30 }
  }
}

resource "aws_s3_bucket_logging" "main" {
  bucket        = aws_s3_bucket.main.id
  target_bucket = aws_s3_bucket.locked.id
  target_prefix = var.changed ? "logs/" : "log/"
}

resource "aws_s3_bucket_website_configuration" "main" {
  bucket = aws_s3_bucket.main.id
  index_document { suffix = var.changed ? "home.html" : "index.html" }
}

resource "aws_s3_bucket_notification" "main" {
  bucket = aws_s3_bucket.main.id
  topic {
    topic_arn     = aws_sns_topic.events.arn
    events        = ["s3:ObjectCreated:*"]
    filter_prefix = var.changed ? "in/" : null
  }
  depends_on = [aws_sns_topic_policy.events]
}

resource "aws_sns_topic" "events" {
  name = "rec-bucket-events"
}

resource "aws_sns_topic_policy" "events" {
  arn = aws_sns_topic.events.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = var.changed ? "FromBuckets" : "FromS3"
      Effect    = "Allow"
      Principal = { Service = "s3.amazonaws.com" }
      Action    = "sns:Publish"
      Resource  = aws_sns_topic.events.arn
    }]
  })
}

resource "aws_s3_bucket_accelerate_configuration" "main" {
  bucket = aws_s3_bucket.main.id
  status = var.changed ? "Suspended" : "Enabled"
}

resource "aws_s3_bucket_request_payment_configuration" "main" {
  bucket = aws_s3_bucket.main.id
  payer  = var.changed ? "BucketOwner" : "Requester"
}

resource "aws_iam_role" "copy" {
  name = "rec-copy"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "s3.amazonaws.com" } }]
  })
}

resource "aws_s3_bucket_replication_configuration" "main" {
  bucket = aws_s3_bucket_versioning.main.bucket
  role   = aws_iam_role.copy.arn
  rule {
    id       = var.changed ? "everything" : "all"
    status   = "Enabled"
    priority = 1
    filter { prefix = "" }
    delete_marker_replication { status = "Disabled" }
    destination { bucket = aws_s3_bucket.locked.arn }
  }
  depends_on = [aws_s3_bucket_versioning.locked]
}

# Not with the bucket's KMS key: the emulator asks for kms:Decrypt, which the policy of AWS's own key gives there.
resource "aws_s3_object" "page" {
  bucket                 = aws_s3_bucket.main.id
  key                    = "index.html"
  content                = var.changed ? "two" : "one"
  server_side_encryption = "AES256"
}

resource "aws_s3_object" "kept" {
  bucket                 = aws_s3_bucket.main.id
  key                    = "kept.html"
  content                = "kept"
  server_side_encryption = "AES256"
}

data "aws_s3_bucket" "main" {
  bucket = aws_s3_bucket.main.id
}

data "aws_s3_object" "page" {
  bucket = aws_s3_object.page.bucket
  key    = aws_s3_object.page.key
}

data "aws_canonical_user_id" "me" {}
