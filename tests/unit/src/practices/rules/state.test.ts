import type { ConfigurationFacts, ResourceBlock } from "../../../../../src/core/configuration-facts.ts";
import { state } from "../../../../../src/practices/rules/state.ts";
import { constant, made } from "../../../../helpers/plan-document.ts";
import { testRules } from "../../../../helpers/rule-cases.ts";

const block: ResourceBlock = {
  module: "",
  type: "aws_s3_bucket",
  name: "b",
  at: { file: "main.tf", line: 1 },
  preventsDestroy: false,
  createsBeforeDestroy: false,
  ignoresAllChanges: false,
};
const facts = (more: Partial<ConfigurationFacts> = {}): ConfigurationFacts => ({ blocks: [block], ...more });
const bucket = made("aws_s3_bucket.b");
const task = (image: string) =>
  made("aws_ecs_task_definition.t", { container_definitions: JSON.stringify([{ name: "a", image }]) });

testRules(state, {
  "state-on-this-machine": {
    objects: { resources: [bucket], facts: facts() },
    quiet: { resources: [bucket], facts: facts({ backend: { type: "s3" } }) },
  },
  "state-without-lock": {
    objects: { resources: [bucket], facts: facts({ backend: { type: "s3", locks: false } }) },
    quiet: { resources: [bucket], facts: facts({ backend: { type: "s3" } }) },
  },
  "tool-version-open": {
    objects: { resources: [bucket], facts: facts() },
    quiet: { resources: [bucket], facts: facts({ toolVersion: '"~> 1.11"' }) },
  },
  "no-prevent-destroy": {
    objects: { resources: [bucket], facts: facts(), at: "aws_s3_bucket.b" },
    quiet: {
      resources: [bucket, made("aws_iam_role.r")],
      facts: facts({
        blocks: [
          { ...block, preventsDestroy: true },
          { ...block, type: "aws_iam_role", name: "r" },
        ],
      }),
    },
  },
  "ignore-all-changes": {
    objects: {
      facts: facts({ blocks: [{ ...block, module: "a.b", ignoresAllChanges: true }] }),
      at: "module.a.module.b.aws_s3_bucket.b",
    },
    quiet: { facts: facts() },
  },
  "default-network-adopted": { objects: made("aws_default_vpc.d"), quiet: made("aws_vpc.d") },
  "image-latest": { objects: task("nginx:latest"), quiet: task("registry:5000/nginx:1.27") },
  "launch-template-latest": {
    objects: made(
      "aws_autoscaling_group.g",
      { launch_template: [{ version: "$Latest" }] },
      { launch_template: [{ version: constant("$Latest") }] },
    ),
    quiet: made(
      "aws_autoscaling_group.g",
      { launch_template: [{ version: "7" }] },
      { launch_template: [{ version: constant("7") }] },
    ),
  },
});
