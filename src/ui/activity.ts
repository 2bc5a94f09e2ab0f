import type { FaberEvent, ResourceEvent } from "../core/event.ts";
import type { StageName } from "../core/result.ts";
import { safeLine } from "../core/safe-text.ts";
import type { Clock } from "../core/world.ts";
import { formatElapsed } from "./duration.ts";

/** What goes on at this moment, for a line that moves and for a sign of life in a log. */
export interface Doing {
  readonly stage: StageName;
  readonly text: string;
  readonly elapsed_ms: number;
}

interface Activity {
  readonly see: (event: FaberEvent) => void;
  readonly now: () => Doing | undefined;
}

interface Current {
  readonly stage: StageName;
  readonly since: number;
  progress: string;
  /** Resources that the apply changes; undefined before it starts. */
  total: number | undefined;
  readonly running: Map<string, number>;
  readonly finished: Set<string>;
  readonly tests: Set<string>;
  testsDone: number;
}

export function createActivity(clock: Clock): Activity {
  let current: Current | undefined;
  return {
    see: (event) => {
      if (event.type === "stage.started") current = begin(event.stage, clock.monotonic());
      else if (event.type === "stage.ended" || event.type === "run.ended") current = undefined;
      else if (current) update(current, event, clock.monotonic());
    },
    now: () => {
      if (!current) return undefined;
      const now = clock.monotonic();
      return { stage: current.stage, text: describe(current, now), elapsed_ms: now - current.since };
    },
  };
}

function begin(stage: StageName, since: number): Current {
  return {
    stage,
    since,
    progress: "",
    total: undefined,
    running: new Map(),
    finished: new Set(),
    tests: new Set(),
    testsDone: 0,
  };
}

function update(current: Current, event: FaberEvent, now: number): void {
  if (event.type === "stage.progress") {
    // What another stage does in the background is no news here.
    if (event.stage === current.stage) current.progress = safeLine(event.text);
  } else if (event.type === "test.started") current.tests.add(safeLine(event.name));
  else if (event.type === "test.ended") {
    current.tests.delete(safeLine(event.test.name));
    current.testsDone += 1;
  } else if (event.type === "apply.started") current.total = event.total;
  else if (isResourceEvent(event)) updateResource(current, event, now);
}

function isResourceEvent(event: FaberEvent): event is ResourceEvent {
  return event.type.startsWith("resource.");
}

function updateResource(current: Current, event: ResourceEvent, now: number): void {
  if (event.action === "read" || event.action === "no-op") return;
  const address = safeLine(event.address);
  const ends = event.type === "resource.ended" || event.type === "resource.failed";
  if (ends) {
    current.running.delete(address);
    if (event.type === "resource.ended") current.finished.add(address);
    return;
  }
  // A replaced one ends twice: it is finished when its second half is.
  current.finished.delete(address);
  if (!current.running.has(address)) current.running.set(address, now - event.elapsed_s * 1000);
}

function describe(current: Current, now: number): string {
  if (current.total !== undefined) return applyText(current, current.total, now);
  if (current.tests.size === 0) return current.progress;
  const done = current.testsDone > 0 ? `${current.testsDone} done · ` : "";
  const running = done + [...current.tests].join(", ");
  return current.progress === "" ? running : `${running} · ${current.progress}`;
}

function applyText(current: Current, total: number, now: number): string {
  const count = `${Math.min(current.finished.size, total)} of ${total}`;
  const [longest, ...others] = [...current.running].sort((a, b) => a[1] - b[1]);
  if (!longest) return current.progress === "" ? count : `${count} · ${current.progress}`;
  const more = others.length > 0 ? ` and ${others.length} more` : "";
  return `${count} · ${longest[0]} ${formatElapsed(now - longest[1])}${more}`;
}
