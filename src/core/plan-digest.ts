import {
  arrayAt,
  canonicalJson,
  isObject,
  objectAt,
  sha256,
  type JsonObject,
  type JsonValue,
} from "./json.ts";
import type { PlanScope } from "./plan.ts";

/**
 * The identity of what a plan means: sha256 over its scope, resource changes, output changes, variables and
 * configuration, in canonical JSON. Times, serials, file names and no-op resources are no part of it, so that
 * the same plan made twice has the same digest and an unrelated write to the state does not void an approval.
 * Format of the document: https://developer.hashicorp.com/terraform/internals/json-format
 */
export function planDigest(scope: PlanScope, document: JsonObject): string {
  return sha256(
    canonicalJson({
      scope: { ...scope, account: scope.account ?? null, region: scope.region ?? null },
      changes: arrayAt(document["resource_changes"])
        .filter(isObject)
        .filter(matters)
        .map(meaningOf)
        .sort(byAddress),
      outputs: objectAt(document["output_changes"]),
      variables: objectAt(document["variables"]),
      configuration: objectAt(document["configuration"]),
    }),
  );
}

function matters(change: JsonObject): boolean {
  const actions = arrayAt(objectAt(change["change"])["actions"]);
  return (
    !(actions.length === 1 && (actions[0] === "no-op" || actions[0] === "read")) || isMoveOrImport(change)
  );
}

function isMoveOrImport(change: JsonObject): boolean {
  return change["previous_address"] !== undefined || objectAt(change["change"])["importing"] !== undefined;
}

function meaningOf(change: JsonObject): { readonly [key: string]: JsonValue } {
  return {
    address: change["address"] ?? null,
    deposed: change["deposed"] ?? null,
    previous_address: change["previous_address"] ?? null,
    provider_name: change["provider_name"] ?? null,
    change: change["change"] ?? null,
  };
}

function byAddress(a: JsonObject, b: JsonObject): number {
  const keyOf = (change: JsonObject): string =>
    canonicalJson([change["address"] ?? null, change["deposed"] ?? null]);
  return keyOf(a) < keyOf(b) ? -1 : 1;
}
