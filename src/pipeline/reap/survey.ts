import type { Inventory, Reaper } from "../../../handlers/hosting/contract.ts";
import { regionsOf } from "../../checks/strays.ts";
import type { Told } from "../../core/diagnostic.ts";
import type { Environment } from "../../core/environment.ts";
import { FaberError } from "../../core/error.ts";
import { canonicalJson, sha256 } from "../../core/json.ts";
import type { Plan } from "../../core/plan.ts";
import type { Resource } from "../../core/resource.ts";
import { findRun, isOf, listRuns, type PastRun } from "../../workdir/past-runs.ts";
import type { RunContext } from "../context.ts";
import { exitFor, failedStage } from "../failure.ts";
import { describeRisks } from "../risks.ts";
import type { Stage, StageOutcome } from "../stage.ts";
import { isUnfinished, readEvidence, type Evidence, type NameOf } from "./evidence.ts";
import type { ReapFindings } from "./findings.ts";
import { tagsToSearch } from "./ownership.ts";
import { judgeStrays } from "./strays.ts";

/** Finds what dead runs left, with the proof for each thing; changes nothing. */
export const surveyStage: Stage = {
  name: "preview",
  run: async (context, before) => {
    await refuseErroredState(context);
    const state = await context.iac.resources();
    if (!state.ok)
      return failedStage(
        before,
        state.diagnostics,
        exitFor(context.iac, state.diagnostics, "cleanup-incomplete"),
      );
    const evidence = await evidenceFor(context);
    const doomed = await doomedIn(context, state.value, evidence);
    const answer = doomed.length === 0 ? undefined : await planFor(context, doomed, state.value);
    if (answer?.ok === false)
      return failedStage(
        before,
        answer.diagnostics,
        exitFor(context.iac, answer.diagnostics, "cleanup-incomplete"),
      );
    const plan = answer?.value;
    if (plan) refuseMore(plan, doomed);
    const strays = await straysOf(context, state.value, evidence);
    context.host.emit({ type: "reap.surveyed", ...(await wantedRun(context)) });
    return concluded(context, before, {
      ...(plan === undefined ? {} : { plan }),
      doomed,
      ...strays,
      digest: digestOf(plan, strays.strays),
    });
  },
};

/** What lies beside a state that could not be stored would look like nobody's. */
async function refuseErroredState({ iac }: RunContext): Promise<void> {
  const errored = await iac.mending?.state.errored();
  if (errored === undefined || errored.kind === "none") return;
  throw new FaberError({
    code: "state-not-stored",
    exit: "cleanup-incomplete",
    message:
      "errored.tfstate lies in the root: the last state could not be stored, so nobody knows what is whose",
    hints: [`store it: ${iac.tool.command} -chdir=${iac.root} state push errored.tfstate`, "then reap again"],
  });
}

/** The journals of this environment; with `--run` of that run alone, which must be a dead one. */
async function evidenceFor({ environment, hosting, wishes }: RunContext): Promise<Evidence> {
  const { stateDir } = environment;
  const all = (await listRuns(stateDir, mostRuns)).filter((run) => isOf(run, environment));
  const nameOf: NameOf = hosting?.reaper?.plannedName ?? (() => undefined);
  const evidence = readEvidence(all, nameOf);
  const wanted = wishes.reap?.run;
  if (wanted === undefined) return evidence;
  const run = await findRun(stateDir, wanted);
  if (!isOf(run, environment) || !isUnfinished(run)) throw notDead(run, environment);
  const inState = [...evidence.inState].filter(([, { runId }]) => runId === run.runId);
  return { ...evidence, inState: new Map(inState) };
}

export const mostRuns = 1_000;

function notDead(run: PastRun, environment: Environment): FaberError {
  const why = !isOf(run, environment)
    ? `it is of ${run.project} ${run.environment}`
    : run.state === "running"
      ? "it is still running"
      : run.begun
        ? "it came to its end"
        : "it changed nothing";
  return new FaberError({
    code: "run-not-dead",
    exit: "wrong-usage",
    message: `run ${run.runId} left nothing to reap: ${why}`,
    hints: [`to destroy everything: faber destroy --env=${environment.name}`],
  });
}

/** Resources of the state that dead runs made, or were removing. */
async function doomedIn(
  context: RunContext,
  state: readonly Resource[],
  { inState, foundThere }: Evidence,
): Promise<readonly Resource[]> {
  const known = state.filter(({ address }) => inState.has(address));
  // Terraform taints what it has made itself and could not finish.
  const doomed = known.filter(({ address, tainted }) => tainted || !foundThere.has(address));
  for (const { address } of known.filter((one) => !doomed.includes(one))) sayFoundThere(context, address);
  if (doomed.length === 0 || context.wishes.reap?.run !== undefined || context.wishes.attended) return doomed;
  const backend = await sharedBackend(context);
  if (backend === undefined) return doomed;
  throw needsRun(backend, inState.get(doomed[0]?.address ?? "")?.runId, context.environment.name);
}

