import type { JsonObject, JsonValue } from "../../src/core/json.ts";

/** One planned resource, with as little said as a test needs. */
export interface PlannedPart {
  readonly address: string;
  readonly after?: JsonObject;
  /** Values before; the resource exists then. */
  readonly before?: JsonObject;
  readonly actions?: readonly string[];
  /** Arguments that are known only after the apply. */
  readonly unknown?: JsonValue;
  readonly sensitive?: JsonValue;
  /** What the configuration says: expressions by argument. */
  readonly wrote?: JsonObject;
  readonly reason?: string;
  readonly replacedFor?: readonly (readonly (string | number)[])[];
  readonly provisioners?: readonly string[];
  readonly forEach?: JsonObject;
  readonly mode?: "managed" | "data";
}

export interface PlanParts {
  readonly resources?: readonly PlannedPart[];
  /** By name; the resources of a module lie at `module.NAME.…`. */
  readonly modules?: Readonly<Record<string, JsonObject>>;
  readonly providers?: JsonObject;
  readonly variables?: JsonObject;
}

/** The resource `address`, as it will be made. */
export function made(address: string, after: JsonObject = {}, wrote: JsonObject = {}): PlannedPart {
  return { address, after, wrote };
}

export function refersTo(...references: readonly string[]): JsonObject {
  return { references: references.flatMap((one) => [one, one.split(".").slice(0, 2).join(".")]) };
}

export function constant(value: JsonValue): JsonObject {
  return { constant_value: value };
}

export const awsSource = "registry.terraform.io/hashicorp/aws";

/** A plan document as Terraform writes it, of these resources. */
export function planDocument(parts: PlanParts): JsonObject {
  const resources = parts.resources ?? [];
  const inModule = (name: string): readonly PlannedPart[] =>
    resources.filter(({ address }) => (moduleOf(address) ?? "").replace(/\[.*?\]/g, "") === `module.${name}`);
  return {
    format_version: "1.2",
    variables: {},
    resource_changes: resources.filter(({ mode }) => mode !== "data").map(changeOf),
    configuration: {
      provider_config: parts.providers ?? {
        aws: { name: "aws", full_name: awsSource, version_constraint: "~> 5.0" },
      },
      root_module: {
        resources: blocksOf(resources.filter(({ address }) => moduleOf(address) === undefined)),
        variables: parts.variables ?? {},
        module_calls: Object.fromEntries(
          Object.entries(parts.modules ?? {}).map(([name, call]) => [
            name,
            {
              source: "./part",
              ...call,
              module: { resources: blocksOf(inModule(name)), ...(call["module"] as JsonObject | undefined) },
            },
          ]),
        ),
      },
    },
  };
}

function moduleOf(address: string): string | undefined {
  return /^(module\.[^.[]+(?:\[[^\]]*\])?)\./.exec(address)?.[1];
}

function localOf(address: string): string {
  return address.replace(/^module\.[^.[]+(?:\[[^\]]*\])?\./, "");
}

function typeAndName(address: string): readonly [string, string] {
  const [type = "", name = ""] = localOf(address)
    .replace(/^data\./, "")
    .replace(/\[.*\]$/, "")
    .split(".");
  return [type, name];
}

function changeOf(part: PlannedPart): JsonObject {
  const [type, name] = typeAndName(part.address);
  const module = moduleOf(part.address);
  const actions = part.actions ?? (part.before === undefined ? ["create"] : ["update"]);
  const isGone = actions.length === 1 && (actions[0] === "delete" || actions[0] === "forget");
  return {
    address: part.address,
    ...(module === undefined ? {} : { module_address: module }),
    mode: "managed",
    type,
    name,
    provider_name: awsSource,
    ...(part.reason === undefined ? {} : { action_reason: part.reason }),
    change: {
      actions,
      before: part.before ?? null,
      after: isGone ? null : (part.after ?? {}),
      after_unknown: part.unknown ?? {},
      before_sensitive: {},
      after_sensitive: part.sensitive ?? {},
      ...(part.replacedFor === undefined ? {} : { replace_paths: part.replacedFor }),
    },
  };
}

/** Instances of one block are one block. */
function blocksOf(resources: readonly PlannedPart[]): readonly JsonObject[] {
  const blocks = new Map<string, JsonObject>();
  for (const part of resources) {
    const [type, name] = typeAndName(part.address);
    if (part.wrote === undefined && part.actions?.[0] === "delete" && part.actions.length === 1) continue;
    blocks.set(`${type}.${name}`, {
      address: `${type}.${name}`,
      mode: part.mode ?? "managed",
      type,
      name,
      expressions: part.wrote ?? {},
      ...(part.provisioners === undefined
        ? {}
        : { provisioners: part.provisioners.map((one) => ({ type: one })) }),
      ...(part.forEach === undefined ? {} : { for_each_expression: part.forEach }),
    });
  }
  return [...blocks.values()];
}
