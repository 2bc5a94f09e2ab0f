import type { Finding } from "../../core/finding.ts";
import type { Plan, PlanScope } from "../../core/plan.ts";
import type { ResourceSchemas } from "../../core/resource-schema.ts";
import type { Environment } from "../../core/environment.ts";
import { viewPlan, type PlanView } from "../../practices/plan/plan-view.ts";
import { judgeNamesOf } from "../naming.ts";
import { judgeTagsOf } from "../tagging.ts";

/** Tags and names, held against the rules again now that all of them are known. */
export interface Recheck {
  readonly tags: { readonly findings: readonly Finding[]; readonly looked: number };
  readonly names: { readonly findings: readonly Finding[]; readonly looked: number };
}

export interface RecheckSetting {
  readonly environment: Environment;
  /** The plan of this run, whose tests have judged what it knew; without one everything is judged. */
  readonly plan: Plan | undefined;
  readonly scope: Pick<PlanScope, "account" | "region">;
  /** Asked only where there is something to judge: it takes seconds the first time. */
  readonly schemas: () => Promise<ResourceSchemas | undefined>;
}

const nothing = { findings: [], looked: 0 } as const;

export async function recheck(present: PlanView, setting: RecheckSetting): Promise<Recheck> {
  const { tags, naming } = setting.environment.policy;
  const wantsTags = tags.required.length > 0 || Object.keys(tags.values).length > 0;
  const wantsNames = naming.pattern !== undefined || Object.keys(naming.types).length > 0;
  if (!wantsTags && !wantsNames) return { tags: nothing, names: nothing };
  const schemas = await setting.schemas();
  const planned = setting.plan === undefined ? undefined : viewPlan(setting.plan.document);
  return {
    tags: wantsTags ? recheckTags(present, planned, { ...setting, known: schemas }) : nothing,
    names: wantsNames ? recheckNames(present, planned, { ...setting, known: schemas }) : nothing,
  };
}

type Known = Omit<RecheckSetting, "schemas"> & { readonly known: ResourceSchemas | undefined };

function recheckTags(
  present: PlanView,
  planned: PlanView | undefined,
  { environment, known }: Known,
): Recheck["tags"] {
  const open = planned && judgeTagsOf(planned, environment, known).later;
  if (open?.length === 0) return nothing;
  const judged = judgeTagsOf(present, environment, known);
  return { findings: onlyOf(open, judged.findings), looked: open?.length ?? judged.checked };
}

function recheckNames(
  present: PlanView,
  planned: PlanView | undefined,
  { environment, scope, known }: Known,
): Recheck["names"] {
  const rules = { environment, scope, schemas: known };
  const before = planned && judgeNamesOf(planned, rules);
  const open = before?.ok === true ? before.judged.later : undefined;
  if (open?.length === 0) return nothing;
  const answer = judgeNamesOf(present, rules);
  // A pattern that cannot be read was told before the deploy.
  if (!answer.ok) return nothing;
  return { findings: onlyOf(open, answer.judged.findings), looked: open?.length ?? answer.judged.names };
}

function onlyOf(addresses: readonly string[] | undefined, findings: readonly Finding[]): readonly Finding[] {
  if (addresses === undefined) return findings;
  const wanted = new Set(addresses);
  return findings.filter(({ address }) => address !== undefined && wanted.has(address));
}
