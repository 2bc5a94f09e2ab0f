import { isObject, objectAt, type JsonObject, type JsonValue } from "../core/json.ts";
import type { ResourceUsage } from "./contract.ts";
import { numberIn, valueAt } from "./values.ts";

/** What is wrong in a usage file; `path` leads to it, `["resource_usage", "aws_lb.a", "new_connections"]`. */
interface UsageProblem {
  readonly path: readonly string[];
  readonly message: string;
}

/** A usage file of Infracost's format 0.1, ready to be asked. */
export interface Usage {
  /**
   * Its defaults for the type, there or as an entry named after the type alone, then patterns with `[*]`, then the
   * address itself; the last one wins, key by key.
   */
  of(address: string, type: string): ResourceUsage;
  /** Addresses of this type that the file itself names: traffic has a cost and no resource. */
  addressesOf(type: string): readonly string[];
  /** Entries that speak of none of these addresses. */
  unmatched(addresses: Iterable<string>): readonly string[];
}

export interface UsageReading {
  readonly usage: Usage;
  readonly problems: readonly UsageProblem[];
}

const sections = ["resource_usage", "resource_type_default_usage"];
const known = new Set(["version", "usage", "project_usage", ...sections]);

export const noUsage: Usage = usageOf({}, {});

/** Reads an already parsed usage file; entries with problems are left out. */
export function readUsage(document: JsonValue): UsageReading {
  const problems: UsageProblem[] = [];
  if (!isObject(document)) {
    return { usage: usageOf({}, {}), problems: [{ path: [], message: "a usage file is a mapping" }] };
  }
  const version = document["version"];
  if (version !== 0.1 && version !== "0.1") {
    const told = version === undefined ? "is missing" : `is ${JSON.stringify(version)}`;
    problems.push({ path: ["version"], message: `the version ${told}; 0.1 is what can be read` });
  }
  for (const key of Object.keys(document)) {
    if (!known.has(key)) problems.push({ path: [key], message: `unknown key ${JSON.stringify(key)}` });
  }
  const [byAddress = {}, byType = {}] = sections.map((name) => readSection(document[name], name, problems));
  return { usage: usageOf(byAddress, byType), problems };
}

function readSection(section: JsonValue | undefined, name: string, problems: UsageProblem[]): JsonObject {
  if (section === undefined || section === null) return {};
  if (!isObject(section)) {
    problems.push({
      path: [name],
      message: `${name} is a mapping of ${name === "resource_usage" ? "addresses" : "types"}`,
    });
    return {};
  }
  const entries = Object.entries(section).filter(([key, value]) => {
    const found = problemsIn(value, [name, key], true);
    problems.push(...found);
    return found.length === 0 && value !== null;
  });
  return Object.fromEntries(entries);
}

/** Figures are numbers that are not negative; the rest is text, flags and nested mappings. */
function problemsIn(value: JsonValue, path: readonly string[], top: boolean): readonly UsageProblem[] {
  if (value === null) return [];
  if (isObject(value))
    return Object.entries(value).flatMap(([key, inner]) => problemsIn(inner, [...path, key], false));
  if (top) return [{ path, message: `the usage of ${path.at(-1) ?? ""} is a mapping` }];
  if (typeof value === "number" && !(value >= 0 && Number.isFinite(value))) {
    return [{ path, message: `${path.at(-1) ?? ""} is ${value}; a quantity is not negative` }];
  }
  if (Array.isArray(value) && value.some(isObject))
    return [{ path, message: "a list of mappings is not understood" }];
  return [];
}

function usageOf(byAddress: JsonObject, byType: JsonObject): Usage {
  const patterns = new Map<string, [pattern: RegExp, entry: string][]>();
  for (const entry of Object.keys(byAddress).filter((each) => each.includes("[*]"))) {
    const shape = shapeOf(entry);
    patterns.set(shape, [...(patterns.get(shape) ?? []), [patternOf(entry), entry]]);
  }
  const matching = (address: string): readonly string[] => {
    const wild = (patterns.get(shapeOf(address)) ?? []).filter(([pattern]) => pattern.test(address));
    const exact = Object.hasOwn(byAddress, address) ? [address] : [];
    return [...wild.map(([, entry]) => entry), ...exact];
  };
  const of: Usage["of"] = (address, type) => {
    // A type where an address belongs means all of that type.
    const defaults = [objectAt(byType[type]), objectAt(byAddress[type])];
    const layers = [...defaults, ...matching(address).map((entry) => objectAt(byAddress[entry]))];
    return lookups(layers.reduce(merged, {}), of);
  };
  return {
    of,
    addressesOf: (type) => Object.keys(byAddress).filter((entry) => entry.startsWith(`${type}.`)),
    unmatched(addresses) {
      const used = new Set([...addresses].flatMap(matching));
      return Object.keys(byAddress).filter((entry) => entry.includes(".") && !used.has(entry));
    },
  };
}

function lookups(usage: JsonObject, of: Usage["of"]): ResourceUsage {
  return {
    number: (path) => numberIn(valueAt(usage, path)),
    text: (path) => {
      const value = valueAt(usage, path);
      return typeof value === "string" ? value : undefined;
    },
    object: (path) => {
      const value = valueAt(usage, path);
      return isObject(value) ? value : undefined;
    },
    of: ({ address, type }) => of(address, type),
  };
}

function merged(under: JsonObject, over: JsonObject): JsonObject {
  const result: Record<string, JsonValue> = { ...under };
  for (const [key, value] of Object.entries(over)) {
    const below = result[key];
    if (value !== null) result[key] = isObject(below) && isObject(value) ? merged(below, value) : value;
  }
  return result;
}

/** An address with every key as `[*]`, so that patterns need not all be tried. */
function shapeOf(address: string): string {
  return address.replaceAll(/\[(?:"(?:[^"\\]|\\.)*"|[^\]]*)\]/g, "[*]");
}

function patternOf(entry: string): RegExp {
  const parts = entry.split("[*]").map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join(String.raw`\[(?:"(?:[^"\\]|\\.)*"|[^\]]*)\]`)}$`);
}
