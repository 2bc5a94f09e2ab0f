import { join } from "node:path";
import type { IacProject } from "../../handlers/iac/contract.ts";
import { FaberError } from "../core/error.ts";
import { failed, told, type Told } from "../core/diagnostic.ts";
import type { Environment } from "../core/environment.ts";
import type { Identity } from "../core/identity.ts";
import { stringAt, type JsonObject } from "../core/json.ts";
import { planDigest } from "../core/plan-digest.ts";
import type { Plan, PlanScope } from "../core/plan.ts";
import { millisecondsOf } from "../core/time.ts";
import { writeFileAtomically } from "../workdir/atomic-file.ts";
import { notAPlan, type SavedPlan } from "../workdir/saved-plan.ts";

export interface PlanningParts {
  readonly iac: IacProject;
  readonly environment: Environment;
  readonly identity?: Identity;
  readonly kind: PlanScope["kind"];
  readonly learnSecret: (secret: string) => void;
  /** A plan that was made before: it is read instead of making one, and must be for the same target. */
  readonly savedPlan?: SavedPlan;
  readonly scratchDir: string;
  /** What happens before a plan is made, and after it was; throwing stops the run. */
  readonly around: { readonly before: () => Promise<void>; readonly after: (plan: Plan) => Promise<void> };
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
  /** Forgets a plan that could not be made, so that the next who asks begins anew. */
  readonly forget: (also?: { readonly saved: true }) => void;
  /** The plan if one was begun, without beginning one. */
  readonly begun: () => Promise<Told<Plan>> | undefined;
  /** From now on plans are made for these addresses, and what depends on them, alone. */
  readonly focus?: (addresses: readonly string[]) => void;
}

export function createPlanning(parts: PlanningParts): Planning {
  const scope = scopeOf(parts);
  let first: Promise<Told<Plan>> | undefined;
  let { savedPlan: saved } = parts;
  let targets: readonly string[] = [];
  return {
    scope,
    plan: () => (first ??= makePlan({ ...parts, targets }, scope, saved)),
    again: () => makePlan({ ...parts, targets }, scope, undefined),
    focus: (addresses) => {
      targets = addresses;
    },
    forget: (also) => {
      first = undefined;
      if (also?.saved) saved = undefined;
    },
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

async function makePlan(
  parts: PlanningParts & { readonly targets: readonly string[] },
  scope: PlanScope,
  saved: SavedPlan | undefined,
): Promise<Told<Plan>> {
  const { iac } = parts;
  const reader = iac.planReader;
  await parts.around.before();
  const made = saved
    ? told(await unpack(saved, scope, parts.scratchDir))
    : await iac.plan({
        destroy: parts.kind === "destroy",
        ...(parts.targets.length === 0 ? {} : { targets: parts.targets }),
      });
  if (!made.ok) return made;
  const shown = await iac.show(made.value.file);
  if (!shown.ok && saved)
    throw notAPlan(saved.file, shown.diagnostics[0]?.summary ?? "the tool cannot read it");
  if (!shown.ok) return failed([...made.diagnostics, ...shown.diagnostics]);
  const document = shown.value;
  for (const secret of reader.secrets(document)) parts.learnSecret(secret);
  const plan: Plan = {
    scope,
    digest: planDigest(scope, document),
    file: made.value.file,
    tool: { name: iac.tool.name, version: iac.tool.version },
    ...(saved === undefined ? {} : { madeAt: madeAtOf(saved, document) }),
    changes: reader.changes(document),
    outputs: reader.outputs(document),
    document,
  };
  await parts.around.after(plan);
  return told(plan, made.diagnostics);
}

/**
 * The earlier of what the file and the tool's plan in it say, and what is no time before all: a file can be made to
 * look older, never younger.
 */
function madeAtOf({ madeAt }: SavedPlan, document: JsonObject): string {
  const told = stringAt(document["timestamp"]) ?? madeAt;
  return millisecondsOf(madeAt) >= millisecondsOf(told) ? told : madeAt;
}

async function unpack(saved: SavedPlan, scope: PlanScope, scratchDir: string): Promise<{ file: string }> {
  const keys = ["kind", "environment", "account", "region", "workspace"] as const;
  const wrong = keys.find((key) => saved.scope[key] !== scope[key]);
  if (wrong !== undefined) {
    throw new FaberError({
      code: "plan-for-another-target",
      exit: "not-approved",
      message: `the plan file is for ${wrong} ${saved.scope[wrong] ?? "none"}, and this is ${wrong} ${scope[wrong] ?? "none"}`,
      hints: [`make one for this target: faber preview --env=${scope.environment} --out=FILE`],
    });
  }
  const file = join(scratchDir, "saved.tfplan");
  await writeFileAtomically(file, saved.content);
  return { file };
}
