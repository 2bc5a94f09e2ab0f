import { arrayAt } from "../../core/json.ts";
import { blocksAt, isAbsentAt, isSetAt, isUnknownAt, numberAt, textAt } from "../plan/planned-resource.ts";
import { eachOf, everywhere, isOff, unlessTest, type Rule } from "../rule.ts";

const theme = "capacity";

const oneMachine: Rule = {
  id: "group-of-one-machine",
  theme,
  title: "A group of machines cannot grow, or has one",
  why: "One machine is one failure; a group whose minimum is its maximum never helps out.",
  fix: "Set min_size to 2 or more, and max_size above it.",
  source: "https://docs.aws.amazon.com/autoscaling/ec2/userguide/asg-capacity-limits.html",
  severity: unlessTest("off", "MEDIUM"),
  check: eachOf("aws_autoscaling_group", (group) => {
    const [least, most] = [numberAt(group, "min_size"), numberAt(group, "max_size")];
    if (most === undefined || least === undefined || most === 0) return undefined;
    return most < 2 ? "has at most one machine" : least === most && least < 2 ? "cannot grow" : undefined;
  }),
};

const groupInOneZone: Rule = {
  id: "group-in-one-zone",
  theme,
  title: "A group of machines is in one zone",
  why: "When the zone fails, all of them do.",
  fix: "Name subnets of two zones or more in vpc_zone_identifier.",
  source:
    "https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-benefits.html#arch-AutoScalingMultiAZ",
  severity: unlessTest("off", "HIGH"),
  check: eachOf("aws_autoscaling_group", (group) => {
    const zones = [arrayAt(group.values["availability_zones"]), arrayAt(group.values["vpc_zone_identifier"])];
    return (
      zones.some((list) => list.length === 1) && zones.every((list) => list.length < 2) && "has one zone"
    );
  }),
};

const deadKept: Rule = {
  id: "group-keeps-broken-machines",
  theme,
  title: "A group behind a load balancer keeps machines that do not answer",
  why: "It looks at whether a machine runs, not at whether the program on it does.",
  fix: 'Set health_check_type = "ELB".',
  source: "https://docs.aws.amazon.com/autoscaling/ec2/userguide/health-checks-overview.html",
  severity: unlessTest("LOW", "MEDIUM"),
  check: eachOf("aws_autoscaling_group", (group, { plan }) => {
    const behind =
      isSetAt(group, "target_group_arns") ||
      isSetAt(group, "load_balancers") ||
      plan.references.to(group, "aws_autoscaling_attachment").length > 0;
    const isOwn = isAbsentAt(group, "health_check_type") || textAt(group, "health_check_type") === "EC2";
    return behind && isOwn && "its health_check_type is not ELB";
  }),
};

const noGrace: Rule = {
  id: "group-without-grace",
  theme,
  title: "Machines are judged before they have started",
  why: "They are ended while they boot, and made again, without end.",
  fix: "Set health_check_grace_period to the time a start takes.",
  source: "https://docs.aws.amazon.com/autoscaling/ec2/userguide/health-check-grace-period.html",
  severity: everywhere("MEDIUM"),
  check: eachOf("aws_autoscaling_group", (group) => {
    const seconds = numberAt(group, "health_check_grace_period");
    return (
      textAt(group, "health_check_type") === "ELB" &&
      seconds !== undefined &&
      seconds < 30 &&
      `health_check_grace_period is ${seconds} s`
    );
  }),
};

const noBreaker: Rule = {
  id: "service-without-circuit-breaker",
  theme,
  title: "A broken version of a service is started again and again",
  why: "The deploy hangs for hours, and nothing goes back to the version that worked.",
  fix: "Add deployment_circuit_breaker { enable = true, rollback = true }.",
  source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html",
  severity: unlessTest("LOW", "MEDIUM"),
  check: eachOf("aws_ecs_service", (service) => {
    const controller = blocksAt(service, "deployment_controller")[0]?.["type"];
    if (controller === "CODE_DEPLOY" || controller === "EXTERNAL") return undefined;
    return (
      isAbsentOrOff(blocksAt(service, "deployment_circuit_breaker")[0]?.["enable"]) &&
      !isUnknownAt(service, "deployment_circuit_breaker") &&
      "has no circuit breaker"
    );
  }),
};

function isAbsentOrOff(flag: unknown): boolean {
  return flag === undefined || flag === null || flag === false;
}

const oneTask: Rule = {
  id: "service-of-one-task",
  theme,
  title: "A service has one task",
  why: "Its failure, or the drain of its host, is an outage.",
  fix: "Set desired_count to 2 or more.",
  source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_services.html",
  severity: unlessTest("off", "MEDIUM"),
  check: eachOf("aws_ecs_service", (service, { plan }) => {
    const scaled = plan.references.to(service, "aws_appautoscaling_target").length > 0;
    return numberAt(service, "desired_count") === 1 && !scaled && "its desired_count is 1";
  }),
};

