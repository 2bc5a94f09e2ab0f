import type { Diagnostic } from "../../../src/core/diagnostic.ts";
import type { ResourceEvent } from "../../../src/core/event.ts";
import { isObject, objectAt, stringAt, type JsonObject, type JsonValue } from "../../../src/core/json.ts";
import type { ChangeAction } from "../../../src/core/plan.ts";
import { readDiagnostic } from "./diagnostics.ts";

/** What one line of a `-json` stream means to faber; lines that are no JSON (a provider's print) mean nothing. */
export type UiMessage =
  | { readonly kind: "diagnostic"; readonly diagnostic: Diagnostic }
  | { readonly kind: "resource"; readonly event: ResourceEvent }
  | { readonly kind: "refresh"; readonly address: string };

/** Format: https://developer.hashicorp.com/terraform/internals/machine-readable-ui */
export function readUiLine(line: string): UiMessage | undefined {
  if (!line.startsWith("{")) return undefined;
  const message = parseObject(line);
  if (!message) return undefined;
  const type = stringAt(message["type"]) ?? "";
  if (type === "diagnostic") {
    const diagnostic = readDiagnostic(message["diagnostic"]);
    return diagnostic && { kind: "diagnostic", diagnostic };
  }
  const hook = objectAt(message["hook"]);
  const address = stringAt(objectAt(hook["resource"])["addr"]);
  if (address === undefined) return undefined;
  if (type === "refresh_start") return { kind: "refresh", address };
  const event = resourceEvents[type];
  return event && { kind: "resource", event: { type: event, address, ...workOf(hook) } };
}

const resourceEvents: Readonly<Record<string, ResourceEvent["type"]>> = {
  apply_start: "resource.started",
  apply_progress: "resource.progress",
  apply_complete: "resource.ended",
  apply_errored: "resource.failed",
};

function workOf(hook: JsonObject): { action: ChangeAction; elapsed_s: number } {
  const elapsed = hook["elapsed_seconds"];
  return { action: readAction(hook["action"]), elapsed_s: typeof elapsed === "number" ? elapsed : 0 };
}

function readAction(value: JsonValue | undefined): ChangeAction {
  return actions[stringAt(value) ?? ""] ?? "no-op";
}

const actions: Readonly<Record<string, ChangeAction>> = {
  create: "create",
  update: "update",
  delete: "delete",
  replace: "replace",
  read: "read",
  import: "import",
  move: "move",
  remove: "forget",
};

function parseObject(line: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
