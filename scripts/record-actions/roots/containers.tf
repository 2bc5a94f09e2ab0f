resource "aws_iam_role" "task" {
  name = "rec-task"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

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

resource "aws_ecs_cluster" "main" {
  name = "rec-main"
  setting {
    name  = "containerInsights"
    value = var.changed ? "enabled" : "disabled"
  }
}

resource "aws_ecs_cluster_capacity_providers" "main" {
  cluster_name       = aws_ecs_cluster.main.name
  capacity_providers = var.changed ? ["FARGATE", "FARGATE_SPOT"] : ["FARGATE"]
}

resource "aws_ecs_task_definition" "main" {
  family                   = "rec-main"
  network_mode             = "awsvpc"
  requires_compatibilities = ["FARGATE"]
  cpu                      = 256
  memory                   = 512
  execution_role_arn       = aws_iam_role.task.arn
  task_role_arn            = aws_iam_role.task.arn
  container_definitions    = jsonencode([{ name = "main", image = "nginx", essential = true }])
}

resource "aws_ecs_service" "main" {
  name            = "rec-main"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.main.arn
  desired_count   = var.changed ? 1 : 0
  launch_type     = "FARGATE"
  network_configuration { subnets = [aws_subnet.one.id] }
}

resource "aws_ecr_repository" "main" {
  name                 = "rec-main"
  force_delete         = true
  image_tag_mutability = var.changed ? "IMMUTABLE" : "MUTABLE"
  image_scanning_configuration { scan_on_push = var.changed }
}

resource "aws_ecr_lifecycle_policy" "main" {
  repository = aws_ecr_repository.main.name
  policy = jsonencode({ rules = [{
    rulePriority = 1
    selection    = { tagStatus = "untagged", countType = "sinceImagePushed", countUnit = "days", countNumber = 14 }
    action       = { type = "expire" }
  }] })
}

resource "aws_ecr_repository_policy" "main" {
  repository = aws_ecr_repository.main.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = var.changed ? "Two" : "One"
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::${var.account}:root" }
      Action    = ["ecr:BatchGetImage"]
    }]
  })
}

resource "aws_service_discovery_private_dns_namespace" "main" {
  name        = "rec.internal"
  description = var.changed ? "two" : "one"
  vpc         = aws_vpc.main.id
}

data "aws_ecr_repository" "main" {
  name = aws_ecr_repository.main.name
}

data "aws_ecs_cluster" "main" {
  cluster_name = aws_ecs_cluster.main.name
}
