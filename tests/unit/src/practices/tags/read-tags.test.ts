import { describe, expect, test } from "vitest";
import { viewPlan } from "../../../../../src/practices/plan/plan-view.ts";
import { readTags, tagSnippet, type PlannedTags } from "../../../../../src/practices/tags/read-tags.ts";
import { made, planDocument, refersTo, type PlannedPart } from "../../../../helpers/plan-document.ts";

function tagsOf(...parts: readonly PlannedPart[]): PlannedTags | undefined {
  const plan = viewPlan(planDocument({ resources: parts }));
  const [first] = plan.resources;
  return first === undefined ? undefined : readTags(first, { plan });
}

describe("the tags of a planned resource", () => {
  test("tags_all counts, for it holds the provider's default_tags", () => {
    const tags = tagsOf(made("aws_sqs_queue.q", { tags: { A: "1" }, tags_all: { A: "1", B: "2" } }));
    expect(tags?.tags.map(({ key, value }) => [key, value])).toEqual([
      ["A", "1"],
      ["B", "2"],
    ]);
  });
  test("tags of null are none, and still a place for them", () => {
    expect(tagsOf(made("aws_sqs_queue.q", { tags: null, tags_all: {} }))).toEqual({
      tags: [],
      open: false,
      notPassedOn: [],
    });
  });
  test("a type without the argument cannot be tagged", () => {
    expect(tagsOf(made("aws_iam_role_policy.p", { name: "x" }))).toBeUndefined();
  });
  test("the whole is not known", () => {
    expect(tagsOf({ address: "aws_sqs_queue.q", unknown: { tags: true, tags_all: true } })).toEqual({
      tags: [],
      open: true,
      notPassedOn: [],
    });
  });
  test("one value is not known", () => {
    const tags = tagsOf({
      address: "aws_sqs_queue.q",
      after: { tags_all: { A: "1" } },
      unknown: { tags_all: { Late: true } },
    });
    expect(tags).toEqual({
      tags: [
        { key: "A", value: "1", sensitive: false },
        { key: "Late", sensitive: false },
      ],
      open: false,
      notPassedOn: [],
    });
  });
  test.each(["tags", "tags_all"])("a value that is sensitive in %s is so everywhere", (marked) => {
    const tags = tagsOf({
      address: "aws_sqs_queue.q",
      after: { tags: { A: "1" }, tags_all: { A: "1", B: "2" } },
      sensitive: { [marked]: { A: true } },
    });
    expect(tags?.tags.map(({ key, sensitive }) => [key, sensitive])).toEqual([
      ["A", true],
      ["B", false],
    ]);
  });
});

describe("a scaling group", () => {
  const group = (passedOn: boolean, wrote = {}) =>
    made(
      "aws_autoscaling_group.g",
      { tag: [{ key: "Environment", value: "test", propagate_at_launch: passedOn }] },
      wrote,
    );
  const template = made("aws_launch_template.t", {
    tag_specifications: [{ resource_type: "instance", tags: { Environment: "test" } }],
  });
  const usesTemplate = { launch_template: [{ id: refersTo("aws_launch_template.t.id") }] };
  test("has a block for each tag", () => {
    expect(tagsOf(group(true))?.tags).toEqual([{ key: "Environment", value: "test", sensitive: false }]);
  });
  test("keeps a tag from its machines", () => {
    expect(tagsOf(group(false, usesTemplate), { ...template, after: {} })?.notPassedOn).toEqual([
      "Environment",
    ]);
  });
  test("gives it to them by its launch template", () => {
    expect(tagsOf(group(false, usesTemplate), template)?.notPassedOn).toEqual([]);
  });
});

test.each([
  ["aws_sqs_queue", 'tags = { Environment = "test", "cost:center" = "..." }'],
  [
    "aws_autoscaling_group",
    'tag { key = "Environment", value = "test", propagate_at_launch = true }  tag { key = "cost:center", value = "...", propagate_at_launch = true }',
  ],
])("what to write into %s", (type, snippet) => {
  expect(tagSnippet(type, { Environment: "test", "cost:center": "..." })).toBe(snippet);
});
