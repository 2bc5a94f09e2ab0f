import type { ConfigurationFacts } from "../core/configuration-facts.ts";
import { countBySeverity, worstFirst, type Finding } from "../core/finding.ts";
import { gate } from "../core/gate.ts";
import { judgePractices } from "../practices/judge.ts";
import { modulePath, viewPlan } from "../practices/plan/plan-view.ts";
import { practiceRules } from "../practices/rules/index.ts";
import type { Check, CheckContext } from "./contract.ts";
import { checkOf, skipped, type Outcome } from "./outcome.ts";

const name = "config_best_practices";

/**
 * Rules of our own over the plan: what outages teach and scanners miss. Its figures: `rules_applied`,
 * `resources_checked`, `by_severity`, and `files_read`: whether rules that need the files could look at them.
 */
export const bestPractices: Check = checkOf({ name, phase: "pre-deployment" }, check);

async function check(context: CheckContext): Promise<Outcome> {
  const { environment, iac, clock } = context;
  const requirement = environment.protected ? "required" : "expected";
  const plan = await context.plan();
  if (plan === undefined) return skipped("there is no plan to look at", requirement);
  const facts = await iac.configurationFacts?.();
  const view = viewPlan(plan.document);
  if (view.resources.length + view.lost.length === 0) return skipped("the plan holds no resource");
  const judged = judgePractices(
    {
      plan: view,
      ...(facts?.ok ? { facts: facts.value } : {}),
      today: clock.now().toISOString().slice(0, 10),
      deletions: environment.policy.deletions,
    },
    {
      rules: practiceRules,
      practices: environment.policy.practices,
      protected: environment.protected,
    },
  );
  const placed = facts?.ok ? judged.findings.map(placer(facts.value)) : judged.findings;
  const findings = context.accept(placed).toSorted(worstFirst);
  return {
    status: gate({ kind: "findings", findings, limits: environment.gate }),
    requirement,
    findings,
    reason: `${judged.applied} rules over ${view.resources.length + view.lost.length} resources`,
    figures: {
      rules_applied: judged.applied,
      resources_checked: view.resources.length,
      by_severity: { ...countBySeverity(findings) },
      files_read: facts?.ok ?? false,
    },
  };
}

/** Adds file and line, where the block of an address is known. */
function placer({ blocks }: ConfigurationFacts): (finding: Finding) => Finding {
  const places = new Map(blocks.map((block) => [`${block.module}/${block.type}.${block.name}`, block.at]));
  return (finding) => {
    const parts = /^(?<module>(?:module\.[^.[]+(?:\[[^\]]*\])?\.)*)(?<local>[^.[]+\.[^.[]+)/.exec(
      finding.address ?? "",
    );
    const at = places.get(
      `${modulePath((parts?.groups?.["module"] ?? "").replace(/\.$/, ""))}/${parts?.groups?.["local"] ?? ""}`,
    );
    return at === undefined || finding.at !== undefined ? finding : { ...finding, at };
  };
}
