import { hostname } from "node:os";
import { readdir, readlink } from "node:fs/promises";
import { objectAt, stringAt, type JsonObject } from "../core/json.ts";
import { millisecondsOf } from "../core/time.ts";
import { isAlive } from "../process/group.ts";
import { isOf, listRuns, type PastRun, type RunPlace } from "./past-runs.ts";
import { processPlace } from "./process-place.ts";

/** A lock on a state as the tool wrote it down. */
export interface LockToJudge {
  /** `user@host`. */
  readonly who?: string;
  /** `OperationTypeApply` and the like. */
  readonly operation?: string;
  /** ISO 8601, UTC. */
  readonly created?: string;
}

export type JudgedHolder =
  | { readonly kind: "our-dead-run"; readonly runId: string; readonly pid: number; readonly command: string }
  | { readonly kind: "other"; readonly why: string };

/** The tool takes its lock when it has read its files and started its providers; milliseconds. */
const takesAtMost = 120_000;
/** Both times are this machine's own; one is rounded. */
const slack = 2_000;

/**
 * Whose a lock is. Ours and dead is only what our own journal names: a process that a run of this environment
 * started on this machine just before the lock was made, that is gone, as is the run itself, with nobody of the same
 * tool at work in the root. Anything that cannot be looked at counts as alive.
 */
export async function judgeHolder(
  lock: LockToJudge,
  where: {
    readonly of: RunPlace;
    readonly root: string;
    readonly tool: string;
  },
): Promise<JudgedHolder> {
  const { who, created, operation } = lock;
  if (who === undefined || created === undefined)
    return { kind: "other", why: "the lock does not say who made it, and when" };
  const host = who.slice(who.lastIndexOf("@") + 1);
  if (host !== hostname())
    return {
      kind: "other",
      why: `${who} made it, and this machine is ${hostname()}: its processes cannot be seen from here`,
    };
  const runs = (await listRuns(where.of.stateDir, 100)).filter((run) => isOf(run, where.of));
  const started = runs
    .flatMap((run) => processesOf(run, millisecondsOf(created)))
    .filter(({ command }) => operation === undefined || operation.toLowerCase().endsWith(command))
    .sort((a, b) => b.at - a.at);
  const [holder] = started;
  if (!holder)
    return { kind: "other", why: "no run of this project started a process just before it was made" };
  for (const each of started) {
    const alive = await lifeOf(each, where);
    if (alive !== undefined) return { kind: "other", why: alive };
  }
  return { kind: "our-dead-run", runId: holder.run.runId, pid: holder.pid, command: holder.command };
}

interface Started {
  readonly run: PastRun;
  readonly pid: number;
  readonly command: string;
  readonly host: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** Processes of a run that may have made a lock at this time. */
function processesOf(run: PastRun, created: number): readonly Started[] {
  return run.events
    .filter((event) => event["type"] === "tool.started" && mayLock.has(stringAt(event["command"]) ?? ""))
    .filter((event) => {
      const at = millisecondsOf(stringAt(event["at"]) ?? "");
      return created >= at - slack && created <= at + takesAtMost && !endedBefore(run.events, event, created);
    })
    .flatMap((event) => startedIn(run, event));
}

const mayLock: ReadonlySet<string> = new Set(["plan", "apply", "test"]);

/** A process ends with its stage; a lock that was made after that is not its own. */
function endedBefore(events: readonly JsonObject[], started: JsonObject, created: number): boolean {
  const next = events.slice(events.indexOf(started) + 1).find(endsProcesses);
  return next !== undefined && millisecondsOf(stringAt(next["at"]) ?? "") < created - slack;
}

/** The plan is made while other stages go on, which end before it. */
function endsProcesses(event: JsonObject): boolean {
  const stage = stringAt(objectAt(event["result"])["stage"]) ?? "";
  return (
    event["type"] === "run.ended" || (event["type"] === "stage.ended" && /^(?:preview|deploy)$/.test(stage))
  );
}

function startedIn(run: PastRun, event: JsonObject): readonly Started[] {
  const pid = event["pid"];
  if (typeof pid !== "number") return [];
  return [
    {
      run,
      pid,
      command: stringAt(event["command"]) ?? "?",
      host: stringAt(event["host"]) ?? "",
      at: millisecondsOf(stringAt(event["at"]) ?? ""),
    },
  ];
}

/** Why it cannot be called dead, or nothing. */
async function lifeOf(
  { run, pid, command, host }: Started,
  { root, tool }: { readonly root: string; readonly tool: string },
): Promise<string | undefined> {
  if (host !== processPlace())
    return `run ${run.runId} made it in another container: its processes cannot be seen from here`;
  if (run.state === "running") return `run ${run.runId} made it and is still at work`;
  if (isAlive(pid)) return `its process ${pid} (${tool} ${command} of run ${run.runId}) is still there`;
  const busy = await atWorkIn(root, tool);
  if (busy === "unseen") return "this system does not show which processes work in the root";
  return busy === undefined ? undefined : `process ${busy} of ${tool} is at work in ${root}`;
}

/** A process of the tool that works in the root, by /proc. */
async function atWorkIn(root: string, tool: string): Promise<number | "unseen" | undefined> {
  const names = await readdir("/proc").catch(() => undefined);
  if (names === undefined) return "unseen";
  for (const name of names.filter((one) => /^\d+$/.test(one))) {
    const [cwd, exe] = await Promise.all(
      ["cwd", "exe"].map((link) => readlink(`/proc/${name}/${link}`).catch(() => "")), // Gone, or somebody else's.
    );
    if (
      cwd === root &&
      (exe ?? "")
        .replace(/ \(deleted\)$/, "")
        .split("/")
        .at(-1)
        ?.startsWith(tool)
    )
      return Number(name);
  }
  return undefined;
}
