import type { JsonObject, JsonValue } from "../../src/core/json.ts";
import { estimateCost } from "../../src/cost/engine.ts";
import type { Estimate, ResourceCost } from "../../src/cost/estimate.ts";
import { loadCatalogue } from "../../src/cost/load-catalogue.ts";
import { readUsage } from "../../src/cost/usage.ts";

/** A resource as a plan has it. What `expressions` names is configured; constants need not be repeated there. */
export interface PlannedResource {
  readonly type: string;
  readonly name?: string;
  readonly values?: JsonObject;
  readonly unknown?: JsonObject;
  readonly expressions?: JsonObject;
}

const catalogue = loadCatalogue();

/** The estimate of a plan of these resources; `usage` by address. */
export function estimateOf(
  resources: readonly PlannedResource[],
  { usage = {}, region = "us-east-1" }: { readonly usage?: JsonObject; readonly region?: string } = {},
): Estimate {
  const read = readUsage({ version: 0.1, resource_usage: usage }).usage;
  return estimateCost(planOf(resources, region), { catalogue, usage: read });
}

/** The cost of one resource, named `a`; `usage` is its own. */
export function costOf(
  resource: PlannedResource,
  {
    usage = {},
    region = "us-east-1",
    beside = [],
  }: { usage?: JsonObject; region?: string; beside?: readonly PlannedResource[] } = {},
): ResourceCost | undefined {
  const address = `${resource.type}.a`;
  const estimate = estimateOf([{ ...resource, name: "a" }, ...beside], {
    usage: { [address]: usage },
    region,
  });
  return estimate.resources.find((each) => each.address === address);
}

/** `name: quantity unit × price` of each line, with `?` for what is not known. */
export function linesOf(cost: ResourceCost | undefined): readonly string[] {
  return (cost?.components ?? []).map(
    ({ name, unit, monthly_quantity: quantity, unit_price: price }) =>
      `${name}: ${quantity ?? "?"} ${unit} × ${price ?? "?"}`,
  );
}

function planOf(resources: readonly PlannedResource[], region: string): JsonObject {
  const all = resources.map(({ type, name = "a", values = {}, unknown = {}, expressions = {} }) => {
    const address = `${type}.${name}`;
    const provider_name = "registry.terraform.io/hashicorp/aws";
    const constants = Object.fromEntries(
      Object.entries(values).map(([key, value]) => [key, { constant_value: value }]),
    );
    return {
      planned: { address, mode: "managed", type, name, provider_name, values },
      change: { address, mode: "managed", type, name, provider_name, change: changeOf(values, unknown) },
      configured: {
        address,
        mode: "managed",
        type,
        name,
        provider_config_key: "aws",
        expressions: { ...constants, ...expressions },
      },
    };
  });
  return {
    format_version: "1.2",
    planned_values: { root_module: { resources: all.map(({ planned }) => planned) } },
    resource_changes: all.map(({ change }) => change),
    configuration: {
      provider_config: { aws: { name: "aws", expressions: { region: { constant_value: region } } } },
      root_module: { resources: all.map(({ configured }) => configured) },
    },
  };
}

function changeOf(after: JsonObject, unknown: JsonObject): Readonly<Record<string, JsonValue>> {
  return { actions: ["create"], before: null, after, after_unknown: unknown };
}
