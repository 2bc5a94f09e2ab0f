import { expect, test } from "vitest";
import { reduceProviderSchema } from "../../../../../handlers/iac/terraform/reduce-schema.ts";
import type { JsonObject } from "../../../../../src/core/json.ts";

const text = { type: "string", optional: true };
const computed = { type: "string", computed: true };
const map = (how: "optional" | "computed"): JsonObject => ({ type: ["map", "string"], [how]: true });

function reduced(type: string, attributes: JsonObject, blocks: JsonObject = {}) {
  return reduceProviderSchema({
    resource_schemas: { [type]: { block: { attributes, block_types: blocks } } },
  })[type];
}

test("a map of tags, and the one that the provider completes", () => {
  expect(
    reduced("aws_sqs_queue", { tags: map("optional"), tags_all: map("computed"), name: text, arn: computed }),
  ).toEqual({ tags: "map", allTags: true, names: ["name"] });
});
test("tags that only the provider fills in, and lists of tags, cannot be set like that", () => {
  expect(reduced("x_y", { tags: map("computed") })?.tags).toBeUndefined();
  expect(reduced("x_y", { tags: { type: ["set", "string"], optional: true } })?.tags).toBeUndefined();
});
test("a block for each tag", () => {
  const blocks = { tag: { nesting_mode: "set", block: { attributes: { key: text, value: text } } } };
  expect(reduced("aws_autoscaling_group", { name: text }, blocks)).toEqual({
    tags: "blocks",
    allTags: false,
    names: ["name"],
  });
});
test.each([
  ["aws_lambda_function", ["function_name"], ["function_name"]],
  ["aws_lambda_permission", ["function_name"], []],
  ["aws_rds_cluster", ["cluster_identifier", "database_name"], ["cluster_identifier"]],
  ["aws_rds_cluster_instance", ["cluster_identifier", "identifier"], ["identifier"]],
  ["aws_s3_bucket", ["bucket"], ["bucket"]],
  ["aws_s3_bucket_policy", ["bucket", "policy"], []],
  ["aws_ecs_task_definition", ["family"], ["family"]],
  ["aws_cloudwatch_metric_alarm", ["alarm_name", "metric_name"], ["alarm_name"]],
  ["aws_eks_node_group", ["cluster_name", "node_group_name"], ["node_group_name"]],
])("%s of %j calls itself by %j", (type, attributes, names) => {
  expect(reduced(type, Object.fromEntries(attributes.map((name) => [name, text])))?.names).toEqual(names);
});
test("an argument that cannot be set is no name", () => {
  expect(reduced("aws_vpc", { name: computed })?.names).toEqual([]);
});
