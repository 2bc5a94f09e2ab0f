import { networking } from "../../../../../src/practices/rules/networking.ts";
import { constant, made, refersTo } from "../../../../helpers/plan-document.ts";
import { testRules } from "../../../../helpers/rule-cases.ts";

const group = (wrote = {}) => made("aws_security_group.g", {}, wrote);
const beside = made(
  "aws_vpc_security_group_ingress_rule.r",
  {},
  { security_group_id: refersTo("aws_security_group.g.id") },
);
const table = (wrote = {}) => made("aws_route_table.t", {}, wrote);
const route = made("aws_route.r", {}, { route_table_id: refersTo("aws_route_table.t.id") });
const zones = [
  made("aws_subnet.a", { availability_zone: "eu-west-1a" }),
  made("aws_subnet.b", { availability_zone: "eu-west-1b" }),
];
const renewed = (wrote: object) => ({
  address: "aws_security_group.g",
  before: {},
  actions: ["delete", "create"],
  wrote: { ...wrote },
});
const block = { ingress: [{ from_port: constant(443) }] };

testRules(networking, {
  "security-group-rules-mixed": {
    objects: { resources: [group(block), beside], at: "aws_security_group.g" },
    quiet: { resources: [group(), beside] },
  },
  "route-table-routes-mixed": {
    objects: {
      resources: [table({ route: [{ cidr_block: constant("0.0.0.0/0") }] }), route],
      at: "aws_route_table.t",
    },
    quiet: { resources: [table(), route] },
  },
  "security-group-without-rules": { objects: group(), quiet: { resources: [group(), beside] } },
  "security-group-fixed-name": {
    objects: renewed({ name: constant("web") }),
    quiet: renewed({ name_prefix: constant("web-") }),
  },
  "nat-in-one-zone": {
    objects: { resources: [made("aws_nat_gateway.n"), ...zones], at: "aws_nat_gateway.n" },
    quiet: { resources: [made("aws_nat_gateway.n"), made("aws_nat_gateway.m"), ...zones] },
  },
  "balancer-in-one-zone": {
    objects: made("aws_lb.l", { subnets: ["a"] }),
    quiet: made("aws_lb.l", { subnets: ["a", "b"] }),
  },
  "balancer-without-deletion-protection": {
    objects: made("aws_lb.l", { enable_deletion_protection: false }),
    quiet: made("aws_lb.l", { enable_deletion_protection: true }),
  },
  "target-group-default-health-check": {
    objects: made("aws_lb_target_group.t", { protocol: "HTTP" }),
    quiet: made(
      "aws_lb_target_group.t",
      { protocol: "HTTP" },
      { health_check: [{ path: constant("/health") }] },
    ),
  },
  "slow-name-change": {
    objects: made("aws_route53_record.r", { type: "A", ttl: 86_400 }),
    quiet: made("aws_route53_record.r", { type: "A", ttl: 300 }),
  },
  "subnet-almost-too-small": {
    objects: { resources: [made("aws_subnet.s", { cidr_block: "10.0.0.0/28" })], says: /holds 11 addresses/ },
    quiet: made("aws_subnet.s", { cidr_block: "10.0.0.0/24" }),
  },
  "machine-in-default-group": {
    objects: {
      address: "aws_instance.i",
      unknown: { vpc_security_group_ids: true, security_groups: true },
      wrote: {},
    },
    quiet: {
      address: "aws_instance.i",
      unknown: { vpc_security_group_ids: true },
      wrote: { vpc_security_group_ids: refersTo("aws_security_group.g.id") },
    },
  },
});
