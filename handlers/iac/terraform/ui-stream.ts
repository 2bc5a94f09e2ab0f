import type { Diagnostic } from "../../../src/core/diagnostic.ts";
import type { ResourceEvent } from "../../../src/core/event.ts";
import {
  isObject,
  objectAt,
  parseObject,
  stringAt,
  type JsonObject,
  type JsonValue,
} from "../../../src/core/json.ts";
import type { ChangeAction } from "../../../src/core/plan.ts";
import type { TestRun } from "../contract.ts";
import { readDiagnostic } from "./diagnostics.ts";

/** What one line of a `-json` stream means to faber; lines that are no JSON (a provider's print) mean nothing. */
export type UiMessage =
  | {
      readonly kind: "diagnostic";
      readonly diagnostic: Diagnostic;
      /** The run block of a test that it is about. */
      readonly test?: { readonly file: string; readonly run: string };
    }
  | ({ readonly kind: "test-run" } & Omit<TestRun, "diagnostics">)
  | { readonly kind: "resource"; readonly event: ResourceEvent }
  | { readonly kind: "refresh"; readonly address: string }
  /** The whole state, told because it could be written nowhere. */
  | { readonly kind: "state-dump"; readonly text: string };

/** Format: https://developer.hashicorp.com/terraform/internals/machine-readable-ui */
export function readUiLine(line: string): UiMessage | undefined {
  if (!line.startsWith("{")) return undefined;
  const message = parseObject(line);
  if (!message) return undefined;
  const type = stringAt(message["type"]) ?? "";
  if (type === "diagnostic") {
    const diagnostic = readDiagnostic(message["diagnostic"]);
    return diagnostic && { kind: "diagnostic", diagnostic, ...testOf(message) };
  }
  if (type === "test_run") return testRun(objectAt(message["test_run"]));
  // An "Emergency state dump": its type is that of ordinary messages, and nothing else has a state in it.
  if (isObject(message["state"])) return { kind: "state-dump", text: JSON.stringify(message["state"]) };
  const hook = objectAt(message["hook"]);
  const address = stringAt(objectAt(hook["resource"])["addr"]);
  if (address === undefined) return undefined;
  if (type === "refresh_start") return { kind: "refresh", address };
  const event = resourceEvents[type];
  return event && { kind: "resource", event: { type: event, address, ...workOf(hook) } };
}

function testOf(message: JsonObject): { readonly test?: { readonly file: string; readonly run: string } } {
  const [file, run] = [stringAt(message["@testfile"]), stringAt(message["@testrun"])];
  return file === undefined || run === undefined ? {} : { test: { file, run } };
}

/** A run block that has ended; one that is only starting means nothing yet. */
function testRun(run: JsonObject): UiMessage | undefined {
  const [file, name] = [stringAt(run["path"]), stringAt(run["run"])];
  const status = testStatuses[stringAt(run["status"]) ?? ""];
  if (run["progress"] !== "complete" || file === undefined || name === undefined || !status) return undefined;
  return { kind: "test-run", file, name, status };
}

const testStatuses: Readonly<Record<string, TestRun["status"]>> = {
  pass: "passed",
  fail: "failed",
  error: "errored",
  skip: "skipped",
};

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
