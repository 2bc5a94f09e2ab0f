import { relative, resolve, sep } from "node:path";
import { createAcceptance, type Acceptance } from "../checks/acceptance.ts";
import { defaultBaselineName } from "../core/baseline.ts";
import type { Environment } from "../core/environment.ts";
import { FaberError } from "../core/error.ts";
import type { RunContext } from "../pipeline/context.ts";
import { flagOption, type Invocation } from "./define.ts";
import { isInCi } from "./surroundings.ts";

/** The part of a run's context that says how findings are taken: by the waivers and the baseline of its environment. */
export async function acceptanceOf(
  invocation: Invocation,
  environment: Environment,
): Promise<Pick<RunContext, "accept" | "acceptance" | "baselineTo">> {
  const acceptance = await openAcceptance(invocation, environment);
  const adopts = flagOption(invocation.options, "updateBaseline");
  return {
    accept: acceptance.accept,
    acceptance,
    ...(adopts ? { baselineTo: baselinePlace(environment) } : {}),
  };
}

async function openAcceptance({ world, options }: Invocation, environment: Environment): Promise<Acceptance> {
  const adopt = flagOption(options, "updateBaseline");
  const { waivers, baselineFile } = environment.policy;
  const file = baselineFile ?? (adopt ? baselinePlace(environment) : undefined);
  const { readBaseline } = await import("../config/baseline.ts");
  const baseline = file === undefined ? undefined : await readBaseline(file, world.cwd);
  if (file !== undefined && baseline === undefined && !adopt) throw noBaseline(file, environment);
  return createAcceptance({
    waivers,
    ...(baseline === undefined ? {} : { baseline }),
    today: world.clock.now().toISOString().slice(0, 10),
    root: rootOf(environment),
    needsExpiry: environment.protected,
    adopt,
  });
}

/** Absolute path of the baseline that a run would write. */
function baselinePlace({ policy, projectDir }: Environment): string {
  return policy.baselineFile ?? resolve(projectDir, defaultBaselineName);
}

/** What weakens the gate for everybody is not done by a job that nobody watches, unless it is meant. */
export function refuseBaselineInCi({ world, options }: Invocation): void {
  if (!flagOption(options, "updateBaseline") || flagOption(options, "yes") || !isInCi(world)) return;
  throw new FaberError({
    code: "baseline-in-ci",
    exit: "not-approved",
    message: "--update-baseline in CI would accept whatever is found",
    hints: ["write it where you can look at it, or say --yes"],
  });
}

/** The same on every machine; a cdktf app has a root for each of its stacks, wherever it is synthesised. */
function rootOf({ projectDir, dir, stack }: Environment): string {
  const path = relative(projectDir, dir).split(sep).join("/") || ".";
  return stack === undefined ? path : `${path}#${stack}`;
}

function noBaseline(file: string, { name }: Environment): FaberError {
  return new FaberError({
    code: "baseline-missing",
    exit: "wrong-usage",
    message: `there is no baseline ${file}`,
    hints: [`write it: faber test --env=${name} --update-baseline`, "or take `baseline` out of faber.yaml"],
  });
}
