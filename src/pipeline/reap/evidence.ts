import { arrayAt, objectAt, stringAt, type JsonObject } from "../../core/json.ts";
import { changesThings, type PastRun } from "../../workdir/past-runs.ts";

/** What the journals of an environment prove. */
export interface Evidence {
  /** Runs that changed something and never came to a good end, newest first, since the last one that did. */
  readonly unfinished: readonly PastRun[];
  /** The last run that planned anything for a thing, by `TYPE NAME`: whose it is if that run is unfinished. */
  readonly lastPlanned: ReadonlyMap<string, Planned>;
  /** Address → the unfinished run that made it, or was removing it. */
  readonly inState: ReadonlyMap<string, PastRun>;
  /** Addresses of those that the run was told somebody has already: it may have imported what was there. */
  readonly foundThere: ReadonlySet<string>;
}

export interface Planned {
  readonly run: PastRun;
  readonly address: string;
  readonly type: string;
  readonly name: string;
  readonly action: string;
  /** When the run began to change things; ISO 8601, UTC. */
  readonly since: string | undefined;
  /** `taken`: the run was told that the name is somebody's already, or nothing that says otherwise. */
  readonly failure: "none" | "taken" | "half-made";
  /** A later plan found its address in the state. */
  readonly foundLater: boolean;
  /** Of the caller of that run. */
  readonly account: string | undefined;
  readonly region: string | undefined;
}

/** The name that a planned resource will be known by, from its text attributes. */
export type NameOf = (type: string, attributes: Readonly<Record<string, string>>) => string | undefined;

/** Reads what runs (newest first, of one environment) prove. */
export function readEvidence(runs: readonly PastRun[], nameOf: NameOf): Evidence {
  const changing = runs.filter((run) => changesThings.has(run.command) && run.state !== "running");
  const settledAt = changing.findIndex(isSettled);
  const since = settledAt < 0 ? changing : changing.slice(0, settledAt);
  const dealtWith = new Set(since.filter(endedWell).map((run) => eventOf(run, "reap.surveyed")?.["run"]));
  const unfinished = since.filter((run) => isUnfinished(run) && !dealtWith.has(run.runId));
  const inState = madeBy(unfinished);
  const foundThere = [...inState].filter(([address, run]) => wasFoundThere(run, address));
  return {
    unfinished,
    lastPlanned: lastPlannedIn(runs, nameOf),
    inState,
    foundThere: new Set(foundThere.map(([address]) => address)),
  };
}

/** What it says is deployed or gone is so; after a whole reap nothing is left of the runs before it. */
function isSettled(run: PastRun): boolean {
  if (!endedWell(run)) return false;
  const surveyed = eventOf(run, "reap.surveyed");
  return run.command !== "reap" || (surveyed !== undefined && surveyed["run"] === undefined);
}

/** A verification that failed undoes no deploy, nor does a report that could not be written. */
function endedWell({ state, stagesExit }: PastRun): boolean {
  return state === "ended" && (stagesExit?.code === 0 || stagesExit?.code === 6);
}

export function isUnfinished(run: PastRun): boolean {
  return run.begun && run.state !== "running" && !endedWell(run);
}

/** What an unfinished deploy made, and what an unfinished destroy was about to remove. */
function madeBy(unfinished: readonly PastRun[]): ReadonlyMap<string, PastRun> {
  const made = new Map<string, PastRun>();
  const removed = new Set<string>();
  for (const run of unfinished) {
    const wanted = run.command === "deploy" ? "create" : "delete";
    // What has been removed, and is there now, was made by nobody whom a journal knows.
    for (const address of run.gone) removed.add(address);
    for (const change of changesIn(run)) {
      const address = stringAt(change["address"]);
      if (address === undefined || change["action"] !== wanted) continue;
      if (!made.has(address) && !removed.has(address)) made.set(address, run);
    }
  }
  return made;
}

/** A creation that was refused and never done: what is in the state now may have been there before the run. */
function wasFoundThere(run: PastRun, address: string): boolean {
  const made = run.events.some(
    (event) =>
      event["type"] === "resource.ended" && event["address"] === address && event["action"] === "create",
  );
  return run.command === "deploy" && !made && failureOf(run, address) === "taken";
}

/**
 * Newest plan first: the last one that mentions a thing decides. If a later plan still found it in the state, and it
 * is in none now, somebody took it out on purpose, and it is not ours to remove.
 */
function lastPlannedIn(runs: readonly PastRun[], nameOf: NameOf): ReadonlyMap<string, Planned> {
  const last = new Map<string, Planned>();
  const inState = new Set<string>();
  for (const run of runs) {
    const identity = objectAt(objectAt(eventOf(run, "identity.known"))["identity"]);
    const facts = {
      run,
      since: stringAt(eventOf(run, "apply.intended")?.["at"]),
      account: stringAt(identity["account"]),
      region: stringAt(identity["region"]),
    };
    for (const change of changesIn(run)) {
      const [address = "", type = "", action = ""] = ["address", "type", "action"].map((key) =>
        stringAt(change[key]),
      );
      const name = nameOf(type, textsOf(change));
      const key = `${type} ${name ?? ""}`;
      if (name !== undefined && !last.has(key)) {
        const seen = { foundLater: inState.has(address), failure: failureOf(run, address) };
        last.set(key, { ...facts, ...seen, address, type, name, action });
      }
      if (action !== "create") inState.add(address);
    }
  }
  return last;
}

/** A creation that was broken off may have made the thing all the same; one that met a name that is taken has not. */
function failureOf(run: PastRun, address: string): Planned["failure"] {
  if (!run.failed.includes(address)) return "none";
  const texts = run.events
    .flatMap((event) => arrayAt(objectAt(event["result"])["diagnostics"]))
    .map(objectAt)
    .filter((diagnostic) => diagnostic["address"] === address)
    .map(({ summary, detail }) => `${stringAt(summary) ?? ""} ${stringAt(detail) ?? ""}`);
  const isClear = texts.length > 0 && !texts.some((text) => nameIsTaken.test(text));
  return isClear ? "half-made" : "taken";
}

const nameIsTaken = /exist|conflict|in ?use|taken|duplicate|already/i;

function eventOf(run: PastRun, type: string): JsonObject | undefined {
  return run.events.find((event) => event["type"] === type);
}

/** Text attributes as they would be afterwards; as they were, of what is deleted. */
function textsOf(change: JsonObject): Readonly<Record<string, string>> {
  const pairs = arrayAt(change["attributes"])
    .map(objectAt)
    .flatMap((attribute) => {
      const path = stringAt(attribute["path"]);
      const value = stringAt(attribute["after"]) ?? stringAt(attribute["before"]);
      return path === undefined || value === undefined || attribute["sensitive"] === true
        ? []
        : [[path, value] as const];
    });
  return Object.fromEntries(pairs);
}

/** Every change that any plan of a run showed, the newest plan first. */
function changesIn(run: PastRun): readonly JsonObject[] {
  return run.events
    .filter((event) => event["type"] === "plan.shown")
    .toReversed()
    .flatMap((event) => arrayAt(objectAt(event["plan"])["changes"]))
    .map(objectAt)
    .filter(({ mode }) => mode === "managed");
}
