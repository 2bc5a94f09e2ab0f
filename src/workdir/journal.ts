import { randomBytes } from "node:crypto";
import { closeSync, fsyncSync, openSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { messageOf } from "../core/error.ts";
import type { FaberEvent } from "../core/event.ts";
import type { Host } from "../core/host.ts";
import type { Redactor } from "../core/redact.ts";
import { safeJson } from "../core/safe-text.ts";
import type { Clock } from "../core/world.ts";
import { unwritable } from "./atomic-file.ts";

/** Events that something may depend on after a crash: they are on the disk before the run goes on. */
const durable: ReadonlySet<FaberEvent["type"]> = new Set([
  "run.started",
  "identity.known",
  "plan.shown",
  "plan.approved",
  "state.backed-up",
  "apply.intended",
  "apply.started",
  "tool.started",
  "fix",
  "hook.ended",
  "resource.ended",
  "resource.failed",
  "reap.surveyed",
  "removal",
  "stage.ended",
  "run.ended",
  "run.failed",
]);

export interface JournalSetting {
  readonly redactor: Redactor;
  readonly clock: Clock;
  /** Told once, with the reason, when the disk takes no more: a run in the middle of its work goes on without. */
  readonly onBroken: (why: string) => void;
}

/** The journal of a run: one event a line, appended and never rewritten, so that a crash leaves a story. */
export function openJournal(
  file: string,
  { redactor, clock, onBroken }: JournalSetting,
): Pick<Host, "emit" | "recorded"> & { readonly close: () => void } {
  const descriptor = openPrivately(file);
  let over = false;
  let broken = false;
  const emit = (event: FaberEvent): void => {
    // After the end its descriptor may be another file's.
    if (over || event.type === "stage.progress" || event.type === "tool.line") return;
    const line = redactor.value({ at: clock.now().toISOString(), ...withoutDocument(event) });
    try {
      // What is applied has to be told to its end: a disk that takes but one more line is as good as full.
      if (event.type === "apply.intended") probeRoom(`${file}.room`);
      writeSync(descriptor, `${safeJson(line)}\n`);
      if (durable.has(event.type)) fsyncSync(descriptor);
    } catch (error) {
      over = true;
      broken = true;
      onBroken(messageOf(unwritable(file, error)));
    }
  };
  const close = (): void => {
    over = true;
    closeSync(descriptor);
  };
  return { emit, recorded: () => !broken, close };
}

function openPrivately(file: string): number {
  try {
    const descriptor = openSync(file, "a", 0o600);
    syncFolder(dirname(file));
    return descriptor;
  } catch (error) {
    throw unwritable(file, error);
  }
}

/** Bytes that the story of an apply and its report may take. */
const roomWanted = 262_144;

/** Throws where the disk has no room left; noise, because some file systems store zeros as nothing. */
function probeRoom(probe: string): void {
  try {
    writeFileSync(probe, randomBytes(roomWanted), { mode: 0o600, flush: true });
  } finally {
    rmSync(probe, { force: true });
  }
}

/** Lines that are on the disk are no use when the file's own name is not. */
function syncFolder(dir: string): void {
  const folder = openSync(dir, "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

/** A plan's raw document holds every value, secrets included: the journal keeps its meaning alone. */
function withoutDocument(event: FaberEvent): object {
  if (event.type !== "plan.shown") return event;
  const { document: _document, file: _file, ...plan } = event.plan;
  return { ...event, plan };
}
