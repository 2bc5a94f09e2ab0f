import { describe, expect, test } from "vitest";
import { modulePath, viewPlan, type PlanView } from "../../../../../src/practices/plan/plan-view.ts";
import { made, planDocument, refersTo } from "../../../../helpers/plan-document.ts";

const at = (plan: PlanView, address: string) => {
  const found = plan.resources.find((resource) => resource.address === address);
  if (found === undefined) throw new Error(`no ${address}`);
  return found;
};
const addresses = (found: readonly { readonly address: string }[]): readonly string[] =>
  found.map(({ address }) => address);

describe("references", () => {
  const plan = viewPlan(
    planDocument({
      resources: [
        made("aws_sqs_queue.q", {}, { redrive_policy: refersTo("aws_sqs_queue.dead.arn") }),
        made("aws_sqs_queue.dead"),
        made("aws_lambda_function.f[0]", {}, { role: refersTo("aws_iam_role.r.arn") }),
        made("aws_lambda_function.f[1]", {}, { role: refersTo("aws_iam_role.r.arn") }),
        made("aws_iam_role.r[0]"),
        made("aws_iam_role.r[1]"),
        {
          ...made(
            "aws_lambda_alias.a",
            {},
            { function_name: { references: ["each.value.arn", "each.value"] } },
          ),
          forEach: refersTo("aws_lambda_function.f"),
        },
        made("module.m.aws_sns_topic.t", {}, { kms_master_key_id: { references: ["var.key"] } }),
        made("aws_kms_key.k"),
        made(
          "aws_sns_topic_subscription.s",
          {},
          { topic_arn: { references: ["module.m.topic", "module.m"] } },
        ),
      ],
      modules: {
        m: {
          expressions: { key: refersTo("aws_kms_key.k.arn") },
          module: {
            outputs: { topic: { expression: { references: ["aws_sns_topic.t.arn", "aws_sns_topic.t"] } } },
          },
        },
      },
    }),
  );
  test("of one argument, and of all", () => {
    expect(addresses(plan.references.of(at(plan, "aws_sqs_queue.q"), "redrive_policy"))).toEqual([
      "aws_sqs_queue.dead",
    ]);
    expect(addresses(plan.references.of(at(plan, "aws_sqs_queue.q")))).toEqual(["aws_sqs_queue.dead"]);
    expect(plan.references.of(at(plan, "aws_sqs_queue.q"), "policy")).toEqual([]);
  });
  test("the other way round", () => {
    expect(addresses(plan.references.to(at(plan, "aws_sqs_queue.dead"), "aws_sqs_queue"))).toEqual([
      "aws_sqs_queue.q",
    ]);
    expect(plan.references.to(at(plan, "aws_sqs_queue.q"), "aws_sqs_queue")).toEqual([]);
  });
  test("instances with the same key belong together", () => {
    expect(addresses(plan.references.of(at(plan, "aws_lambda_function.f[1]"), "role"))).toEqual([
      "aws_iam_role.r[1]",
    ]);
  });
  test("each.value is what for_each goes over", () => {
    expect(addresses(plan.references.of(at(plan, "aws_lambda_alias.a"), "function_name"))).toEqual([
      "aws_lambda_function.f[0]",
      "aws_lambda_function.f[1]",
    ]);
  });
  test("into a module by its variable, and out of it by its output", () => {
    expect(addresses(plan.references.of(at(plan, "module.m.aws_sns_topic.t"), "kms_master_key_id"))).toEqual([
      "aws_kms_key.k",
    ]);
    expect(addresses(plan.references.of(at(plan, "aws_sns_topic_subscription.s"), "topic_arn"))).toEqual([
      "module.m.aws_sns_topic.t",
    ]);
  });
});

test("many against many are paired, so that a large plan stays small", () => {
  const many = Array.from({ length: 2_000 }, (_, index) => [
    made(`aws_sqs_queue.q["q${index}"]`),
    made(
      `aws_lambda_event_source_mapping.m["m${index}"]`,
      {},
      { event_source_arn: refersTo("aws_sqs_queue.q.arn") },
    ),
  ]);
  const plan = viewPlan(
    planDocument({
      resources: [...many.flat(), made("aws_iam_policy.p", {}, { policy: refersTo("aws_sqs_queue.q.arn") })],
    }),
  );
  const mappings = plan.ofType("aws_lambda_event_source_mapping");
  const queues = new Set(mappings.flatMap((mapping) => plan.references.of(mapping)));
  expect([mappings.length, queues.size]).toEqual([2_000, 2_000]);
  expect(mappings.every((mapping) => plan.references.of(mapping).length === 1)).toBe(true);
  // One that refers to all of them means all of them.
  expect(plan.references.of(at(plan, "aws_iam_policy.p"))).toHaveLength(2_000);
});

test("modules that hand a reference round in a circle end somewhere", () => {
  const plan = viewPlan(
    planDocument({
      resources: [made("module.m.aws_sns_topic.t", {}, { x: { references: ["var.a"] } })],
      modules: {
        m: {
          expressions: { a: { references: ["module.m.out", "module.m"] } },
          module: { outputs: { out: { expression: { references: ["var.a"] } } } },
        },
      },
    }),
  );
  expect(plan.references.of(at(plan, "module.m.aws_sns_topic.t"))).toEqual([]);
});

test.each([
  ["", ""],
  ["module.a", "a"],
  ['module.a["x.y[0]"].module.b[3]', "a.b"],
])("the module %s is %s in the configuration", (address, path) => {
  expect(modulePath(address)).toBe(path);
});

test("deleted and deposed instances are lost, data sources are nothing", () => {
  const document = planDocument({
    resources: [
      { address: "aws_sqs_queue.gone", before: {}, actions: ["delete"] },
      { address: "aws_sqs_queue.renewed", before: {}, actions: ["create", "delete"] },
      { ...made("data.aws_ami.a"), mode: "data" },
    ],
  });
  const plan = viewPlan(document);
  expect(addresses(plan.resources)).toEqual(["aws_sqs_queue.renewed"]);
  expect(addresses(plan.lost)).toEqual(["aws_sqs_queue.gone", "aws_sqs_queue.renewed"]);
});
