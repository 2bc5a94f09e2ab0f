import { closeSync, fsyncSync, openSync, writeSync } from "node:fs";
import type { FaberEvent } from "../core/event.ts";
import type { Host } from "../core/host.ts";
import type { Redactor } from "../core/redact.ts";
import type { Clock } from "../core/world.ts";

/** Events that something may depend on after a crash: they are on the disk before the run goes on. */
const durable: ReadonlySet<FaberEvent["type"]> = new Set([
  "run.started",
  "plan.approved",
  "apply.started",
  "resource.ended",
  "resource.failed",
  "run.ended",
]);

/** The journal of a run: one event a line, appended and never rewritten, so that a crash leaves a story. */
export function openJournal(
  file: string,
  redactor: Redactor,
  clock: Clock,
): Pick<Host, "emit"> & { readonly close: () => void } {
  const descriptor = openSync(file, "a", 0o600);
  const emit = (event: FaberEvent): void => {
    if (event.type === "stage.progress" || event.type === "tool.line") return;
    const line = redactor.value({ at: clock.now().toISOString(), ...withoutDocument(event) });
    writeSync(descriptor, `${JSON.stringify(line)}\n`);
    if (durable.has(event.type)) fsyncSync(descriptor);
  };
  return { emit, close: () => closeSync(descriptor) };
}

/** A plan's raw document holds every value, secrets included: the journal keeps its meaning alone. */
function withoutDocument(event: FaberEvent): object {
  if (event.type !== "plan.shown") return event;
  const { document: _document, file: _file, ...plan } = event.plan;
  return { ...event, plan };
}
