import { arrayAt, objectAt, stringAt } from "../../../src/core/json.ts";
import type { Resource } from "../../../src/core/resource.ts";
import type { Observation } from "../contract.ts";
import type { Desk } from "../posture/desk.ts";

const call = "logs:DescribeLogGroups";

/** The group that a function or a log group of the stack stands for. */
export function logGroupOf({ type, attributes }: Resource): string | undefined {
  if (type === "aws_cloudwatch_log_group") return stringAt(attributes["name"]);
  if (type !== "aws_lambda_function") return undefined;
  const own = stringAt(objectAt(arrayAt(attributes["logging_config"])[0])["log_group"]);
  const name = stringAt(attributes["function_name"]);
  return own || (name === undefined ? undefined : `/aws/lambda/${name}`);
}

/** Whether it is there, and whether it ever forgets. */
export async function judgeLogGroup(
  desk: Desk,
  group: string,
  isFunction: boolean,
): Promise<readonly Observation[]> {
  const logs = desk.json({ service: "logs", target: "Logs_20140328", protocol: "1.1" });
  // Sorted by name, so that the one with exactly the prefix as its name is on the first page.
  const reply = await desk.once(`log-group-${group}`, () =>
    desk.ask(call, () => logs("DescribeLogGroups", { logGroupNamePrefix: group })),
  );
  if (reply.kind !== "told") return [];
  const found = arrayAt(reply.value["logGroups"])
    .map(objectAt)
    .find(({ logGroupName }) => logGroupName === group);
  if (found === undefined) return isFunction ? [missing(desk, group)] : [];
  return found["retentionInDays"] === undefined ? [endless(desk, group)] : [];
}

function missing({ address }: Desk, group: string): Observation {
  return {
    rule: "log-group-missing",
    severity: "MEDIUM",
    address,
    message: `its log group ${group} does not exist`,
    remedy: "add aws_cloudwatch_log_group: what Lambda makes itself is kept for ever and outlives the stack",
  };
}

function endless({ address }: Desk, group: string): Observation {
  return {
    rule: "log-group-without-retention",
    severity: "LOW",
    address,
    message: `the log group ${group} keeps everything for ever`,
    remedy: "set retention_in_days",
  };
}
