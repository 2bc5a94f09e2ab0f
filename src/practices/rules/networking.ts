import { arrayAt } from "../../core/json.ts";
import { blocksAt, isAbsentAt, isSetAt, isUnknownAt, numberAt, textAt } from "../plan/planned-resource.ts";
import { eachOf, everywhere, isOff, unlessTest, type Rule } from "../rule.ts";

const theme = "networking";

const ruleTypes = [
  "aws_security_group_rule",
  "aws_vpc_security_group_ingress_rule",
  "aws_vpc_security_group_egress_rule",
] as const;

const mixedRules: Rule = {
  id: "security-group-rules-mixed",
  theme,
  title: "A security group has rules inside and beside it",
  why: "Each apply removes the rules of the other kind: connections break at random.",
  fix: "Use aws_vpc_security_group_ingress_rule and _egress_rule alone, without ingress and egress blocks.",
  source:
    "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group#security_group-rule-resources",
  severity: everywhere("HIGH"),
  check: eachOf("aws_security_group", (group, { plan }) => {
    const inside = ["ingress", "egress"].filter((path) => group.configured?.expressions[path] !== undefined);
    const beside = ruleTypes.flatMap((type) => plan.references.to(group, type, "security_group_id"));
    return (
      inside.length > 0 &&
      beside.length > 0 &&
      `has ${inside.join(" and ")} blocks, and ${beside[0]?.address} beside them`
    );
  }),
};

const mixedRoutes: Rule = {
  id: "route-table-routes-mixed",
  theme,
  title: "A route table has routes inside and beside it",
  why: "Each apply removes the routes of the other kind: networks lose each other.",
  fix: "Use aws_route alone, without route blocks.",
  source: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/route_table",
  severity: everywhere("HIGH"),
  check: eachOf("aws_route_table", (table, { plan }) => {
    const beside = plan.references.to(table, "aws_route", "route_table_id");
    return (
      table.configured?.expressions["route"] !== undefined &&
      beside.length > 0 &&
      `has route blocks, and ${beside[0]?.address} beside them`
    );
  }),
};

const nothingPasses: Rule = {
  id: "security-group-without-rules",
  theme,
  title: "A security group lets nothing through",
  why: "What is in it can neither be reached nor reach anything: a deploy that succeeds and does not work.",
  fix: "Add its rules, or take it away.",
  source: "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
  severity: everywhere("LOW"),
  check: ({ plan }) => {
    // A rule may name its group by a local value, which no plan shows.
    const unclear = plan
      .ofType(...ruleTypes)
      .some((rule) => plan.references.of(rule, "security_group_id").length === 0);
    if (unclear) return [];
    return plan
      .ofType("aws_security_group")
      .filter((group) => group.fate === "create" && !isSetAt(group, "ingress") && !isSetAt(group, "egress"))
      .filter((group) => ruleTypes.every((type) => plan.references.to(group, type).length === 0))
      .map((group) => ({ address: group.address, message: "has no rule at all" }));
  },
};

const nameReplacesGroup: Rule = {
  id: "security-group-fixed-name",
  theme,
  title: "A security group cannot be replaced while it is in use",
  why: "A new description replaces it; with a fixed name the new one cannot be made first, and the old one cannot be deleted.",
  fix: "Use name_prefix and lifecycle { create_before_destroy = true }.",
  source:
    "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group#recreating-a-security-group",
  severity: everywhere("MEDIUM"),
  check: ({ plan }) =>
    plan.resources
      .filter((resource) => resource.type === "aws_security_group" && resource.fate === "replace")
      .filter((resource) => resource.configured?.expressions["name"] !== undefined)
      .map((resource) => ({ address: resource.address, message: "is replaced and has a fixed name" })),
};

const oneGateway: Rule = {
  id: "nat-in-one-zone",
  theme,
  title: "All private subnets go out through one zone",
  why: "When that zone fails, everything in the others loses its way out too.",
  fix: "Have a NAT gateway in each zone, with a route table of its own.",
  source: "https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html",
  severity: unlessTest("off", "MEDIUM"),
  check: ({ plan }) => {
    const gateways = plan.ofType("aws_nat_gateway");
    const zones = new Set(
      plan.ofType("aws_subnet").map((subnet) => textAt(subnet, "availability_zone") ?? subnet.address),
    );
    const [only] = gateways;
    return gateways.length === 1 && only !== undefined && zones.size > 1
      ? [{ address: only.address, message: "is the only NAT gateway of a network in several zones" }]
      : [];
  },
};