function sayFoundThere({ host, environment }: RunContext, address: string): void {
  const text = `left alone: ${address} is in the state, and the run that died was told that it is there already: it did not make it. If it is to go: faber destroy --env=${environment.name}`;
  host.emit({ type: "notice", level: "warning", code: "reap-unproven", text });
}

/** The kind of backend that the root declares: another machine may have deployed since, and its journal is there. */
async function sharedBackend({ iac }: RunContext): Promise<string | undefined> {
  const facts = await iac.configurationFacts?.();
  return facts?.ok ? facts.value.backend?.type : undefined;
}

function needsRun(backend: string, run: string | undefined, environment: string): FaberError {
  return new FaberError({
    code: "reap-needs-run",
    exit: "not-approved",
    message: `the state lies in ${backend}, where others may have deployed since run ${run ?? "?"} died`,
    hints: [
      `if nobody has: faber reap --env=${environment} --run=${run ?? "ID"} --yes`,
      "or reap at a terminal, where somebody looks at the list",
    ],
  });
}

function planFor(
  { planning }: RunContext,
  doomed: readonly Resource[],
  state: readonly Resource[],
): Promise<Told<Plan>> {
  if (doomed.length < state.length) planning.focus?.(doomed.map(({ address }) => address));
  return planning.plan();
}

/** What depends on a dead run's resources would go with them: that is not for a reap to decide. */
function refuseMore({ changes, scope }: Plan, doomed: readonly Resource[]): void {
  const ours = new Set(doomed.map(({ address }) => address));
  const more = changes.filter(
    ({ address, action }) => action !== "no-op" && action !== "read" && !ours.has(address),
  );
  if (more.length === 0) return;
  throw new FaberError({
    code: "reap-would-take-more",
    exit: "cleanup-incomplete",
    message: `others depend on what dead runs made, and would go with it: ${more.map(({ address }) => address).join(", ")}`,
    hints: [
      `bring the environment to what its files say: faber deploy --env=${scope.environment}`,
      `or destroy all of it: faber destroy --env=${scope.environment}`,
    ],
  });
}

async function straysOf(
  context: RunContext,
  state: readonly Resource[],
  evidence: Evidence,
): Promise<Pick<ReapFindings, "strays" | "unproven">> {
  const { hosting, identity, environment, signal } = context;
  if (hosting?.reaper === undefined || identity === undefined) return { strays: [], unproven: [] };
  const inventory = await lookAround(hosting.reaper, context, state, evidence);
  for (const why of inventory.unavailable)
    context.host.emit({ type: "notice", level: "warning", code: "inventory-incomplete", text: why });
  signal.throwIfAborted();
  return judgeStrays({
    environment,
    identity,
    evidence,
    inventory,
    state,
    reaper: hosting.reaper,
    ...(await wantedRun(context)),
  });
}

/** The whole ID of the run that `--run` names, perhaps by its end. */
async function wantedRun({ environment, wishes }: RunContext): Promise<{ readonly run?: string }> {
  const run = wishes.reap?.run;
  return run === undefined ? {} : { run: (await findRun(environment.stateDir, run)).runId };
}

/** Everything that carries the tags of this environment. */
export function lookAround(
  reaper: Reaper,
  { environment, signal }: RunContext,
  state: readonly Resource[],
  { lastPlanned }: Evidence,
): Promise<Inventory> {
  const named = [...lastPlanned.values()]
    .filter(({ run }) => isUnfinished(run))
    .map(({ type, name }) => ({ type, name }));
  return reaper.find({ tags: tagsToSearch(environment), regions: regionsOf(state), named }, signal);
}

/** Over the plan and what lies in no state: another thing in the list is another digest. */
function digestOf(plan: Plan | undefined, strays: ReapFindings["strays"]): string {
  return sha256(
    canonicalJson({ plan: plan?.digest ?? null, strays: strays.map(({ target }) => target.arn).sort() }),
  );
}

function concluded(context: RunContext, before: StageOutcome["carried"], found: ReapFindings): StageOutcome {
  const { plan, doomed, strays, unproven } = found;
  const say = (level: "info" | "warning", code: string, text: string): void =>
    context.host.emit({ type: "notice", level, code, text });
  // What is approved is the whole list: the digest of its part in the state would be refused.
  if (plan)
    context.host.emit({
      type: "plan.shown",
      plan: { ...plan, digest: found.digest },
      risks: describeRisks(plan, context.environment),
    });
  for (const { target, proof } of strays) say("warning", "reap", `to remove: ${target.arn}: ${proof}`);
  for (const { target, why } of unproven)
    say("warning", "reap-unproven", `left alone: ${target.arn}: ${why}. If it is yours: ${target.command}`);
  const headline = `${doomed.length} in the state and ${strays.length} outside of it from dead runs · ${unproven.length} left to you`;
  return {
    result: { status: unproven.length === 0 ? "PASS" : "WARN", headline, tests: [], diagnostics: [] },
    carried: { ...before, doomed, reap: found, ...(plan === undefined ? {} : { plan }) },
  };
}
