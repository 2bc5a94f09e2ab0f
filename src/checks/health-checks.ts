import { whyOf, type Told } from "../core/diagnostic.ts";
import { healthServices, type HealthCheck } from "../core/health.ts";
import type { Resource } from "../core/resource.ts";
import type { Check, CheckContext } from "./contract.ts";
import { usesOutputs, type Fillings } from "./health/fill.ts";
import { figuresOf, judge, name } from "./health/judge.ts";
import { lookAt, seenAs, type Surroundings } from "./health/look.ts";
import { isSettled, type Seen } from "./health/seen.ts";
import { untilSettled } from "./health/until-settled.ts";
import { sessionLost, type SessionLost } from "./session-lost.ts";
import { broken, checkOf, skipped, type Outcome } from "./outcome.ts";

/**
 * Whether what was deployed is well: what `health:` names, and by itself every resource whose service tells. What is
 * not yet well is waited for. Figures: `checked`, `healthy_resources`, `degraded_resources`, `unhealthy_resources`,
 * `unchecked_total`, the most `attempts` at one thing, and in `last_seen` what was seen last.
 */
export const healthChecks: Check = checkOf({ name, phase: "post-deployment" }, checkAll);

async function checkAll(context: CheckContext): Promise<Outcome> {
  const { environment, hosting } = context;
  const checks = environment.health;
  const derives = environment.healthPolicy.derive && hosting?.health !== undefined;
  if (checks.length === 0 && !derives)
    return skipped(
      hosting === undefined ? "no check is named, and the root uses no cloud" : "no check is named",
    );
  const state = await stateFor(checks, context, derives);
  if (state !== undefined && !state.ok)
    return broken(`the state cannot be read: ${whyOf(state.diagnostics)}`);
  const fillings = await fillingsFor(checks, context);
  return watchAll({ context, fillings, resources: state?.value ?? [], signal: context.signal }, derives);
}

async function watchAll({ context, ...around }: Surroundings, derives: boolean): Promise<Outcome> {
  const seen = new Map<string, Seen>();
  const ended = new AbortController();
  const signal = AbortSignal.any([context.signal, ended.signal]);
  const surroundings = { ...around, context, signal };
  const tasks = [
    ...context.environment.health.map((check) => watch(check, surroundings, seen)),
    ...(derives ? [watchState(surroundings, seen)] : []),
  ];
  try {
    await Promise.all(tasks);
  } catch (error) {
    // Nothing goes on behind the back of a test that has ended.
    ended.abort();
    await Promise.allSettled(tasks);
    const lost = context.signal.aborted ? undefined : sessionLost(error);
    if (lost === undefined) throw error;
    return brokenOff(lost, [...seen.values()]);
  }
  if (seen.size === 0) return skipped("nothing in the state has a health of its own, and no check is named");
  return judge([...seen.values()], context);
}

/** Looks at one entry of `health:` until it is well. */
async function watch(check: HealthCheck, around: Surroundings, seen: Map<string, Seen>): Promise<void> {
  const key = `check ${check.name}`;
  let attempts = 0;
  const look = async (): Promise<boolean> => {
    attempts += 1;
    const saw = await lookAt(check, around);
    if (around.signal.aborted) return true;
    const now = { id: check.name, kind: check.how.kind, check, attempts, ...saw };
    seen.set(key, now);
    return isSettled(now);
  };
  await untilSettled(look, {
    budget: check.budget,
    eager: isHarmless(check),
    clock: around.context.clock,
    signal: around.signal,
    onWait: (leftMs) => sayWaiting(around, seen, leftMs),
  });
}

/** Whether asking again costs and changes nothing. */
function isHarmless({ how }: HealthCheck): boolean {
  if (how.kind === "http") return ["GET", "HEAD", "OPTIONS"].includes(how.method);
  return !("event" in how && how.event !== undefined);
}

/** Looks at everything in the state whose service tells how it is, until all is well. */
async function watchState(around: Surroundings, seen: Map<string, Seen>): Promise<void> {
  const { context, resources, signal } = around;
  const ask = context.hosting?.health;
  if (ask === undefined) return;
  const typeOf = new Map(resources.map(({ address, type }) => [address, type]));
  let open = resources;
  let attempts = 0;
  const look = async (): Promise<boolean> => {
    attempts += 1;
    const questions = open.map((resource) => ({ id: resource.address, resource }));
    const waiting = new Set<string>();
    await ask({ resources, questions, now: context.clock.now().getTime() }, signal, (answer) => {
      const now = { id: answer.id, kind: typeOf.get(answer.id) ?? "resource", attempts, ...seenAs(answer) };
      seen.set(answer.id, now);
      if (!isSettled(now)) waiting.add(answer.id);
    });
    open = open.filter(({ address }) => waiting.has(address));
    return open.length === 0;
  };
  await untilSettled(look, {
    budget: context.environment.healthPolicy.budget,
    eager: true,
    clock: context.clock,
    signal,
    onWait: (leftMs) => sayWaiting(around, seen, leftMs),
  });
}

/** What is waited for, and what it last looked like. */
function sayWaiting({ context }: Surroundings, seen: ReadonlyMap<string, Seen>, leftMs: number): void {
  const [first, ...others] = [...seen.values()].filter((one) => !isSettled(one));
  if (first === undefined) return;
  const more = others.length === 0 ? "" : ` and ${others.length} more`;
  context.say?.(`waiting up to ${Math.ceil(leftMs / 1_000)} s for ${first.id}${more}: ${first.saw}`);
}

/** The state, where anything asks for it. */
async function stateFor(
  checks: readonly HealthCheck[],
  { iac, hosting }: CheckContext,
  derives: boolean,
): Promise<Told<readonly Resource[]> | undefined> {
  const services: readonly string[] = healthServices;
  const asksByName = hosting !== undefined && checks.some(({ how }) => services.includes(how.kind));
  return derives || asksByName ? iac.resources() : undefined;
}

async function fillingsFor(
  checks: readonly HealthCheck[],
  { iac, toolEnv }: CheckContext,
): Promise<Fillings> {
  // Any text of a check may name an output.
  if (!checks.some((check) => usesOutputs(JSON.stringify(check)))) return { outputs: {}, env: toolEnv };
  const told = await iac.output();
  return { outputs: told.ok ? told.value : { why: whyOf(told.diagnostics) }, env: toolEnv };
}

/** What was verified until the session broke off stands in the report. */
function brokenOff({ reason, exit }: SessionLost, seen: readonly Seen[]): Outcome {
  const healthy = seen.filter(({ state }) => state === "healthy").map(({ id }) => id);
  return {
    status: "ERROR",
    findings: [],
    requirement: "expected",
    reason: `after ${seen.length} ${seen.length === 1 ? "answer" : "answers"}: ${reason}`,
    ...(exit === undefined ? {} : { exit }),
    figures: { ...figuresOf(seen), verified: healthy },
  };
}
