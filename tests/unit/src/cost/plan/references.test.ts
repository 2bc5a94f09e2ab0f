import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../../../src/core/json.ts";
import { modulesOf } from "../../../../../src/cost/plan/configuration.ts";
import { plannedInstances } from "../../../../../src/cost/plan/instances.ts";
import { costWorld } from "../../../../../src/cost/plan/world.ts";
import { configured, planned, refers } from "../../../../helpers/cost-modules.ts";

function resourcesOf(root: JsonObject, configuration: JsonObject) {
  const plan = { planned_values: { root_module: root } };
  const world = costWorld(
    plannedInstances(plan),
    modulesOf({ root_module: configuration }),
    () => "us-east-1",
  );
  return (address: string) => {
    const found = world.find(({ resource }) => resource.address === address)?.resource;
    if (!found) throw new Error(`${address} is not in the plan`);
    return found;
  };
}

const addresses = (found: readonly { readonly address: string }[]) => found.map(({ address }) => address);

describe("references", () => {
  test("of a nested block are found in the configuration, by attribute and from the other side", () => {
    const at = resourcesOf(
      {
        resources: [
          planned("aws_instance.a"),
          planned("aws_launch_template.t"),
          planned("aws_launch_template.u"),
        ],
      },
      {
        resources: [
          configured("aws_instance", "a", {
            launch_template: [{ id: refers("aws_launch_template.t.id", "aws_launch_template.t") }],
            user_data: refers("aws_launch_template.u.name", "aws_launch_template.u"),
          }),
        ],
      },
    );
    expect(addresses(at("aws_instance.a").references("launch_template"))).toEqual(["aws_launch_template.t"]);
    expect(addresses(at("aws_instance.a").references("launch_template.id", "aws_instance"))).toEqual([]);
    expect(addresses(at("aws_instance.a").references("*"))).toHaveLength(2);
    expect(addresses(at("aws_launch_template.t").referencedBy("aws_instance", "launch_template"))).toEqual([
      "aws_instance.a",
    ]);
    expect(at("aws_launch_template.u").referencedBy("aws_instance", "launch_template")).toEqual([]);
  });

  test("with count.index mean the instance of the same index, a splat means all", () => {
    const all = [0, 1].flatMap((at) => [planned(`aws_eip.e[${at}]`), planned(`aws_nat_gateway.n[${at}]`)]);
    const at = resourcesOf(
      { resources: [...all, planned("aws_lb.l")] },
      {
        resources: [
          configured("aws_nat_gateway", "n", { allocation_id: refers("aws_eip.e", "count.index") }),
          configured("aws_lb", "l", { subnets: refers("aws_eip.e") }),
        ],
      },
    );
    expect(addresses(at("aws_nat_gateway.n[1]").references("allocation_id"))).toEqual(["aws_eip.e[1]"]);
    expect(addresses(at("aws_lb.l").references("subnets"))).toEqual(["aws_eip.e[0]", "aws_eip.e[1]"]);
  });

  test("through an output of a module with for_each keep the key", () => {
    const inner = {
      resources: [configured("aws_launch_template", "t")],
      outputs: { id: { expression: refers("aws_launch_template.t.id", "aws_launch_template.t") } },
    };
    const at = resourcesOf(
      {
        resources: [planned('aws_instance.a["x.y"]'), planned("aws_instance.b")],
        child_modules: ["x.y", "z"].map((key) => ({
          address: `module.m["${key}"]`,
          resources: [planned(`module.m["${key}"].aws_launch_template.t`)],
        })),
      },
      {
        resources: [
          configured("aws_instance", "a", {
            launch_template: [{ id: refers("module.m", "each.key") }],
            ami: refers("module.m.id", "module.m", "each.key"),
          }),
          configured("aws_instance", "b", { ami: refers('module.m["z"].id', 'module.m["z"]', "module.m") }),
        ],
        module_calls: { m: { module: inner } },
      },
    );
    expect(addresses(at('aws_instance.a["x.y"]').references("ami"))).toEqual([
      'module.m["x.y"].aws_launch_template.t',
    ]);
    expect(addresses(at("aws_instance.b").references("ami"))).toEqual([
      'module.m["z"].aws_launch_template.t',
    ]);
  });

  test("through a variable lead out of the module", () => {
    const at = resourcesOf(
      {
        resources: [planned("aws_launch_template.t")],
        child_modules: [
          {
            address: "module.m",
            resources: [],
            child_modules: [
              { address: "module.m.module.n", resources: [planned("module.m.module.n.aws_instance.a")] },
            ],
          },
        ],
      },
      {
        resources: [configured("aws_launch_template", "t")],
        module_calls: {
          m: {
            expressions: { template: refers("aws_launch_template.t.id", "aws_launch_template.t") },
            module: {
              module_calls: {
                n: {
                  expressions: { template_id: refers("var.template") },
                  module: {
                    resources: [
                      configured("aws_instance", "a", {
                        launch_template: [{ id: refers("var.template_id") }],
                      }),
                    ],
                  },
                },
              },
            },
          },
        },
      },
    );
    expect(addresses(at("module.m.module.n.aws_instance.a").references("launch_template"))).toEqual([
      "aws_launch_template.t",
    ]);
  });

  test("in each.value lead to what for_each walks over", () => {
    const at = resourcesOf(
      {
        resources: [planned('aws_eip.e["a"]'), planned('aws_eip.e["b"]'), planned('aws_nat_gateway.n["b"]')],
      },
      {
        resources: [
          configured(
            "aws_nat_gateway",
            "n",
            { allocation_id: refers("each.value.id", "each.value") },
            { for_each_expression: refers("aws_eip.e") },
          ),
        ],
      },
    );
    expect(addresses(at('aws_nat_gateway.n["b"]').references("allocation_id"))).toEqual(['aws_eip.e["b"]']);
  });

  test("without a configuration are read from identifiers", () => {
    const at = resourcesOf(
      {
        resources: [
          planned("aws_instance.a", { launch_template: [{ id: "lt-1" }] }),
          planned("aws_launch_template.t", { id: "lt-1" }),
        ],
      },
      {},
    );
    expect(addresses(at("aws_instance.a").references("launch_template"))).toEqual(["aws_launch_template.t"]);
  });

  test("that go round in circles end", () => {
    const loop = { outputs: { id: { expression: refers("var.id") } } };
    const at = resourcesOf(
      {
        resources: [planned("aws_instance.a")],
        child_modules: [{ address: "module.m", resources: [planned("module.m.aws_eip.e")] }],
      },
      {
        resources: [configured("aws_instance", "a", { ami: refers("module.m.id") })],
        module_calls: { m: { expressions: { id: refers("module.m.id") }, module: loop } },
      },
    );
    expect(at("aws_instance.a").references("ami")).toEqual([]);
  });
});

test("what is known only after apply is told at, above and below a path", () => {
  const plan = {
    planned_values: {
      root_module: { resources: [planned("aws_instance.a", { root_block_device: [{ volume_size: "30" }] })] },
    },
    resource_changes: [
      { address: "aws_instance.a", change: { after_unknown: { arn: true, network: [{ ip: true }] } } },
    ],
  };
  const [found] = costWorld(plannedInstances(plan), modulesOf({}), () => undefined);
  const resource = found?.resource;
  expect(
    ["arn", "network", "network.ip", "network.port", "ami"].map((path) => resource?.isUnknown(path)),
  ).toEqual([true, true, true, false, false]);
  expect(resource?.number("root_block_device.volume_size")).toBe(30);
  expect(resource?.value("root_block_device.iops")).toBeUndefined();
});
