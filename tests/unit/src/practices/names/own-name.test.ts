import { describe, expect, test } from "vitest";
import { namesToMatch, ownName } from "../../../../../src/practices/names/own-name.ts";
import type { PlannedResource } from "../../../../../src/practices/plan/planned-resource.ts";
import { viewPlan } from "../../../../../src/practices/plan/plan-view.ts";
import {
  constant,
  made,
  planDocument,
  refersTo,
  type PlannedPart,
} from "../../../../helpers/plan-document.ts";

function resource(part: PlannedPart): PlannedResource {
  const [only] = viewPlan(planDocument({ resources: [part] })).resources;
  if (only === undefined) throw new Error("no resource");
  return only;
}

describe("what a resource calls itself", () => {
  test.each<readonly [string, PlannedPart, object]>([
    ["a name", made("aws_sqs_queue.q", { name: "jobs" }), { kind: "named", argument: "name", name: "jobs" }],
    [
      "an argument of its own",
      made("aws_s3_bucket.b", { bucket: "files" }),
      { kind: "named", argument: "bucket", name: "files" },
    ],
    [
      "a prefix",
      made("aws_sqs_queue.q", { name_prefix: "jobs-" }),
      { kind: "prefixed", argument: "name_prefix", prefix: "jobs-" },
    ],
    [
      "a name that is not known",
      { address: "aws_sqs_queue.q", unknown: { name: true }, wrote: { name: refersTo("random_pet.p.id") } },
      { kind: "unknown", argument: "name" },
    ],
    [
      "a name that nobody chose",
      { address: "aws_sqs_queue.q", unknown: { name: true }, wrote: {} },
      { kind: "none" },
    ],
    [
      "a secret name",
      { address: "aws_sqs_queue.q", after: { name: "x" }, sensitive: { name: true } },
      { kind: "secret" },
    ],
    ["a host name", made("aws_route53_record.r", { name: "www.example.com" }), { kind: "none" }],
    [
      "a tag",
      made("aws_vpc.v", { tags_all: { Name: "main" } }),
      { kind: "named", argument: "tags.Name", name: "main" },
    ],
    ["nothing", made("aws_vpc.v", {}, { cidr_block: constant("10.0.0.0/16") }), { kind: "none" }],
  ])("%s", (_what, part, own) => {
    expect(ownName(resource(part))).toEqual(own);
  });
  test("the schema tells the argument of a type that has no limit here", () => {
    const part = made("aws_example_thing.t", { thing_name: "a", parent_name: "b" });
    const schemas = { aws_example_thing: { allTags: false, names: ["thing_name"] } };
    expect(ownName(resource(part), { schemas })).toEqual({
      kind: "named",
      argument: "thing_name",
      name: "a",
    });
  });
});

test.each([
  ["alias/orders", "orders"],
  ["/aws/lambda/orders-test-f", "orders-test-f"],
  ["/ecs/orders-test", "orders-test"],
  ["orders-test.fifo", "orders-test"],
  ["/orders/test/url", "orders-test-url"],
])("%s is held against a pattern as %s too", (name, form) => {
  expect(namesToMatch(name)).toContain(form);
});
