import { exitOf } from "../../core/exit.ts";
import { approve, type Plan } from "../../core/plan.ts";
import type { RunContext } from "../context.ts";
import { approvePlan } from "../stages/approve.ts";
import type { Stage } from "../stage.ts";
import type { ReapFindings } from "./findings.ts";

/** Somebody says yes to the whole list, as to a destroy: by its digest, by `--yes`, or at the prompt. */
export const consentStage: Stage = {
  name: "approve",
  run: async (context, before) => {
    const found = before.reap;
    if (!found) throw new Error("a reap is approved after it has looked");
    if (found.plan === undefined && found.strays.length === 0) {
      return {
        result: { status: "PASS", headline: "nothing to remove", tests: [], diagnostics: [] },
        carried: before,
      };
    }
    const approved = await approvePlan(context, before, wholeOf(context, found));
    if (!approved) {
      const exit = exitOf("not-approved", "the list was declined");
      return {
        result: { status: "FAIL", headline: exit.reason, tests: [], diagnostics: [], exit },
        carried: before,
      };
    }
    const { approval } = approved;
    const plan = found.plan && approve(found.plan, { ...approval, digest: found.plan.digest });
    return {
      result: {
        status: "PASS",
        headline: `${found.digest.slice(0, 12)} by ${approval.by} (${approval.via})`,
        tests: [],
        diagnostics: [],
      },
      carried: { ...before, ...(plan === undefined ? {} : { approved: plan }), reapApproved: approval },
    };
  },
};

/** The list as a plan: what is approved is the digest over all of it. */
function wholeOf({ planning, iac }: RunContext, { plan, digest }: ReapFindings): Plan {
  return {
    scope: planning.scope,
    file: "",
    tool: { name: iac.tool.name, version: iac.tool.version },
    changes: [],
    outputs: [],
    document: {},
    ...plan,
    digest,
  };
}
