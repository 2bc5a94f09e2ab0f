import { safeLine } from "../../core/safe-text.ts";
import { verdictOn, type JudgedNeed } from "../../permissions/judged.ts";
import type { Preflight } from "../../permissions/preflight.ts";
import type { CommandBody } from "../define.ts";
import { withJudgedPlan } from "../judged-plan.ts";

export const preflight: CommandBody = (invocation) =>
  withJudgedPlan(
    invocation,
    (service) => service.view(),
    async ({ found, judged, standing: { deployer, reader, instead }, unplanned }) => {
      const { exit, said } = verdictOn(judged, { reader, unplanned });
      return {
        exit,
        document: {
          deployer: deployer.arn,
          reader,
          ...(instead === undefined ? {} : { instead }),
          needs: judged,
          missing: judged.filter(({ decision }) => decision === "missing" || decision === "denied"),
          unresolved: found.unresolved,
          unknown_types: found.unknownTypes,
        },
        text: [
          ...(instead === undefined ? [] : [`not asked as the grantor: ${instead}`]),
          ...linesOf(judged, found),
          said,
        ]
          .map(safeLine)
          .join("\n"),
      };
    },
  );

function linesOf(judged: readonly JudgedNeed[], { unresolved, unknownTypes }: Preflight): readonly string[] {
  const resources = [...new Set(judged.map(({ resource }) => resource))].sort();
  const lines = resources.flatMap((resource) => {
    const open = judged.filter((need) => need.resource === resource && need.decision !== "allowed");
    return open.length === 0
      ? []
      : [
          resource,
          ...open.map(
            ({ action, decision, confidence, addresses }) =>
              `  ${decision} ${action} (${confidence}) for ${addresses.join(", ")}`,
          ),
        ];
  });
  return [
    ...lines,
    ...unresolved.map(({ address, action, why }) => `not asked: ${action} for ${address}: ${why}`),
    ...(unknownTypes.length === 0 ? [] : [`nothing is known of ${unknownTypes.join(", ")}`]),
  ];
}
