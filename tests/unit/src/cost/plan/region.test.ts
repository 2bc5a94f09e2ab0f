import { expect, test } from "vitest";
import type { JsonObject } from "../../../../../src/core/json.ts";
import { modulesOf } from "../../../../../src/cost/plan/configuration.ts";
import { plannedInstances } from "../../../../../src/cost/plan/instances.ts";
import { regionReader } from "../../../../../src/cost/plan/region.ts";
import { configured, constant, planned, refers } from "../../../../helpers/cost-modules.ts";

function regionsOf(
  resources: readonly JsonObject[],
  configuration: JsonObject,
  { variables = {}, fallback }: { readonly variables?: JsonObject; readonly fallback?: string } = {},
): readonly (string | undefined)[] {
  const plan = { planned_values: { root_module: { resources } }, configuration, variables };
  return plannedInstances(plan).map(regionReader(plan, modulesOf(configuration), fallback));
}

test("an alias has its own region, constant or by variable or by the variable's default", () => {
  const configuration = {
    provider_config: {
      aws: { expressions: { region: constant("us-east-1") } },
      "aws.west": { expressions: { region: refers("var.west") } },
      "aws.south": { expressions: { region: refers("var.south") } },
    },
    root_module: {
      variables: { south: { default: "sa-east-1" } },
      resources: [
        configured("aws_eip", "a"),
        configured("aws_eip", "b", {}, { provider_config_key: "aws.west" }),
        configured("aws_eip", "c", {}, { provider_config_key: "aws.south" }),
      ],
    },
  };
  const resources = ["a", "b", "c"].map((name) => planned(`aws_eip.${name}`));
  const variables = { west: { value: "us-west-2" } };
  expect(regionsOf(resources, configuration, { variables })).toEqual(["us-east-1", "us-west-2", "sa-east-1"]);
});

test("a resource's own region and ARN are surer than its provider, its zone is less sure", () => {
  const configuration = {
    provider_config: { aws: { expressions: { region: constant("us-east-1") } }, "aws.x": {} },
    root_module: {
      resources: ["a", "b"]
        .map((name) => configured("aws_eip", name))
        .concat(configured("aws_eip", "c", {}, { provider_config_key: "aws.x" })),
    },
  };
  const resources = [
    planned("aws_eip.a", { region: "eu-west-1" }),
    planned("aws_eip.b", { arn: "arn:aws:ec2:ap-southeast-1:123456789012:eip/e" }),
    planned("aws_eip.c", { availability_zone: "us-west-2b" }),
  ];
  expect(regionsOf(resources, configuration)).toEqual(["eu-west-1", "ap-southeast-1", "us-west-2"]);
});

test("without any of these the caller's region is taken, and nothing is made up", () => {
  const configuration = {
    provider_config: { aws: {} },
    root_module: { resources: [configured("aws_eip", "a")] },
  };
  expect(regionsOf([planned("aws_eip.a")], configuration, { fallback: "eu-west-1" })).toEqual(["eu-west-1"]);
  expect(regionsOf([planned("aws_eip.a", { region: "somewhere" })], configuration)).toEqual([undefined]);
});

test("an alias whose region cannot be read does not get the default provider's", () => {
  const configuration = {
    provider_config: {
      aws: { expressions: { region: constant("us-east-1") } },
      "aws.far": { expressions: { region: refers("local.region") } },
    },
    root_module: { resources: [configured("aws_eip", "a", {}, { provider_config_key: "aws.far" })] },
  };
  const resources = [planned("aws_eip.a"), planned("aws_eip.deleted")];
  expect(regionsOf(resources, configuration, { fallback: "eu-west-1" })).toEqual([undefined, "us-east-1"]);
});

test("a module's provider that nobody configures is the default one, unless it has a region of its own", () => {
  const within = (name: string, key: string): JsonObject => ({
    module: { resources: [configured("aws_eip", "a", {}, { provider_config_key: key })], name },
  });
  const configuration = {
    provider_config: {
      "module.m:aws": { module_address: "module.m" },
      "module.n:aws": { module_address: "module.n", expressions: { region: refers("local.region") } },
    },
    root_module: { module_calls: { m: within("m", "module.m:aws"), n: within("n", "module.n:aws") } },
  };
  const child_modules = ["m", "n"].map((name) => ({
    address: `module.${name}`,
    resources: [planned(`module.${name}.aws_eip.a`)],
  }));
  const plan = { planned_values: { root_module: { child_modules } }, configuration, variables: {} };
  const regions = plannedInstances(plan).map(regionReader(plan, modulesOf(configuration), "eu-west-1"));
  expect(regions).toEqual(["eu-west-1", undefined]);
});
