import type { JsonObject, JsonValue } from "../../src/core/json.ts";
import { estimateCost } from "../../src/cost/engine.ts";
import { loadCatalogue } from "../../src/cost/load-catalogue.ts";

const modules = 500;
const inEach = 10;

/** How long a plan of 5,000 resources in 500 modules takes, next to reading its JSON. */
export function benchCostSpeed(): readonly string[] {
  const text = JSON.stringify(largePlan());
  const readAt = performance.now();
  const plan = JSON.parse(text) as JsonObject;
  const read = performance.now() - readAt;
  const catalogueAt = performance.now();
  const catalogue = loadCatalogue();
  const loaded = performance.now() - catalogueAt;
  const pricedAt = performance.now();
  const { resources, total_monthly_usd: total } = estimateCost(plan, { catalogue });
  const priced = performance.now() - pricedAt;
  const size = (text.length / 1e6).toFixed(1);
  return [
    `cost: ${modules * inEach} resources (${size} MB): read ${read.toFixed(0)} ms, prices ${loaded.toFixed(0)} ms, estimate ${priced.toFixed(0)} ms`,
    `cost: ${resources.length} priced, ${total.toFixed(2)} USD a month; ${(priced / read).toFixed(2)} of reading`,
  ];
}

/** In each module: a launch template and a group of it, a table with an autoscaling target, addresses, free things. */
function largePlan(): JsonObject {
  const children: JsonValue[] = [];
  const changes: JsonValue[] = [];
  for (let at = 0; at < modules; at += 1) {
    const address = `module.shop[${at}]`;
    const resources = blocks.map(({ type, name, values }) => ({
      address: `${address}.${type}.${name}`,
      mode: "managed",
      type,
      name,
      provider_name: "registry.terraform.io/hashicorp/aws",
      values: { ...values, tags: { module: String(at) }, padding: "x".repeat(1000) },
      sensitive_values: {},
    }));
    children.push({ address, resources });
    changes.push(
      ...resources.map((each) => ({
        ...each,
        change: { actions: ["create"], before: null, after_unknown: { id: true } },
      })),
    );
  }
  return {
    planned_values: { root_module: { child_modules: children } },
    resource_changes: changes,
    configuration: {
      provider_config: { aws: { name: "aws", expressions: { region: { constant_value: "us-east-1" } } } },
      root_module: {
        module_calls: {
          shop: {
            count_expression: { constant_value: modules },
            module: { resources: blocks.map(configOf) },
          },
        },
      },
    },
  };
}

interface Block {
  readonly type: string;
  readonly name: string;
  readonly values: JsonObject;
  readonly expressions?: JsonObject;
}

const reference = (...references: readonly string[]): JsonObject => ({ references });
const blocks: readonly Block[] = [
  { type: "aws_launch_template", name: "web", values: { instance_type: "m5.large" } },
  {
    type: "aws_autoscaling_group",
    name: "web",
    values: { desired_capacity: 2, min_size: 1, launch_template: [{ version: "1" }] },
    expressions: {
      launch_template: [{ id: reference("aws_launch_template.web.id", "aws_launch_template.web") }],
    },
  },
  {
    type: "aws_dynamodb_table",
    name: "orders",
    values: { name: "orders", billing_mode: "PROVISIONED", read_capacity: 5, write_capacity: 5 },
  },
  {
    type: "aws_appautoscaling_target",
    name: "reads",
    values: {
      resource_id: "table/orders",
      min_capacity: 7,
      scalable_dimension: "dynamodb:table:ReadCapacityUnits",
    },
    expressions: { resource_id: reference("aws_dynamodb_table.orders.name", "aws_dynamodb_table.orders") },
  },
  { type: "aws_eip", name: "nat", values: {} },
  {
    type: "aws_nat_gateway",
    name: "nat",
    values: {},
    expressions: { allocation_id: reference("aws_eip.nat.id", "aws_eip.nat") },
  },
  { type: "aws_instance", name: "app", values: { instance_type: "t3.medium" } },
  {
    type: "aws_db_instance",
    name: "main",
    values: { engine: "mysql", instance_class: "db.t3.large", allocated_storage: 50 },
  },
  { type: "aws_subnet", name: "a", values: {} },
  { type: "aws_strange", name: "thing", values: {} },
];

function configOf({ type, name, expressions = {} }: Block): JsonObject {
  return { address: `${type}.${name}`, mode: "managed", type, name, provider_config_key: "aws", expressions };
}