const downBeforeUp: Rule = {
  id: "service-stops-before-it-starts",
  theme,
  title: "A deploy stops all tasks before it starts new ones",
  why: "With deployment_minimum_healthy_percent 0 every deploy is an outage.",
  fix: "Set deployment_minimum_healthy_percent to 50 or more.",
  source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html",
  severity: unlessTest("LOW", "MEDIUM"),
  check: eachOf("aws_ecs_service", (service) =>
    numberAt(service, "deployment_minimum_healthy_percent") === 0 &&
    (numberAt(service, "desired_count") ?? 1) > 0
      ? "deployment_minimum_healthy_percent is 0"
      : undefined,
  ),
};

const noGraceInService: Rule = {
  id: "service-without-grace",
  theme,
  title: "Tasks behind a load balancer are judged while they start",
  why: "Slow starters are ended before they answer, and the deploy never ends.",
  fix: "Set health_check_grace_period_seconds.",
  source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service_definition_parameters.html",
  severity: everywhere("LOW"),
  check: eachOf("aws_ecs_service", (service) =>
    isSetAt(service, "load_balancer") &&
    (numberAt(service, "health_check_grace_period_seconds") ?? 0) === 0 &&
    !isUnknownAt(service, "health_check_grace_period_seconds")
      ? "has no health_check_grace_period_seconds"
      : undefined,
  ),
};

/** Every other type always is, or cannot be. */
const optimisedOnDemand =
  /^(?:c1\.xlarge|c3\.[24]?xlarge|g2\.2xlarge|i2\.[24]?xlarge|m1\.x?large|m2\.[24]xlarge|m3\.2?xlarge|r3\.[24]?xlarge)$/;

const noOptimisation: Rule = {
  id: "volume-shares-the-network",
  theme,
  title: "A machine reaches its disks over the network it serves with",
  why: "Under load both slow down.",
  fix: "Set ebs_optimized = true, or take a type that always is.",
  source: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ebs-optimized.html",
  severity: everywhere("LOW"),
  check: eachOf("aws_instance", (instance) =>
    instance.values["ebs_optimized"] === false &&
    optimisedOnDemand.test(textAt(instance, "instance_type") ?? "")
      ? "ebs_optimized is false"
      : undefined,
  ),
};

const burstable: Rule = {
  id: "burstable-in-protected",
  theme,
  title: "A database lives on burst credit",
  why: "When the credit is spent, it runs at a fraction of its speed, at the busiest hour.",
  fix: "Take an m or r class, or watch CPUCreditBalance with an alarm.",
  source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Types.html",
  severity: unlessTest("off", "LOW"),
  check: eachOf(["aws_db_instance", "aws_rds_cluster_instance"], (database) => {
    const size = textAt(database, "instance_class") ?? "";
    return /^db\.t\d/.test(size) && `its class is ${size}`;
  }),
};

const clusterOpen: Rule = {
  id: "node-group-cannot-grow",
  theme,
  title: "A node group has no room to grow or to be renewed",
  why: "Upgrades need one node more than there is, and pods stay pending.",
  fix: "Set max_size above desired_size.",
  source: "https://docs.aws.amazon.com/eks/latest/userguide/update-managed-node-group.html",
  severity: unlessTest("off", "LOW"),
  check: eachOf("aws_eks_node_group", (group) => {
    const [most, wanted] = [
      numberAt(group, "scaling_config.max_size"),
      numberAt(group, "scaling_config.desired_size"),
    ];
    return most !== undefined && most === wanted && `max_size and desired_size are both ${most}`;
  }),
};

const stoppable: Rule = {
  id: "machine-without-termination-protection",
  theme,
  title: "A machine can be terminated by one call",
  why: "A machine that is no part of a group is made by nobody again.",
  fix: "Set disable_api_termination = true, or put it into a group.",
  source: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_ChangingDisableAPITermination.html",
  severity: unlessTest("off", "LOW"),
  check: eachOf(
    "aws_instance",
    (instance) => isOff(instance, "disable_api_termination") && "disable_api_termination is off",
  ),
};

/** How much there is of something, and what becomes of it under load. */
export const capacity: readonly Rule[] = [
  oneMachine,
  groupInOneZone,
  deadKept,
  noGrace,
  noBreaker,
  oneTask,
  downBeforeUp,
  noGraceInService,
  noOptimisation,
  burstable,
  clusterOpen,
  stoppable,
];
