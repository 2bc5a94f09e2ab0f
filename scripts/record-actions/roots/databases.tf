resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "one" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.1.0/24"
  availability_zone = "us-east-1a"
}

resource "aws_subnet" "two" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.2.0/24"
  availability_zone = "us-east-1b"
}

resource "aws_db_subnet_group" "main" {
  name        = "rec-main"
  description = var.changed ? "two" : "one"
  subnet_ids  = [aws_subnet.one.id, aws_subnet.two.id]
}

resource "aws_db_parameter_group" "main" {
  name   = "rec-main"
  family = "postgres16"
  parameter {
    name  = "log_connections"
    value = var.changed ? "0" : "1"
  }
}

resource "aws_db_instance" "main" {
  identifier           = "rec-main"
  engine               = "postgres"
  engine_version       = "16.3"
  instance_class       = "db.t3.micro"
  allocated_storage    = var.changed ? 30 : 20
  username             = "rec"
  password             = "not-a-secret-1"
  db_subnet_group_name = aws_db_subnet_group.main.name
  skip_final_snapshot  = true
  apply_immediately    = true
}

resource "aws_rds_cluster_parameter_group" "main" {
  name   = "rec-main"
  family = "aurora-postgresql16"
  parameter {
    name  = "log_connections"
    value = var.changed ? "0" : "1"
  }
}

resource "aws_rds_cluster" "main" {
  cluster_identifier      = "rec-cluster"
  engine                  = "aurora-postgresql"
  master_username         = "rec"
  master_password         = "not-a-secret-1"
  db_subnet_group_name    = aws_db_subnet_group.main.name
  skip_final_snapshot     = true
  apply_immediately       = true
  backup_retention_period = var.changed ? 3 : 2
}

resource "aws_rds_cluster_instance" "main" {
  identifier         = "rec-cluster-1"
  cluster_identifier = aws_rds_cluster.main.id
  engine             = "aurora-postgresql"
  instance_class     = "db.t3.medium"
  promotion_tier     = var.changed ? 2 : 1
  apply_immediately  = true
}

resource "aws_elasticache_subnet_group" "main" {
  name        = "rec-main"
  description = var.changed ? "two" : "one"
  subnet_ids  = [aws_subnet.one.id]
}

resource "aws_elasticache_parameter_group" "main" {
  name   = "rec-main"
  family = "redis7"
  parameter {
    name  = "timeout"
    value = var.changed ? "20" : "10"
  }
}

resource "aws_elasticache_cluster" "main" {
  cluster_id        = "rec-main"
  engine            = "redis"
  node_type         = "cache.t3.micro"
  num_cache_nodes   = 1
  subnet_group_name = aws_elasticache_subnet_group.main.name
  apply_immediately = true
  snapshot_window   = var.changed ? "05:00-06:00" : "04:00-05:00"
}

resource "aws_elasticache_replication_group" "main" {
  replication_group_id       = "rec-group"
  description                = var.changed ? "two" : "one"
  engine                     = "redis"
  node_type                  = "cache.t3.micro"
  num_cache_clusters         = 1
  automatic_failover_enabled = false
  apply_immediately          = true
}

resource "aws_efs_file_system" "main" {
  creation_token  = "rec-main"
  throughput_mode = var.changed ? "elastic" : "bursting"
  lifecycle_policy { transition_to_ia = var.changed ? "AFTER_14_DAYS" : "AFTER_7_DAYS" }
}

resource "aws_efs_mount_target" "main" {
  file_system_id = aws_efs_file_system.main.id
  subnet_id      = aws_subnet.one.id
}

resource "aws_efs_access_point" "main" {
  file_system_id = aws_efs_file_system.main.id
}

resource "aws_efs_backup_policy" "main" {
  file_system_id = aws_efs_file_system.main.id
  backup_policy { status = var.changed ? "DISABLED" : "ENABLED" }
}
