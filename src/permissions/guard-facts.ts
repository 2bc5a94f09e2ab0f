import { recordedFor } from "./needs.ts";
import type { Deployer } from "./principal.ts";
import type { GuardFacts } from "./refusals.ts";
import { arnsFor, ownArn, type Ground } from "./resolve-arn.ts";
import { rolesOf } from "./roles.ts";

/** What the guards have to know of a plan and of who deploys it. */
export function guardFacts(
  ground: Ground,
  who: { readonly deployer: Deployer; readonly heldPolicies: readonly string[]; readonly until: string },
): GuardFacts {
  const arnsOf = (type: string): readonly string[] =>
    ground.planned.filter((each) => each.type === type).flatMap((each) => ownArn(each, ground) ?? []);
  const recorded = ground.planned.flatMap((resource) =>
    recordedFor(resource, ground).map((need) => ({ need, resource })),
  );
  const patterns = (scope: string): readonly string[] => [
    ...new Set(
      recorded
        .filter(({ need }) => need.resource === scope && need.passTo === undefined)
        .flatMap(({ need, resource }) => arnsFor(need, resource, ground)),
    ),
  ];
  return {
    ...who,
    region: ground.region,
    roles: rolesOf(ground),
    policies: arnsOf("aws_iam_policy"),
    profiles: arnsOf("aws_iam_instance_profile"),
    ownArns: patterns("named"),
    typePatterns: patterns("type").filter((pattern) => pattern.includes("*")),
    withoutResource: new Set(
      recorded.filter(({ need }) => need.resource === "any").map(({ need }) => need.action.toLowerCase()),
    ),
  };
}
