import { elementsAt, textIn, type XmlElement } from "../existence/xml.ts";
import { byStatus, degraded, down, healthy, type Asked, type HealthReader, type Seen } from "./reader.ts";

const balancing = { service: "elasticloadbalancing", version: "2015-12-01" } as const;

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeTargetHealth.html */
export const targetGroups: HealthReader = {
  types: ["aws_lb_target_group", "aws_alb_target_group"],
  call: "elasticloadbalancing:DescribeTargetHealth",
  read: async (asked) => {
    const arn = await arnOf(asked);
    if (arn === undefined) return undefined;
    const answer = await asked.desk.query({
      ...balancing,
      action: "DescribeTargetHealth",
      parameters: { TargetGroupArn: arn },
    });
    const path = "DescribeTargetHealthResult/TargetHealthDescriptions/member";
    return judgeTargets(elementsAt(answer, path), asked.wish !== undefined);
  },
};

async function arnOf({ desk, of }: Asked): Promise<string | undefined> {
  const arn = of.maybe("arn");
  if (arn !== undefined) return arn;
  const answer = await desk.query({
    ...balancing,
    action: "DescribeTargetGroups",
    parameters: { "Names.member.1": of.text("name") },
  });
  return textIn(answer, "DescribeTargetGroupsResult/TargetGroups/member/TargetGroupArn");
}

function judgeTargets(targets: readonly XmlElement[], isNamed: boolean): Seen {
  const states = targets.map((target) => ({
    id: textIn(target, "Target/Id") ?? "",
    state: textIn(target, "TargetHealth/State") ?? "unknown",
    reason: textIn(target, "TargetHealth/Reason"),
    words: textIn(target, "TargetHealth/Description"),
  }));
  const counted = states.filter(({ state }) => state !== "draining");
  // Somebody switched its checks off: that it is registered is all there is to know.
  const well = counted.filter(
    ({ state, reason }) => state === "healthy" || reason === "Target.HealthCheckDisabled",
  );
  const counts = `${well.length} of ${counted.length} targets are healthy`;
  if (counted.length === 0)
    return isNamed ? down("no target is registered") : degraded("no target is registered");
  if (well.length === counted.length) return healthy(counts);
  const [first] = counted.filter((one) => !well.includes(one));
  const why = [first?.state, first?.reason, first?.words].filter(Boolean).join(", ");
  const saw = `${counts}; ${first?.id ?? "one"} is ${why}`;
  const remedy = "look at what the health check of the group asks for, and at the logs of its targets";
  // Some serve: people are served. A group that no listener uses serves nobody.
  const isUsed = counted.some(({ state }) => state !== "unused");
  return (well.length > 0 || !isUsed) && !isNamed ? degraded(saw, remedy) : down(saw, remedy);
}

export const loadBalancers: HealthReader = {
  types: ["aws_lb", "aws_alb"],
  call: "elasticloadbalancing:DescribeLoadBalancers",
  read: async ({ desk, of }) => {
    const answer = await desk.query({
      ...balancing,
      action: "DescribeLoadBalancers",
      parameters: { "LoadBalancerArns.member.1": of.text("arn") },
    });
    const state = elementsAt(answer, "DescribeLoadBalancersResult/LoadBalancers/member/State")[0];
    if (state === undefined) return undefined;
    const reason = textIn(state, "Reason");
    return byStatus(
      textIn(state, "Code"),
      { well: ["active"], poor: ["active_impaired"], lost: /^failed$/ },
      reason,
    );
  },
};
