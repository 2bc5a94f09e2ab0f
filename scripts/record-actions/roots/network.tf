resource "aws_vpc" "main" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = var.changed
}

resource "aws_subnet" "one" {
  vpc_id                  = aws_vpc.main.id
  cidr_block              = "10.0.1.0/24"
  availability_zone       = "us-east-1a"
  map_public_ip_on_launch = var.changed
}

resource "aws_internet_gateway" "main" {
  vpc_id = aws_vpc.main.id
}

resource "aws_route_table" "main" {
  vpc_id = aws_vpc.main.id
}

resource "aws_route_table" "inline" {
  vpc_id = aws_vpc.main.id
  route {
    cidr_block = var.changed ? "10.9.0.0/16" : "0.0.0.0/0"
    gateway_id = aws_internet_gateway.main.id
  }
}

resource "aws_route" "main" {
  route_table_id         = aws_route_table.main.id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = var.changed ? null : aws_internet_gateway.main.id
  nat_gateway_id         = var.changed ? aws_nat_gateway.main.id : null
}

resource "aws_route_table_association" "main" {
  subnet_id      = aws_subnet.one.id
  route_table_id = var.changed ? aws_route_table.inline.id : aws_route_table.main.id
}

resource "aws_eip" "nat" {
  domain = "vpc"
}

resource "aws_nat_gateway" "main" {
  subnet_id     = aws_subnet.one.id
  allocation_id = aws_eip.nat.id
}

resource "aws_security_group" "main" {
  name        = "rec-main"
  description = "rec"
  vpc_id      = aws_vpc.main.id
  ingress {
    from_port   = var.changed ? 8443 : 443
    to_port     = var.changed ? 8443 : 443
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/8"]
  }
  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "bare" {
  name        = "rec-bare"
  description = "rec"
  vpc_id      = aws_vpc.main.id
}

resource "aws_security_group_rule" "main" {
  security_group_id = aws_security_group.bare.id
  type              = "ingress"
  from_port         = 80
  to_port           = 80
  protocol          = "tcp"
  cidr_blocks       = ["10.0.0.0/8"]
  description       = "rec"
}

resource "aws_security_group_rule" "out" {
  security_group_id = aws_security_group.bare.id
  type              = "egress"
  from_port         = 80
  to_port           = 80
  protocol          = "tcp"
  cidr_blocks       = ["10.0.0.0/8"]
  description       = "rec"
}

resource "aws_security_group" "rules" {
  name        = "rec-rules"
  description = "rec"
  vpc_id      = aws_vpc.main.id
}

resource "aws_vpc_security_group_ingress_rule" "main" {
  security_group_id = aws_security_group.rules.id
  cidr_ipv4         = "10.0.0.0/8"
  from_port         = 81
  to_port           = 81
  ip_protocol       = "tcp"
  description       = var.changed ? "two" : "one"
}

resource "aws_vpc_security_group_egress_rule" "main" {
  security_group_id = aws_security_group.rules.id
  cidr_ipv4         = "10.0.0.0/8"
  from_port         = 82
  to_port           = 82
  ip_protocol       = "tcp"
  description       = var.changed ? "two" : "one"
}

resource "aws_network_acl" "main" {
  vpc_id = aws_vpc.main.id
}

resource "aws_network_acl_rule" "main" {
  network_acl_id = aws_network_acl.main.id
  rule_number    = 100
  protocol       = "tcp"
  rule_action    = "allow"
  cidr_block     = "10.0.0.0/8"
  from_port      = 80
  to_port        = 80
}

resource "aws_vpc_endpoint" "main" {
  vpc_id          = aws_vpc.main.id
  service_name    = "com.amazonaws.us-east-1.s3"
  route_table_ids = var.changed ? [aws_route_table.main.id] : []
}

resource "aws_key_pair" "main" {
  key_name   = "rec-main"
  public_key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKPf5BxbXhC5C2YzCmyGSYlC2VvSpuBvSKtNqVDJzTzH rec"
}

resource "aws_network_interface" "main" {
  subnet_id = aws_subnet.one.id
}

resource "aws_launch_template" "main" {
  name          = "rec-main"
  image_id      = "ami-12345678"
  instance_type = var.changed ? "t3.small" : "t3.micro"
}

resource "aws_instance" "main" {
  ami           = "ami-12345678"
  instance_type = "t3.micro"
  subnet_id     = aws_subnet.one.id
}

resource "aws_ebs_volume" "main" {
  availability_zone = "us-east-1a"
  size              = var.changed ? 2 : 1
}

resource "aws_volume_attachment" "main" {
  device_name = "/dev/sdh"
  volume_id   = aws_ebs_volume.main.id
  instance_id = aws_instance.main.id
}

data "aws_vpc" "main" {
  id = aws_vpc.main.id
}

data "aws_subnet" "main" {
  id = aws_subnet.one.id
}

data "aws_subnets" "main" {
  filter {
    name   = "vpc-id"
    values = [aws_vpc.main.id]
  }
}

data "aws_security_group" "main" {
  id = aws_security_group.main.id
}

data "aws_availability_zones" "here" {}

data "aws_ami_ids" "any" {
  owners = ["self"]
}
