import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { FaberError } from "../core/error.ts";
import { arrayAt, objectAt, parseObject, stringAt, type JsonObject, type JsonValue } from "../core/json.ts";
import { isAlive } from "../process/group.ts";
import { ownerOf } from "./run-folder.ts";

/** `broken-off`: it began to change things and never came to its end, or its process is gone. */
type PastRunState = "ended" | "running" | "broken-off";

interface PastExit {
  readonly code: number;
  readonly name: string;
  readonly reason: string;
}

/** What a run left behind, read from its journal. */
export interface PastRun {
  readonly runId: string;
  readonly command: string;
  readonly project: string;
  readonly environment: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly state: PastRunState;
  /** How the command ended; absent while it runs and where its process was killed. */
  readonly exit?: PastExit;
  /** How its stages ended: what became of the environment, whatever went wrong afterwards. */
  readonly stagesExit?: PastExit;
  readonly status?: string;
  readonly plan?: string;
  readonly approval?: { readonly by: string; readonly via: string };
  /** Terraform's process, once an apply was begun. */
  readonly applyPid?: number;
  /** Whether it had said that it was about to change something. */
  readonly begun: boolean;
  readonly changed: readonly string[];
  readonly failed: readonly string[];
  /** Begun and not heard of again; of a run that broke off during its apply, all that it planned and did not tell of. */
  readonly uncertain: readonly string[];
  /** What it made or changed, and has not removed since. */
  readonly exists: readonly string[];
  readonly gone: readonly string[];
  readonly events: readonly JsonObject[];
}

/** Runs of a state folder, newest first. */
export async function listRuns(stateDir: string, most = 200): Promise<readonly PastRun[]> {
  const names = (await runNames(stateDir)).toReversed().slice(0, most);
  const runs = await Promise.all(names.map((name) => readRun(join(stateDir, "runs", name), name)));
  return runs.filter((run) => run !== undefined);
}

/** One run by its ID or an end of it that only one run has; throws FaberError when there is none. */
export async function findRun(stateDir: string, wanted: string): Promise<PastRun> {
  const names = (await runNames(stateDir)).filter((name) => name === wanted || name.endsWith(wanted));
  const [name] = names;
  const run =
    names.length === 1 && name !== undefined ? await readRun(join(stateDir, "runs", name), name) : undefined;
  if (run) return run;
  throw new FaberError({
    code: "run-not-found",
    exit: "wrong-usage",
    message:
      names.length > 1 ? `"${wanted}" is the end of ${names.length} runs` : `there is no run "${wanted}"`,
    hints: ["see what there is: faber runs list"],
  });
}

/** What a run is of: projects may share a state folder, and names of environments. */
export interface RunPlace {
  readonly stateDir: string;
  readonly project: string;
  /** Of the environment. */
  readonly name: string;
}

export function isOf(
  run: Pick<PastRun, "project" | "environment">,
  { project, name }: Omit<RunPlace, "stateDir">,
): boolean {
  return run.project === project && run.environment === name;
}

/** The newest run of an environment that broke off while something was being changed, if no later run followed. */
export async function brokenOffRun(place: RunPlace): Promise<PastRun | undefined> {
  const recent = (await listRuns(place.stateDir, 50)).filter((run) => isOf(run, place));
  const newest = recent.find((run) => changesThings.has(run.command) && run.state !== "running");
  return newest?.state === "broken-off" && newest.begun ? newest : undefined;
}

/** Commands that change an environment. */
export const changesThings: ReadonlySet<string> = new Set(["deploy", "destroy", "reap"]);

async function runNames(stateDir: string): Promise<readonly string[]> {
  const names = await readdir(join(stateDir, "runs")).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  });
  return names.filter((name) => /^[0-9TZ]+-[0-9a-f]+$/.test(name)).sort();
}

async function readRun(dir: string, runId: string): Promise<PastRun | undefined> {
  const text = await readFile(join(dir, "journal.ndjson"), "utf8").catch(() => undefined); // Killed before it was begun.
  if (text === undefined) return undefined;
  // A journal that was being written when its process was killed ends in half a line.
  const events = text
    .split("\n")
    .map(parseObject)
    .filter((event) => event !== undefined);
  const started = objectAt(events.find((event) => event["type"] === "run.started")?.["run"]);
  const begun = events.some((event) => beginnings.has(stringAt(event["type"]) ?? ""));
  const state = endIn(events, begun) ?? ((await isRunning(dir)) ? "running" : "broken-off");
  const changed = addressesOf(events, "resource.ended");
  const failed = addressesOf(events, "resource.failed");
  return {
    runId,
    command: stringAt(started["command"]) ?? "?",
    project: stringAt(started["project"]) ?? "?",
    environment: stringAt(started["environment"]) ?? "?",
    startedAt: stringAt(started["started_at"]) ?? "?",
    state,
    ...exitIn(events),
    ...approvalIn(events),
    ...applyIn(events),
    begun,
    changed,
    failed,
    uncertain: uncertainIn(events, state, [...changed, ...failed]),
    ...presenceIn(events),
    events,
  };
}

