import type { FaberEvent } from "../core/event.ts";
import type { Redactor } from "../core/redact.ts";

/** The event without secrets, before anything of it is cut or wrapped: half a secret is not recognised. */
export function cleanEvent(event: FaberEvent, redactor: Redactor): FaberEvent {
  if (event.type !== "plan.shown") return redactor.value(event);
  // The whole document is large, full of secrets and never shown.
  return redactor.value({ ...event, plan: { ...event.plan, document: {} } });
}
