import type { ResourceEvent } from "../../../src/core/event.ts";
import type { ApprovedPlan } from "../../../src/core/plan.ts";
import type { ApplyOutcome, ApplyWatch } from "../contract.ts";
import { answerOf, stream, type Invocation } from "./invocation.ts";

/** Applies a saved plan that was approved, and keeps count of what happened to each resource. */
export async function applyPlan(
  invocation: Invocation,
  plan: ApprovedPlan,
  watch: ApplyWatch,
): Promise<ApplyOutcome> {
  const ledger = createLedger();
  let dump: string | undefined;
  const streamed = await stream(invocation, ["apply", "-input=false", "-json", plan.file], {
    onStart: watch.onStart,
    onMessage: (message) => {
      if (message.kind === "state-dump") dump = message.text;
      // Data sources are read in between: nothing is changed by that.
      if (message.kind !== "resource" || message.event.action === "read") return;
      ledger.note(message.event);
      watch.onResource(message.event);
    },
  });
  const stateDump = dump === undefined ? {} : { stateDump: dump };
  return { told: answerOf(streamed, "terraform apply"), ...ledger.sum(), ...stateDump };
}

function createLedger(): {
  readonly note: (event: ResourceEvent) => void;
  readonly sum: () => Omit<ApplyOutcome, "told" | "stateDump">;
} {
  const open = new Set<string>();
  const changed: { address: string; action: ResourceEvent["action"]; elapsed_s: number }[] = [];
  const failures = new Set<string>();
  const note = (event: ResourceEvent): void => {
    const { address, action, elapsed_s } = event;
    if (event.type === "resource.started") open.add(address);
    if (event.type === "resource.ended" || event.type === "resource.failed") open.delete(address);
    if (event.type === "resource.ended") changed.push({ address, action, elapsed_s });
    if (event.type === "resource.failed") failures.add(address);
  };
  return { note, sum: () => ({ changed, failed: [...failures], uncertain: [...open] }) };
}
