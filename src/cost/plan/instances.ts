import { arrayAt, isObject, objectAt, stringAt, type JsonObject, type JsonValue } from "../../core/json.ts";
import { moduleAddress, moduleSteps, stepsOf, writtenKey } from "./address.ts";

/** One instance of a managed resource, after the plan or before it. */
export interface Instance {
  readonly address: string;
  /** Address of the module instance it stands in; empty for the root. */
  readonly module: string;
  /** Names of the module calls, without keys: where its configuration is. */
  readonly modulePath: string;
  readonly type: string;
  readonly name: string;
  /** Its `count` or `for_each` key as it is written in the address. */
  readonly key: string | undefined;
  readonly provider: string;
  readonly values: JsonObject;
  /** Terraform's `after_unknown`. */
  readonly unknown: JsonObject;
  /** Terraform's `sensitive_values`. */
  readonly sensitive: JsonValue;
}

/** What will be there when the plan is applied. */
export function plannedInstances(plan: JsonObject): readonly Instance[] {
  const unknown = new Map<string, JsonObject>();
  for (const each of arrayAt(plan["resource_changes"])) {
    const change = objectAt(each);
    if (change["deposed"] !== undefined) continue;
    unknown.set(stringAt(change["address"]) ?? "", objectAt(objectAt(change["change"])["after_unknown"]));
  }
  const root = objectAt(objectAt(plan["planned_values"])["root_module"]);
  return instancesIn(root, "").map((each) => ({ ...each, unknown: unknown.get(each.address) ?? {} }));
}

/** What is there now: the prior state, and what only the changes know of. */
export function priorInstances(plan: JsonObject): readonly Instance[] {
  const root = objectAt(objectAt(objectAt(plan["prior_state"])["values"])["root_module"]);
  const found = instancesIn(root, "");
  const known = new Set(found.map(({ address }) => address));
  const others = arrayAt(plan["resource_changes"]).flatMap((each) => {
    const change = objectAt(each);
    const before = objectAt(change["change"])["before"];
    const isNew =
      change["mode"] === "managed" &&
      change["deposed"] === undefined &&
      !known.has(stringAt(change["address"]) ?? "");
    if (!isNew || !isObject(before)) return [];
    const sensitive = objectAt(change["change"])["before_sensitive"] ?? {};
    return [
      instanceOf(
        { ...change, values: before, sensitive_values: sensitive },
        stringAt(change["module_address"]) ?? "",
      ),
    ];
  });
  return [...found, ...others];
}

function instancesIn(module: JsonObject, address: string): readonly Instance[] {
  const own = arrayAt(module["resources"])
    .map(objectAt)
    .filter((each) => each["mode"] === "managed")
    .map((each) => instanceOf(each, address));
  const inner = arrayAt(module["child_modules"]).map(objectAt);
  return [...own, ...inner.flatMap((each) => instancesIn(each, stringAt(each["address"]) ?? ""))];
}

function instanceOf(resource: JsonObject, module: string): Instance {
  const address = stringAt(resource["address"]) ?? "";
  return {
    address,
    module: moduleAddress(moduleSteps(module)),
    modulePath: moduleSteps(module)
      .map(({ name }) => name)
      .join("."),
    type: stringAt(resource["type"]) ?? "",
    name: stringAt(resource["name"]) ?? "",
    key: writtenKey(resource["index"]) ?? stepsOf(address).at(-1)?.key,
    provider: stringAt(resource["provider_name"]) ?? "",
    values: objectAt(resource["values"]),
    unknown: {},
    sensitive: resource["sensitive_values"] ?? {},
  };
}
