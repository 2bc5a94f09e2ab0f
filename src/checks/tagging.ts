import { matchesPattern } from "../core/address-pattern.ts";
import type { Environment } from "../core/environment.ts";
import { worstFirst, type Finding } from "../core/finding.ts";
import { gate } from "../core/gate.ts";
import type { ResourceSchemas } from "../core/resource-schema.ts";
import type { PlannedResource } from "../practices/plan/planned-resource.ts";
import { viewPlan, type PlanView } from "../practices/plan/plan-view.ts";
import { readTags, tagSnippet } from "../practices/tags/read-tags.ts";
import type { Check, CheckContext } from "./contract.ts";
import { judgeTags, tagRules, type TagRules, type TagVerdict } from "./tagging/rules.ts";
import { checkOf, skipped, type Outcome } from "./outcome.ts";

const name = "tagging_compliance";

/**
 * Whether everything that will be, and can carry tags, carries those that the project requires. Its figures:
 * `resources_checked`, `compliant`, `cannot_be_tagged`, `ignored`, and `to_recheck`: addresses whose tags are known
 * only after the apply.
 */
export const tagging: Check = checkOf({ name, phase: "pre-deployment" }, check);

async function check(context: CheckContext): Promise<Outcome> {
  const { environment, iac } = context;
  const policy = environment.policy.tags;
  if (policy.required.length === 0 && Object.keys(policy.values).length === 0)
    return skipped("faber.yaml requires no tags", "optional");
  // It takes seconds the first time, so it is begun while the plan is made.
  const schemas = iac.providerSchemas?.().then((told) => (told.ok ? told.value : undefined));
  const plan = await context.plan();
  if (plan === undefined)
    return skipped("there is no plan to look at", environment.protected ? "required" : "expected");
  const known = await schemas;
  const judged = judgeTagsOf(viewPlan(plan.document), environment, known);
  if (judged.checked === 0) return skipped("nothing in the plan can carry tags", "optional");
  const findings = context.accept(judged.findings).toSorted(worstFirst);
  return {
    status: gate({ kind: "conformance", findings, strict: policy.strict || environment.protected }),
    requirement: environment.protected ? "required" : "expected",
    findings,
    reason: reasonOf(judged),
    figures: {
      required_tags: [...policy.required],
      resources_checked: judged.checked,
      compliant: judged.compliant,
      cannot_be_tagged: judged.cannot,
      ignored: judged.ignored,
      to_recheck: judged.later,
      by_provider_schema: known !== undefined,
    },
  };
}

/** Holds everything in a plan, or in a state that is read like one, against the project's rules. */
export function judgeTagsOf(
  view: PlanView,
  environment: Environment,
  schemas: ResourceSchemas | undefined,
): JudgedTags {
  const known = schemas === undefined ? {} : { schemas };
  return judgeAll(view.resources, {
    environment,
    rules: tagRules(environment.policy.tags),
    ...known,
    tagsOf: (resource) => readTags(resource, { plan: view, ...known }),
  });
}

interface Setting {
  readonly environment: Environment;
  readonly rules: TagRules;
  readonly schemas?: ResourceSchemas;
  readonly tagsOf: (resource: PlannedResource) => ReturnType<typeof readTags>;
}

export interface JudgedTags {
  readonly findings: readonly Finding[];
  readonly checked: number;
  readonly compliant: number;
  readonly cannot: number;
  readonly ignored: number;
  /** Addresses of which something is known only after the apply. */
  readonly later: readonly string[];
}

function judgeAll(resources: readonly PlannedResource[], setting: Setting): JudgedTags {
  const { ignore } = setting.environment.policy.tags;
  const isIgnored = (address: string): boolean => ignore.some((pattern) => matchesPattern(pattern, address));
  const findings: Finding[] = [];
  const later: string[] = [];
  const counts = { checked: 0, compliant: 0, cannot: 0, ignored: 0 };
  for (const resource of resources) {
    const tags = setting.tagsOf(resource);
    if (tags === undefined) counts.cannot += 1;
    else if (isIgnored(resource.address)) counts.ignored += 1;
    else {
      const verdict = judgeTags(tags.tags, tags.open, setting.rules);
      const unpassed = setting.rules.required.filter((key) => tags.notPassedOn.includes(key));
      const found = findingsOf(resource, { verdict, unpassed, environment: setting.environment });
      findings.push(...found);
      if (verdict.later) later.push(resource.address);
      counts.checked += 1;
      if (found.length === 0 && !verdict.later) counts.compliant += 1;
    }
  }
  return { findings, later, ...counts };
}

function findingsOf(
  { address, type }: PlannedResource,
  seen: {
    readonly verdict: TagVerdict;
    readonly unpassed: readonly string[];
    readonly environment: Environment;
  },
): readonly Finding[] {
  const { missing, wrong } = seen.verdict;
  const base = { severity: "MEDIUM", address, scanners: ["faber"] } as const;
  const list = (found: TagVerdict["missing"]): string => found.map(({ why }) => why).join("; ");
  const values = Object.fromEntries(missing.map(({ key }) => [key, usualValue(key, seen.environment)]));
  return [
    ...(missing.length === 0
      ? []
      : [{ ...base, rule: "required-tag", message: list(missing), remedy: tagSnippet(type, values) }]),
    ...(wrong.length === 0
      ? []
      : [
          {
            ...base,
            rule: "tag-value",
            message: list(wrong),
            remedy: "change the value, or tags.values in faber.yaml",
          },
        ]),
    ...(seen.unpassed.length === 0
      ? []
      : [
          {
            ...base,
            rule: "tag-not-passed-on",
            message: `the machines of the group do not get ${seen.unpassed.join(", ")}`,
            remedy: "propagate_at_launch = true",
          },
        ]),
  ];
}

/** What stands in the tags of that name in most projects. */
function usualValue(
  key: string,
  { name: environment, project, subsystem, organization }: Environment,
): string {
  const usual: Readonly<Record<string, string | undefined>> = {
    environment,
    env: environment,
    project,
    subsystem,
    component: subsystem,
    organization,
    managedby: "terraform",
  };
  return usual[key.toLowerCase().replace(/[-_]/g, "")] ?? "...";
}

function reasonOf({ checked, compliant, later }: JudgedTags): string {
  const open = later.length === 0 ? "" : `, ${later.length} known only after the deploy`;
  return `${compliant} of ${checked} carry what is required${open}`;
}
