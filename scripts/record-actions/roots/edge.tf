resource "aws_route53_zone" "main" {
  name    = "rec.example.com"
  comment = var.changed ? "two" : "one"
}

resource "aws_route53_record" "main" {
  zone_id = aws_route53_zone.main.zone_id
  name    = "www.rec.example.com"
  type    = "A"
  ttl     = var.changed ? 120 : 60
  records = ["192.0.2.1"]
}

resource "aws_route53_health_check" "main" {
  fqdn              = "www.rec.example.com"
  type              = "HTTPS"
  port              = 443
  request_interval  = 30
  failure_threshold = var.changed ? 4 : 3
}

resource "aws_acm_certificate" "main" {
  domain_name       = "www.rec.example.com"
  validation_method = "DNS"
  options { certificate_transparency_logging_preference = var.changed ? "DISABLED" : "ENABLED" }
}

resource "aws_acm_certificate_validation" "main" {
  certificate_arn = aws_acm_certificate.main.arn
}

resource "aws_cloudfront_origin_access_control" "main" {
  name                              = "rec-main"
  description                       = var.changed ? "two" : "one"
  origin_access_control_origin_type = "s3"
  signing_behavior                  = "always"
  signing_protocol                  = "sigv4"
}

resource "aws_cloudfront_function" "main" {
  name    = "rec-main"
  runtime = "cloudfront-js-2.0"
  code    = "function handler(event) { return event.request }"
}

resource "aws_cloudfront_cache_policy" "main" {
  name        = "rec-main"
  comment     = var.changed ? "two" : "one"
  min_ttl     = 1
  default_ttl = 60
  max_ttl     = 120
  parameters_in_cache_key_and_forwarded_to_origin {
    cookies_config { cookie_behavior = "none" }
    headers_config { header_behavior = "none" }
    query_strings_config { query_string_behavior = "none" }
  }
}

resource "aws_cloudfront_distribution" "main" {
  enabled = true
  comment = var.changed ? "two" : "one"
  origin {
    domain_name = "example.com"
    origin_id   = "main"
    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }
  default_cache_behavior {
    target_origin_id       = "main"
    viewer_protocol_policy = "redirect-to-https"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    cache_policy_id        = aws_cloudfront_cache_policy.main.id
  }
  restrictions {
    geo_restriction { restriction_type = "none" }
  }
  viewer_certificate { cloudfront_default_certificate = true }
}

resource "aws_wafv2_ip_set" "main" {
  name               = "rec-main"
  scope              = "REGIONAL"
  ip_address_version = "IPV4"
  addresses          = var.changed ? ["192.0.2.0/25"] : ["192.0.2.0/24"]
}

resource "aws_wafv2_web_acl" "main" {
  name        = "rec-main"
  scope       = "REGIONAL"
  description = var.changed ? "two" : "one"
  default_action {
    allow {}
  }
  visibility_config {
    cloudwatch_metrics_enabled = false
    metric_name                = "rec"
    sampled_requests_enabled   = false
  }
}

data "aws_route53_zone" "main" {
  zone_id = aws_route53_zone.main.zone_id
}

data "aws_acm_certificate" "main" {
  domain     = aws_acm_certificate.main.domain_name
  depends_on = [aws_acm_certificate_validation.main]
}

data "aws_cloudfront_cache_policy" "main" {
  id = aws_cloudfront_cache_policy.main.id
}
