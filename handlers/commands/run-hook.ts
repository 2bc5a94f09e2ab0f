import type { Hook, HookPoint } from "../../src/core/policy.ts";
import { describeEnd, run, succeeded, type Argv } from "../../src/process/run.ts";
import type { HookOutcome, ToldToCommand } from "./contract.ts";
import { commandVariables, type RunFacts } from "./run-facts.ts";

/** Of what a hook prints, the end is kept; characters. */
const outputKept = 16_000;

/** Runs one hook in the folder of faber.yaml; at its time-out the whole process group ends. */
export async function runHook(
  facts: RunFacts,
  env: Readonly<Record<string, string>>,
  { point, hook, told }: { readonly point: HookPoint; readonly hook: Hook; readonly told: ToldToCommand },
): Promise<HookOutcome> {
  const variables = await commandVariables(facts, told, point);
  const ran = await run(hook.command as Argv, {
    cwd: facts.environment.projectDir,
    env: { ...env, ...variables },
    signal: told.signal,
    timeoutMs: hook.timeoutMs,
  });
  return {
    ok: succeeded(ran),
    ended: describeEnd(ran.ended),
    output: `${ran.stdout}${ran.stderr}`.trim().slice(-outputKept),
  };
}
