import { closeSync, fsyncSync, openSync, writeSync } from "node:fs";
import { messageOf } from "../core/error.ts";
import type { FaberEvent } from "../core/event.ts";
import type { Host } from "../core/host.ts";
import type { Redactor } from "../core/redact.ts";
import type { Clock } from "../core/world.ts";
import { unwritable } from "./atomic-file.ts";

/** Events that something may depend on after a crash: they are on the disk before the run goes on. */
const durable: ReadonlySet<FaberEvent["type"]> = new Set([
  "run.started",
  "plan.approved",
  "apply.started",
  "fix",
  "hook.ended",
  "resource.ended",
  "resource.failed",
  "run.ended",
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
): Pick<Host, "emit"> & { readonly close: () => void } {
  const descriptor = openPrivately(file);
  let over = false;
  const emit = (event: FaberEvent): void => {
    // After the end its descriptor may be another file's.
    if (over || event.type === "stage.progress" || event.type === "tool.line") return;
    const line = redactor.value({ at: clock.now().toISOString(), ...withoutDocument(event) });
    try {
      writeSync(descriptor, `${JSON.stringify(line)}\n`);
      if (durable.has(event.type)) fsyncSync(descriptor);
    } catch (error) {
      over = true;
      onBroken(messageOf(unwritable(file, error)));
    }
  };
  const close = (): void => {
    over = true;
    closeSync(descriptor);
  };
  return { emit, close };
}

function openPrivately(file: string): number {
  try {
    return openSync(file, "a", 0o600);
  } catch (error) {
    throw unwritable(file, error);
  }
}

/** A plan's raw document holds every value, secrets included: the journal keeps its meaning alone. */
function withoutDocument(event: FaberEvent): object {
  if (event.type !== "plan.shown") return event;
  const { document: _document, file: _file, ...plan } = event.plan;
  return { ...event, plan };
}
