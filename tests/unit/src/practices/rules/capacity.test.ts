import { capacity } from "../../../../../src/practices/rules/capacity.ts";
import { constant, made, refersTo } from "../../../../helpers/plan-document.ts";
import { testRules } from "../../../../helpers/rule-cases.ts";

const group = (after: object, wrote = {}) => made("aws_autoscaling_group.g", { ...after }, wrote);
const service = (after: object, wrote = {}) => made("aws_ecs_service.s", { ...after }, wrote);
const nodes = (most: number) =>
  made("aws_eks_node_group.n", { scaling_config: [{ max_size: most, desired_size: 2 }] });
const behind = { target_group_arns: refersTo("aws_lb_target_group.t.arn") };

testRules(capacity, {
  "group-of-one-machine": {
    objects: group({ min_size: 1, max_size: 1 }),
    quiet: group({ min_size: 2, max_size: 4 }),
  },
  "group-in-one-zone": {
    objects: group({ availability_zones: ["a"] }),
    quiet: group({ vpc_zone_identifier: ["a", "b"] }),
  },
  "group-keeps-broken-machines": {
    objects: group({}, behind),
    quiet: group({ health_check_type: "ELB" }, behind),
  },
  "group-without-grace": {
    objects: group({ health_check_type: "ELB", health_check_grace_period: 0 }),
    quiet: group({ health_check_type: "ELB", health_check_grace_period: 300 }),
  },
  "service-without-circuit-breaker": {
    objects: service({ deployment_circuit_breaker: [] }),
    quiet: service({ deployment_circuit_breaker: [{ enable: true, rollback: true }] }),
  },
  "service-of-one-task": {
    objects: service({ desired_count: 1 }),
    quiet: {
      resources: [
        service({ desired_count: 1 }),
        made("aws_appautoscaling_target.t", {}, { resource_id: refersTo("aws_ecs_service.s.name") }),
      ],
    },
  },
  "service-stops-before-it-starts": {
    objects: service({ deployment_minimum_healthy_percent: 0, desired_count: 2 }),
    quiet: service({ deployment_minimum_healthy_percent: 100, desired_count: 2 }),
  },
  "service-without-grace": {
    objects: service(
      { health_check_grace_period_seconds: null },
      { load_balancer: [{ container_port: constant(80) }] },
    ),
    quiet: service(
      { health_check_grace_period_seconds: 60 },
      { load_balancer: [{ container_port: constant(80) }] },
    ),
  },
  "volume-shares-the-network": {
    objects: made("aws_instance.i", { instance_type: "m3.xlarge", ebs_optimized: false }),
    quiet: {
      resources: ["m7g.large", "m4.large", "r4.xlarge", "r3.large"].map((instance_type) =>
        made("aws_instance.i", { instance_type, ebs_optimized: false }),
      ),
    },
  },
  "burstable-in-protected": {
    objects: made("aws_db_instance.d", { instance_class: "db.t3.medium" }),
    quiet: made("aws_db_instance.d", { instance_class: "db.m7g.large" }),
  },
  "node-group-cannot-grow": { objects: nodes(2), quiet: nodes(4) },
  "machine-without-termination-protection": {
    objects: made("aws_instance.i", { disable_api_termination: false }),
    quiet: made("aws_instance.i", { disable_api_termination: true }),
  },
});
