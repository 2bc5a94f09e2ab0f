import { FaberError } from "../../../src/core/error.ts";
import {
  arrayAt,
  isObject,
  objectAt,
  stringAt,
  type JsonObject,
  type JsonValue,
} from "../../../src/core/json.ts";
import type { ChangeAction, OutputChange, PlannedChange } from "../../../src/core/plan.ts";
import { compareAttributes, isTrueAnywhere } from "./attribute-changes.ts";

/** Parses `terraform show -json PLANFILE`. Format: https://developer.hashicorp.com/terraform/internals/json-format */
export function parsePlanDocument(text: string): JsonObject {
  const document: unknown = JSON.parse(text);
  const version = isObject(document) ? stringAt(document["format_version"]) : undefined;
  if (!isObject(document) || version === undefined || !version.startsWith("1.")) {
    throw new FaberError({
      code: "plan-unreadable",
      exit: "unexpected",
      message: `the plan's JSON has format version ${version ?? "none"}, and faber reads 1.x`,
      hints: ["see which Terraform faber found: faber doctor"],
    });
  }
  return document;
}

export function readChanges(document: JsonObject): readonly PlannedChange[] {
  return arrayAt(document["resource_changes"]).filter(isObject).map(readChange);
}

function readChange(entry: JsonObject): PlannedChange {
  const change = objectAt(entry["change"]);
  const previous = stringAt(entry["previous_address"]);
  const reason = stringAt(entry["action_reason"]);
  const deposed = stringAt(entry["deposed"]);
  return {
    address: `${stringAt(entry["address"]) ?? "?"}${deposed === undefined ? "" : ` (deposed ${deposed})`}`,
    ...(previous === undefined ? {} : { previousAddress: previous }),
    ...(reason === undefined ? {} : { actionReason: reason }),
    mode: entry["mode"] === "data" ? "data" : "managed",
    type: stringAt(entry["type"]) ?? "?",
    name: stringAt(entry["name"]) ?? "?",
    provider: stringAt(entry["provider_name"]) ?? "?",
    action: actionOf(change, previous !== undefined),
    attributes: isNoOp(change) ? [] : compareAttributes(change),
  };
}

function isNoOp(change: JsonObject): boolean {
  return actionText(change) === "no-op";
}

function actionText(change: JsonObject): string {
  return arrayAt(change["actions"])
    .map((action) => stringAt(action) ?? "?")
    .join("+");
}

function actionOf(change: JsonObject, moved: boolean): ChangeAction {
  const actions = actionText(change);
  if (actions === "no-op" && isObject(change["importing"])) return "import";
  if (actions === "no-op" && moved) return "move";
  return actionWords[actions] ?? "update";
}

const actionWords: Readonly<Record<string, ChangeAction>> = {
  "no-op": "no-op",
  create: "create",
  read: "read",
  update: "update",
  "delete+create": "replace",
  "create+delete": "replace",
  delete: "delete",
  forget: "forget",
  "create+forget": "replace",
};

export function readOutputChanges(document: JsonObject): readonly OutputChange[] {
  return Object.entries(objectAt(document["output_changes"])).map(([name, value]) =>
    readOutput(name, objectAt(value)),
  );
}

function readOutput(name: string, change: JsonObject): OutputChange {
  const sensitive = isTrueAnywhere(change["before_sensitive"]) || isTrueAnywhere(change["after_sensitive"]);
  const shown = (value: JsonValue | undefined): boolean =>
    !sensitive && value !== undefined && value !== null;
  const { before, after } = change;
  return {
    name,
    action: actionOf(change, false),
    sensitive,
    // Of an object whose every value is unknown, nothing is left in the document but its brackets.
    unknown: change["after_unknown"] === true || (isEmpty(after) && isTrueAnywhere(change["after_unknown"])),
    ...(before !== undefined && shown(before) ? { before } : {}),
    ...(after !== undefined && shown(after) ? { after } : {}),
  };
}

function isEmpty(value: JsonValue | undefined): boolean {
  if (Array.isArray(value)) return value.every(isEmpty);
  return value === undefined || value === null || (isObject(value) && Object.values(value).every(isEmpty));
}
