import type { IacProject } from "../../handlers/iac/contract.ts";
import { failed, told, type Told } from "../core/diagnostic.ts";
import type { Environment } from "../core/environment.ts";
import type { Identity } from "../core/identity.ts";
import type { JsonObject } from "../core/json.ts";
import { planDigest } from "../core/plan-digest.ts";
import type { Plan, PlanScope } from "../core/plan.ts";

/** Reads a plan document: the words of one tool, so a handler brings it. */
export interface PlanReader {
  readonly changes: (document: JsonObject) => Plan["changes"];
  readonly outputs: (document: JsonObject) => Plan["outputs"];
  readonly secrets: (document: JsonObject) => readonly string[];
}

export interface PlanningParts {
  readonly iac: IacProject;
  readonly reader: PlanReader;
  readonly environment: Environment;
  readonly identity?: Identity;
  readonly kind: PlanScope["kind"];
  readonly learnSecret: (secret: string) => void;
  /** A plan that was made before and is only to be read. */
  readonly savedFile?: string;
}

/**
 * Making the plan of a run. It is begun as soon as the providers are there and goes on while validation and the
 * scanners run; whoever needs it waits for the same one.
 */
export interface Planning {
  readonly scope: PlanScope;
  /** Begins, or joins what was begun. */
  readonly plan: () => Promise<Told<Plan>>;
  /** Makes another plan, for when the first went stale. */
  readonly again: () => Promise<Told<Plan>>;
  /** The plan if one was begun, without beginning one. */
  readonly begun: () => Promise<Told<Plan>> | undefined;
}

export function createPlanning(parts: PlanningParts): Planning {
  const scope = scopeOf(parts);
  let first: Promise<Told<Plan>> | undefined;
  return {
    scope,
    plan: () => (first ??= makePlan(parts, scope, parts.savedFile)),
    again: () => makePlan(parts, scope, undefined),
    begun: () => first,
  };
}

function scopeOf({ environment, identity, iac, kind }: PlanningParts): PlanScope {
  const region = identity?.region ?? environment.region;
  return {
    environment: environment.name,
    ...(identity === undefined ? {} : { account: identity.account }),
    ...(region === undefined ? {} : { region }),
    workspace: iac.workspace,
    kind,
  };
}

async function makePlan(parts: PlanningParts, scope: PlanScope, savedFile: string | undefined): Promise<Told<Plan>> {
  const { iac, reader } = parts;
  const made = savedFile === undefined ? await iac.plan({ destroy: parts.kind === "destroy" }) : told({ file: savedFile });
  if (!made.ok) return made;
  const shown = await iac.show(made.value.file);
  if (!shown.ok) return failed([...made.diagnostics, ...shown.diagnostics]);
  const document = shown.value;
  for (const secret of reader.secrets(document)) parts.learnSecret(secret);
  const plan: Plan = {
    scope,
    digest: planDigest(scope, document),
    file: made.value.file,
    tool: { name: iac.tool.name, version: iac.tool.version },
    changes: reader.changes(document),
    outputs: reader.outputs(document),
    document,
  };
  return told(plan, made.diagnostics);
}
