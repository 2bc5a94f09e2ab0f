import { arrayAt, objectAt, stringAt } from "../../../src/core/json.ts";
import type { Resource } from "../../../src/core/resource.ts";
import type { Orphan } from "../contract.ts";
import { troubleOf } from "../api-error.ts";
import { logGroupOf } from "../monitoring/log-groups.ts";
import { clientsByRegion, type ReadingContext } from "../posture/read-posture.ts";

const logs = { service: "logs", target: "Logs_20140328", protocol: "1.1" } as const;

/**
 * Log groups that Lambda made itself for functions of the stack: nothing of the state stands for them, and they
 * outlive the function. Looked for by the names of the functions alone.
 */
export async function findOrphans(
  resources: readonly Resource[],
  context: ReadingContext,
): Promise<readonly Orphan[]> {
  const managed = new Set(
    resources
      .filter(({ type }) => type === "aws_cloudwatch_log_group")
      .flatMap((one) => logGroupOf(one) ?? []),
  );
  const clientsFor = clientsByRegion(context.config);
  const found: Orphan[] = [];
  for (const resource of resources.filter(({ type }) => type === "aws_lambda_function")) {
    const name = logGroupOf(resource);
    if (name === undefined || managed.has(name) || context.signal.aborted) continue;
    const ask = clientsFor(resource).json(logs);
    const said = await ask("DescribeLogGroups", { logGroupNamePrefix: name }).catch((error: unknown) => {
      if (troubleOf(error) === "bug") throw error;
      return {}; // Whoever may not look cannot be told of it; the destroy itself is proved elsewhere.
    });
    const group = arrayAt(objectAt(said)["logGroups"])
      .map(objectAt)
      .find(({ logGroupName }) => logGroupName === name);
    if (group === undefined) continue;
    found.push({
      arn: stringAt(group["arn"]) ?? name,
      text: `log group ${name}`,
      of: resource.address,
      remove: async () => void (await ask("DeleteLogGroup", { logGroupName: name })),
    });
  }
  return found;
}
