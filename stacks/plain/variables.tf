variable "project" {
  description = "First part of every name."
  type        = string
  default     = "plain"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,15}$", var.project))
    error_message = "project must be 1 to 16 lower-case letters, digits and hyphens, a letter first."
  }
}

variable "environment" {
  description = "Which environment this is, such as test or prod."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,15}$", var.environment))
    error_message = "environment must be 1 to 16 lower-case letters, digits and hyphens, a letter first."
  }
}

variable "region" {
  description = "The AWS region; without it, the one of the shell (AWS_REGION)."
  type        = string
  default     = null
}

variable "log_retention_days" {
  description = "How long logs are kept."
  type        = number
  default     = 365
  nullable    = false
}