const oneSubnet: Rule = {
  id: "balancer-in-one-zone",
  theme,
  title: "A load balancer has one subnet",
  why: "An application load balancer refuses it; the others go down with their zone.",
  fix: "Name subnets of two zones or more.",
  source:
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#subnets-load-balancer",
  severity: unlessTest("LOW", "HIGH"),
  check: eachOf(["aws_lb", "aws_alb", "aws_elb"], (balancer) => {
    const subnets = arrayAt(balancer.values["subnets"]).length + blocksAt(balancer, "subnet_mapping").length;
    return subnets === 1 && "has one subnet";
  }),
};

const deletableBalancer: Rule = {
  id: "balancer-without-deletion-protection",
  theme,
  title: "A load balancer can be deleted by one call",
  why: "Its address goes with it, and every name that points there.",
  fix: "Set enable_deletion_protection = true.",
  source:
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html",
  severity: unlessTest("off", "MEDIUM"),
  check: eachOf(
    ["aws_lb", "aws_alb"],
    (balancer) => isOff(balancer, "enable_deletion_protection") && "enable_deletion_protection is off",
  ),
};

const unhealthyTarget: Rule = {
  id: "target-group-default-health-check",
  theme,
  title: "A target group asks for / to see whether a target is healthy",
  why: "Programs that answer / with a redirect or 404 are taken out, ones that are broken behind it are kept.",
  fix: "Set health_check { path = … } to a page that says whether the program works.",
  source:
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html",
  severity: everywhere("LOW"),
  check: eachOf(["aws_lb_target_group", "aws_alb_target_group"], (group) => {
    const isHttp = /^HTTPS?$/.test(textAt(group, "protocol") ?? "");
    return (
      isHttp &&
      textAt(group, "target_type") !== "lambda" &&
      !isSetAt(group, "health_check") &&
      "has no health_check of its own"
    );
  }),
};

const longDrain: Rule = {
  id: "slow-name-change",
  theme,
  title: "A name is kept for more than an hour everywhere",
  why: "After a failover or a move, callers go to the old address until their copy expires.",
  fix: "Set ttl to 300 or less for names that may move.",
  source: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-values-basic.html",
  severity: everywhere("LOW"),
  check: eachOf("aws_route53_record", (record) => {
    const ttl = numberAt(record, "ttl");
    return (
      /^(?:A|AAAA|CNAME)$/.test(textAt(record, "type") ?? "") &&
      ttl !== undefined &&
      ttl > 3_600 &&
      `ttl is ${ttl} s`
    );
  }),
};

const openAddresses: Rule = {
  id: "subnet-almost-too-small",
  theme,
  title: "A subnet has room for a few machines only",
  why: "AWS keeps five addresses; load balancers, functions and pods take the rest, and then nothing scales.",
  fix: "Take /24 or larger; a subnet cannot be enlarged.",
  source: "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html",
  severity: unlessTest("off", "LOW"),
  check: eachOf("aws_subnet", (subnet) => {
    const bits = Number(/\/(\d+)$/.exec(textAt(subnet, "cidr_block") ?? "")?.[1] ?? Number.NaN);
    return subnet.fate === "create" && bits > 26 && `/${bits} holds ${2 ** (32 - bits) - 5} addresses`;
  }),
};

const defaultGroup: Rule = {
  id: "machine-in-default-group",
  theme,
  title: "A machine or balancer is in the default security group",
  why: "Everything in that group may talk to everything else in it, of whatever project.",
  fix: "Name security groups of its own.",
  source: "https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html",
  severity: unlessTest("LOW", "MEDIUM"),
  check: (look) => [
    ...eachOf("aws_instance", (instance) =>
      instance.fate === "create" &&
      isAbsentAt(instance, "vpc_security_group_ids") &&
      isAbsentAt(instance, "security_groups") &&
      isAbsentAt(instance, "network_interface") &&
      !isSetAt(instance, "launch_template")
        ? "names no security group"
        : undefined,
    )(look),
    ...eachOf(["aws_lb", "aws_db_instance"], (one) => {
      const path = one.type === "aws_lb" ? "security_groups" : "vpc_security_group_ids";
      const network = one.type === "aws_lb" && textAt(one, "load_balancer_type") !== "application";
      return (
        one.fate === "create" &&
        !network &&
        isUnknownAt(one, path) &&
        isAbsentAt(one, path) &&
        "names no security group"
      );
    })(look),
  ],
};

/** Networks, groups, gateways, balancers and names. */
export const networking: readonly Rule[] = [
  mixedRules,
  mixedRoutes,
  nothingPasses,
  nameReplacesGroup,
  oneGateway,
  oneSubnet,
  deletableBalancer,
  unhealthyTarget,
  longDrain,
  openAddresses,
  defaultGroup,
];
