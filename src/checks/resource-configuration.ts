import { whyOf, type Diagnostic } from "../core/diagnostic.ts";
import { driftCounts, type Drift, type DriftedResource } from "../core/drift.ts";
import { exitOf } from "../core/exit.ts";
import { counts, worstFirst, type Finding } from "../core/finding.ts";
import { gate } from "../core/gate.ts";
import type { JsonObject, JsonValue } from "../core/json.ts";
import type { TestStatus } from "../core/result.ts";
import type { PlanView } from "../practices/plan/plan-view.ts";
import { comparePlanned } from "./configuration/compare-planned.ts";
import { conditionFinding } from "./configuration/condition-finding.ts";
import { readConditions, type Condition } from "./configuration/conditions.ts";
import { driftFigures, driftFinding } from "./configuration/drift-finding.ts";
import { exceptExpected, lookForDrift, viewPresent, type LookSetting } from "./configuration/look.ts";
import { recheck, type Recheck } from "./configuration/recheck.ts";
import { topOf } from "./configuration/weigh.ts";
import type { Check, CheckContext } from "./contract.ts";
import { checkOf, skipped, type Outcome } from "./outcome.ts";

const name = "resource_configuration";

/** More drifted resources than these are only counted. */
const resourcesShown = 100;

/**
 * Whether what is there is what was planned, attribute by attribute: drift since the state was written, values that the
 * approved plan knew, tags and names that it did not know, and the conditions of the configuration itself. Its figures:
 * `resources_checked`, `compared_with_plan`, `drifted`, `not_as_planned`, `unmanaged` (what differs and nothing sets),
 * `conditions`, `rechecked`, `ignored` and `exceptions_lapsed`.
 */
export const resourceConfiguration: Check = checkOf({ name, phase: "post-deployment" }, verify);

async function verify(context: CheckContext): Promise<Outcome> {
  const state = await context.iac.resources();
  if (!state.ok) return broken(context, state.diagnostics, "the state cannot be read");
  if (state.value.length === 0) return skipped("the state holds no resource");
  const answer = await context.refreshed();
  if (!answer.ok) return broken(context, answer.diagnostics, "the refresh failed");
  const seen = await look(context, answer.value);
  return judge(context, seen);
}

interface Seen {
  readonly present: PlanView;
  readonly drift: Drift;
  /** What came out otherwise than the approved plan said. */
  readonly different: readonly DriftedResource[];
  readonly compared: number;
  readonly conditions: readonly Condition[];
  readonly again: Recheck;
}

async function look(context: CheckContext, refreshed: JsonObject): Promise<Seen> {
  const { environment, iac, approved, clock } = context;
  const setting: LookSetting = {
    environment,
    readChanges: iac.planReader.changes,
    today: clock.now().toISOString().slice(0, 10),
  };
  const present = viewPresent(refreshed);
  const drift = lookForDrift(refreshed, present, setting);
  const { compared, different } =
    approved === undefined ? { compared: 0, different: [] } : comparePlanned(approved.document, present);
  const plan = approved ?? (await context.plan());
  return {
    present,
    drift,
    compared,
    different: exceptExpected(withoutDrift(different, drift.resources), setting),
    conditions: readConditions(refreshed),
    again: await recheck(present, {
      environment,
      plan,
      scope: plan?.scope ?? (environment.region === undefined ? {} : { region: environment.region }),
      schemas: async () => {
        const told = await iac.providerSchemas?.();
        return told?.ok === true ? told.value : undefined;
      },
    }),
  };
}

/** What changed since the apply is told once: as drift. */
function withoutDrift(
  different: readonly DriftedResource[],
  drifted: readonly DriftedResource[],
): readonly DriftedResource[] {
  const told = new Set(
    drifted.flatMap(({ address, attributes }) => attributes.map(({ path }) => `${address} ${topOf(path)}`)),
  );
  return different.flatMap((resource) => {
    const attributes = resource.attributes.filter(
      ({ path }) => !told.has(`${resource.address} ${topOf(path)}`),
    );
    return attributes.length === 0 ? [] : [{ ...resource, attributes }];
  });
}