const beginnings: ReadonlySet<string> = new Set(["apply.intended", "apply.started", "removal"]);

/** The tool goes on when its faber dies: all that a run said it would do is uncertain, until it said it was done. */
function uncertainIn(
  events: readonly JsonObject[],
  state: PastRunState,
  known: readonly string[],
): readonly string[] {
  const started = addressesOf(events, "resource.started");
  const intended = events.some((event) => event["type"] === "apply.intended");
  const begun = state === "broken-off" && intended ? [...started, ...plannedIn(events)] : started;
  return [...new Set(begun)].filter((address) => !known.includes(address));
}

function plannedIn(events: readonly JsonObject[]): readonly string[] {
  const shown = objectAt(events.findLast((event) => event["type"] === "plan.shown")?.["plan"]);
  return arrayAt(shown["changes"])
    .map(objectAt)
    .filter(({ action }) => action !== "no-op" && action !== "read")
    .flatMap(({ address }) => stringAt(address) ?? []);
}

function presenceIn(events: readonly JsonObject[]): Pick<PastRun, "exists" | "gone"> {
  const last = new Map<string, boolean>();
  for (const event of events) {
    const address = stringAt(event["address"]);
    if (event["type"] !== "resource.ended" || address === undefined) continue;
    last.delete(address);
    last.set(address, event["action"] !== "delete" && event["action"] !== "forget");
  }
  const which = (there: boolean): readonly string[] =>
    [...last].filter(([, is]) => is === there).map(([address]) => address);
  return { exists: which(true), gone: which(false) };
}

async function isRunning(dir: string): Promise<boolean> {
  const owner = await ownerOf(dir);
  return owner !== undefined && owner.lives;
}

function addressesOf(events: readonly JsonObject[], type: string): readonly string[] {
  return [
    ...new Set(
      events.filter((event) => event["type"] === type).flatMap((event) => stringAt(event["address"]) ?? []),
    ),
  ];
}

/** The state that its own last words tell. Whoever failed in the middle of a change never came to an end of it. */
function endIn(events: readonly JsonObject[], begun: boolean): PastRunState | undefined {
  if (events.some((event) => event["type"] === "run.ended")) return "ended";
  if (!events.some((event) => event["type"] === "run.failed")) return undefined;
  return begun ? "broken-off" : "ended";
}

function exitIn(events: readonly JsonObject[]): Pick<PastRun, "exit" | "stagesExit" | "status"> {
  const report = objectAt(events.find((event) => event["type"] === "run.ended")?.["report"]);
  const failed = events.findLast((event) => event["type"] === "run.failed");
  const stagesExit = readExit(report["exit"]);
  const exit = readExit(failed?.["exit"]) ?? stagesExit;
  const status = failed === undefined ? stringAt(report["overall_status"]) : "FAIL";
  return {
    ...(exit === undefined ? {} : { exit }),
    ...(stagesExit === undefined ? {} : { stagesExit }),
    ...(status === undefined ? {} : { status }),
  };
}

function readExit(value: JsonValue | undefined): PastExit | undefined {
  const { code, name, reason } = objectAt(value);
  if (typeof code !== "number") return undefined;
  return { code, name: stringAt(name) ?? "?", reason: stringAt(reason) ?? "" };
}

function approvalIn(events: readonly JsonObject[]): Pick<PastRun, "plan" | "approval"> {
  const approval = objectAt(events.findLast((event) => event["type"] === "plan.approved")?.["approval"]);
  const shown = objectAt(events.findLast((event) => event["type"] === "plan.shown")?.["plan"]);
  const plan = stringAt(approval["digest"]) ?? stringAt(shown["digest"]);
  const by = stringAt(approval["by"]);
  return {
    ...(plan === undefined ? {} : { plan }),
    ...(by === undefined ? {} : { approval: { by, via: stringAt(approval["via"]) ?? "?" } }),
  };
}

function applyIn(events: readonly JsonObject[]): Pick<PastRun, "applyPid"> {
  const pid = events.findLast((event) => event["type"] === "apply.started")?.["pid"];
  return typeof pid === "number" ? { applyPid: pid } : {};
}

/** Whether Terraform of a run that broke off is still at work: it ends what it began by itself. */
export function applyStillRuns(run: PastRun): boolean {
  return run.applyPid !== undefined && isAlive(run.applyPid);
}
