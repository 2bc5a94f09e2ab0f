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

resource "aws_lb" "main" {
  name               = "rec-main"
  internal           = true
  load_balancer_type = "application"
  subnets            = [aws_subnet.one.id, aws_subnet.two.id]
  idle_timeout       = var.changed ? 70 : 60
}

resource "aws_lb_target_group" "main" {
  name                 = "rec-main"
  port                 = 80
  protocol             = "HTTP"
  vpc_id               = aws_vpc.main.id
  target_type          = "ip"
  deregistration_delay = var.changed ? 20 : 10
  health_check { path = var.changed ? "/two" : "/one" }
}

resource "aws_lb_target_group_attachment" "main" {
  target_group_arn = aws_lb_target_group.main.arn
  target_id        = "10.0.1.10"
  port             = 80
}

resource "aws_lb_listener" "main" {
  load_balancer_arn = aws_lb.main.arn
  port              = var.changed ? 81 : 80
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.main.arn
  }
}

resource "aws_lb_listener_rule" "main" {
  listener_arn = aws_lb_listener.main.arn
  priority     = var.changed ? 11 : 10
  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.main.arn
  }
  condition {
    path_pattern { values = [var.changed ? "/two" : "/one"] }
  }
}

resource "aws_launch_template" "main" {
  name          = "rec-main"
  image_id      = "ami-12345678"
  instance_type = "t3.micro"
}

resource "aws_autoscaling_group" "main" {
  name                = "rec-main"
  min_size            = 0
  max_size            = var.changed ? 2 : 1
  desired_capacity    = 0
  vpc_zone_identifier = [aws_subnet.one.id]
  launch_template {
    id      = aws_launch_template.main.id
    version = "$Latest"
  }
  tag {
    key                 = "Step"
    value               = var.changed ? "two" : "one"
    propagate_at_launch = true
  }
}

resource "aws_autoscaling_policy" "main" {
  name                   = "rec"
  autoscaling_group_name = aws_autoscaling_group.main.name
  adjustment_type        = "ChangeInCapacity"
  scaling_adjustment     = var.changed ? 2 : 1
  cooldown               = 60
}

resource "aws_autoscaling_schedule" "main" {
  scheduled_action_name  = "rec"
  autoscaling_group_name = aws_autoscaling_group.main.name
  recurrence             = var.changed ? "0 6 * * *" : "0 7 * * *"
  min_size               = 0
  max_size               = 1
  desired_capacity       = 0
}

data "aws_lb" "main" {
  arn = aws_lb.main.arn
}

data "aws_lb_target_group" "main" {
  arn = aws_lb_target_group.main.arn
}
