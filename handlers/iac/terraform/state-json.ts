import { FaberError } from "../../../src/core/error.ts";
import {
  arrayAt,
  isObject,
  objectAt,
  stringAt,
  type JsonObject,
  type JsonValue,
} from "../../../src/core/json.ts";
import type { Resource } from "../../../src/core/resource.ts";
import type { OutputValue } from "../contract.ts";

export interface StateSnapshot {
  readonly resources: readonly Resource[];
  readonly outputs: Readonly<Record<string, OutputValue>>;
}

/** Reads the raw state that `state pull` prints (version 4); an empty text is an empty state. */
export function parseState(text: string): StateSnapshot {
  if (text.trim() === "") return { resources: [], outputs: {} };
  const state: unknown = JSON.parse(text);
  if (!isObject(state) || state["version"] !== 4) {
    throw new FaberError({
      code: "state-unreadable",
      exit: "unexpected",
      message: `the state has version ${JSON.stringify(objectAt(state)["version"])}, and faber reads 4`,
      hints: ["see which Terraform faber found: faber doctor"],
    });
  }
  const managed = arrayAt(state["resources"])
    .filter(isObject)
    .filter((resource) => resource["mode"] === "managed");
  return {
    resources: managed.flatMap(readInstances),
    outputs: Object.fromEntries(
      Object.entries(objectAt(state["outputs"])).map(([name, output]) => [
        name,
        readOutput(objectAt(output)),
      ]),
    ),
  };
}

function readInstances(resource: JsonObject): readonly Resource[] {
  const type = stringAt(resource["type"]) ?? "?";
  const name = stringAt(resource["name"]) ?? "?";
  const module = stringAt(resource["module"]);
  const provider = /"([^"]+)"/.exec(stringAt(resource["provider"]) ?? "")?.[1] ?? "?";
  const base = `${module === undefined ? "" : `${module}.`}${type}.${name}`;
  return arrayAt(resource["instances"])
    .filter(isObject)
    .map((instance) => {
      const attributes = objectAt(instance["attributes"]);
      const id = stringAt(attributes["id"]);
      const arn = stringAt(attributes["arn"]);
      return {
        address: `${base}${indexText(instance["index_key"])}`,
        type,
        name,
        provider,
        ...(id === undefined ? {} : { id }),
        ...(arn === undefined ? {} : { arn }),
        tainted: instance["status"] === "tainted",
        attributes,
      };
    });
}

function indexText(key: JsonValue | undefined): string {
  return typeof key === "string" || typeof key === "number" ? `[${JSON.stringify(key)}]` : "";
}

function readOutput(output: JsonObject): OutputValue {
  if (output["sensitive"] === true) return { sensitive: true };
  return { sensitive: false, value: output["value"] ?? null };
}
