import { FaberError } from "./error.ts";
import type { JsonObject, JsonValue } from "./json.ts";

/** Most dangerous first. */
export const changeActions = [
  "delete",
  "replace",
  "forget",
  "update",
  "create",
  "import",
  "move",
  "read",
  "no-op",
] as const;
export type ChangeAction = (typeof changeActions)[number];

/** One attribute that differs. A sensitive one carries no value at all, so that nothing can show it. */
export interface AttributeChange {
  /** Dotted, with indexes: `rule[0].status`. */
  readonly path: string;
  readonly before?: JsonValue;
  readonly after?: JsonValue;
  readonly sensitive: boolean;
  /** Known only after the apply. */
  readonly unknown: boolean;
  readonly forcesReplacement: boolean;
}

export interface PlannedChange {
  readonly address: string;
  readonly previousAddress?: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly name: string;
  readonly provider: string;
  readonly action: ChangeAction;
  /** Terraform's own reason code, e.g. `replace_because_tainted`. */
  readonly actionReason?: string;
  readonly attributes: readonly AttributeChange[];
}

export interface OutputChange {
  readonly name: string;
  readonly action: ChangeAction;
  readonly sensitive: boolean;
  readonly before?: JsonValue;
  readonly after?: JsonValue;
  readonly unknown: boolean;
}

/** What a plan is for: an approval given for one of these is none for another. */
export interface PlanScope {
  readonly environment: string;
  readonly account?: string;
  readonly region?: string;
  readonly workspace: string;
  readonly kind: "deploy" | "destroy";
}

export interface Plan {
  readonly scope: PlanScope;
  /** sha256 in hex over the meaning of the plan: see plan-digest.ts. */
  readonly digest: string;
  /** The saved plan file. Holds secrets: 0600 and removed after use. */
  readonly file: string;
  readonly tool: { readonly name: string; readonly version: string };
  /** When it was made, ISO 8601, of a plan that was put aside; absent for one of this run. */
  readonly madeAt?: string;
  readonly changes: readonly PlannedChange[];
  readonly outputs: readonly OutputChange[];
  /** The plan as Terraform's JSON, for tests that read more than the changes. Never stored or shown. */
  readonly document: JsonObject;
}

/** How many characters of a digest are shown, and the fewest that approve. */
export const digestShown = 12;

/** The command that shows a plan of this kind, and its digest. */
export function previewCommand(environment: string, kind: PlanScope["kind"]): string {
  return `faber preview --env=${environment}${kind === "destroy" ? " --destroy" : ""}`;
}

export interface Approval {
  readonly digest: string;
  readonly by: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** `remainder`: what was left of an approved plan after an apply that stopped half way. */
  readonly via: "prompt" | "yes-flag" | "digest" | "remainder";
}

declare const approvedBrand: unique symbol;
/** Only `approve` makes one, and only one can be applied. */
export type ApprovedPlan = Plan & { readonly approval: Approval; readonly [approvedBrand]: true };

export function approve(plan: Plan, approval: Approval): ApprovedPlan {
  if (approval.digest !== plan.digest) {
    throw new FaberError({
      code: "plan-changed",
      exit: "not-approved",
      message: `the approval is for plan ${approval.digest.slice(0, digestShown)}, not for ${plan.digest.slice(0, digestShown)}`,
      hints: [`look at the plan again: ${previewCommand(plan.scope.environment, plan.scope.kind)}`],
    });
  }
  return { ...plan, approval } as ApprovedPlan;
}

export interface ChangeCounts {
  readonly add: number;
  readonly change: number;
  readonly replace: number;
  readonly destroy: number;
  readonly import: number;
  readonly move: number;
  readonly forget: number;
}

export function countChanges(changes: readonly PlannedChange[]): ChangeCounts {
  const count = (action: ChangeAction): number => changes.filter((change) => change.action === action).length;
  return {
    add: count("create"),
    change: count("update"),
    replace: count("replace"),
    destroy: count("delete"),
    import: count("import"),
    move: count("move"),
    forget: count("forget"),
  };
}

/** Whether an apply would do anything: reads and no-ops are nothing, a changed output is something. */
export function changesSomething(plan: Pick<Plan, "changes" | "outputs">): boolean {
  return (
    plan.changes.some((change) => change.action !== "no-op" && change.action !== "read") ||
    plan.outputs.some((output) => output.action !== "no-op")
  );
}
