resource "aws_iam_role" "main" {
  name = "rec-eks"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = ["ec2.amazonaws.com", "eks.amazonaws.com"] } }]
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

resource "aws_eks_cluster" "main" {
  name     = "rec-main"
  role_arn = aws_iam_role.main.arn
  vpc_config {
    subnet_ids = [aws_subnet.one.id, aws_subnet.two.id]
  }
}

resource "aws_eks_node_group" "main" {
  cluster_name    = aws_eks_cluster.main.name
  node_group_name = "rec-main"
  node_role_arn   = aws_iam_role.main.arn
  subnet_ids      = [aws_subnet.one.id]
  scaling_config {
    desired_size = 1
    min_size     = 1
    max_size     = 2
  }
}

data "aws_eks_cluster" "main" {
  name = aws_eks_cluster.main.name
}
