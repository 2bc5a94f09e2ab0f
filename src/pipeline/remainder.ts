import type { AgreedImport } from "../../handlers/iac/mending.ts";
import {
  arrayAt,
  canonicalJson,
  isObject,
  objectAt,
  stringAt,
  type JsonObject,
  type JsonValue,
} from "../core/json.ts";
import type { Plan } from "../core/plan.ts";

/**
 * Whether a plan does nothing but finish what an approved one began: every change was approved for that address,
 * with the same action and the same values, sensitive ones included. A resource whose creation failed half way is
 * tainted and made again: it is this run's own, and nothing of value is lost with it.
 */
export function isRemainder(approved: Plan, rest: Plan, imported: readonly AgreedImport[] = []): boolean {
  if (!sameSource(approved, rest)) return false;
  const planned = new Map(changesIn(approved).map((change) => [addressOf(change), change]));
  return changesIn(rest).every((change) => {
    const was = planned.get(addressOf(change));
    if (isAgreed(change, imported)) return was === undefined || actionOf(was) === "create";
    return (
      was !== undefined &&
      sameAction(was, change) &&
      sameValues(objectAt(was["change"]), objectAt(change["change"]))
    );
  });
}

/** Somebody said yes to exactly this change: importing what was to be created. */
function isAgreed(change: JsonObject, imported: readonly AgreedImport[]): boolean {
  const agreed = imported.find(({ address }) => address === change["address"]);
  return agreed !== undefined && agreed.change === canonicalJson(change["change"] ?? null);
}

/** Provisioners and the like are no part of the changes, but of the configuration that they come from. */
function sameSource(approved: Plan, rest: Plan): boolean {
  return ["configuration", "variables"].every(
    (part) => canonicalJson(approved.document[part] ?? null) === canonicalJson(rest.document[part] ?? null),
  );
}

function changesIn(plan: Plan): readonly JsonObject[] {
  return arrayAt(plan.document["resource_changes"])
    .filter(isObject)
    .filter((change) => !["no-op", "read"].includes(actionOf(change)));
}

function addressOf(change: JsonObject): string {
  return canonicalJson([change["address"] ?? null, change["deposed"] ?? null]);
}

function actionOf(change: JsonObject): string {
  return arrayAt(objectAt(change["change"])["actions"])
    .map((action) => stringAt(action) ?? "?")
    .join("+");
}

function sameAction(was: JsonObject, now: JsonObject): boolean {
  if (actionOf(was) === actionOf(now)) return true;
  const isOwnHalf = stringAt(now["action_reason"]) === "replace_because_tainted";
  return isOwnHalf && actionOf(was) === "create";
}

function sameValues(was: JsonObject, now: JsonObject): boolean {
  return fits(was["after"] ?? null, was["after_unknown"] ?? false, now["after"] ?? null);
}

/** What was unknown when it was approved may be anything now; everything else must be what it was. */
function fits(was: JsonValue, unknown: JsonValue, now: JsonValue): boolean {
  if (unknown === true) return true;
  if (isObject(now) && (isObject(was) || isObject(unknown))) {
    const keys = new Set([...Object.keys(now), ...Object.keys(objectAt(was))]);
    return [...keys].every((key) =>
      fits(objectAt(was)[key] ?? null, objectAt(unknown)[key] ?? false, now[key] ?? null),
    );
  }
  if (Array.isArray(now) && Array.isArray(was) && now.length === was.length) {
    return now.every((item: JsonValue, index) =>
      fits(arrayAt(was)[index] ?? null, arrayAt(unknown)[index] ?? false, item),
    );
  }
  return canonicalJson(was) === canonicalJson(now);
}