function judge({ accept, environment }: CheckContext, seen: Seen): Outcome {
  const { drift, different, conditions, again } = seen;
  const failed = conditions.filter(({ status }) => status === "fail");
  const broke = conditions.filter(({ status }) => status === "error");
  const ofConditions = accept([...failed, ...broke].map((condition) => conditionFinding(condition, name)));
  const counted = drift.resources.filter(driftCounts);
  const ofValues = accept([
    ...counted.map((resource) => driftFinding(resource, "recorded", name)),
    ...different.map((resource) => driftFinding(resource, "planned", name)),
  ]);
  const [ofTags, ofNames] = [accept(again.tags.findings), accept(again.names.findings)];
  const { tags, naming } = environment.policy;
  const conforms = (findings: readonly Finding[], strict: boolean): TestStatus =>
    gate({ kind: "conformance", findings, strict: strict || environment.protected });
  const status = worstOf([
    statusOfConditions(ofConditions),
    gate({ kind: "findings", findings: ofValues, limits: environment.gate }),
    conforms(ofTags, tags.strict),
    conforms(ofNames, naming.strict),
  ]);
  return {
    status,
    requirement: environment.protected ? "required" : "expected",
    findings: [...ofConditions, ...ofValues, ...ofTags, ...ofNames].toSorted(worstFirst),
    reason: reasonOf(seen, counted.length),
    figures: figuresOf(seen),
  };
}

/** A condition is the author's own word for what must hold: no number of failing ones is fine. */
function statusOfConditions(findings: readonly Finding[]): TestStatus {
  const rules = findings.filter(counts).map(({ rule }) => rule);
  if (rules.includes("condition-failed")) return "FAIL";
  return rules.includes("condition-error") ? "ERROR" : "PASS";
}

function worstOf(statuses: readonly TestStatus[]): TestStatus {
  const order: readonly TestStatus[] = ["FAIL", "ERROR", "WARN"];
  return order.find((status) => statuses.includes(status)) ?? "PASS";
}

function reasonOf({ drift, different, conditions, compared }: Seen, drifted: number): string {
  const planned = different.length === 0 ? "as planned" : `${different.length} not as planned`;
  return [
    drifted === 0 ? "no drift" : `${drifted} of ${drift.checked} drifted`,
    ...(compared === 0 ? [] : [planned]),
    ...(conditions.length === 0 ? [] : [conditionsText(conditions)]),
  ].join(", ");
}

/** A condition that nobody could evaluate does not hold. */
function conditionsText(conditions: readonly Condition[]): string {
  const all = conditions.length;
  const failed = conditions.filter(({ status }) => status === "fail" || status === "error").length;
  if (failed > 0) return `${failed} of ${all} conditions fail`;
  const unknown = conditions.filter(({ status }) => status === "unknown").length;
  if (unknown > 0) return `${unknown} of ${all} conditions are not known`;
  return all === 1 ? "1 condition holds" : `${all} conditions hold`;
}

function figuresOf({ drift, different, compared, conditions, again }: Seen): Outcome["figures"] {
  const count = (status: Condition["status"]): number =>
    conditions.filter((condition) => condition.status === status).length;
  const list = (resources: readonly DriftedResource[]): JsonValue =>
    resources.slice(0, resourcesShown).map(driftFigures);
  return {
    resources_checked: drift.checked,
    compared_with_plan: compared,
    drifted: list(drift.resources.filter(driftCounts)),
    not_as_planned: list(different),
    unmanaged: list(drift.resources.filter((resource) => !driftCounts(resource))),
    conditions: {
      pass: count("pass"),
      fail: count("fail"),
      error: count("error"),
      unknown: count("unknown"),
    },
    rechecked: { tags: again.tags.looked, names: again.names.looked },
    ignored: drift.ignored.map(({ address, path, by }) => ({
      address,
      ...(path === undefined ? {} : { path }),
      by: by.source,
      reason: by.reason,
      owner: by.owner,
      ...(by.expires === undefined ? {} : { expires: by.expires }),
    })),
    exceptions_lapsed: drift.lapsed.map(({ source }) => source),
  };
}

function broken({ iac }: CheckContext, diagnostics: readonly Diagnostic[], what: string): Outcome {
  const reason = `${what}: ${whyOf(diagnostics)}`;
  return {
    status: "ERROR",
    findings: [],
    requirement: "expected",
    reason,
    ...(iac.problemIn(diagnostics) === "credentials"
      ? { exit: exitOf("credentials-or-permissions", reason) }
      : {}),
    figures: {},
  };
}
