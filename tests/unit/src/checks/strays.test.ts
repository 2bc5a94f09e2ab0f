import { describe, expect, it } from "vitest";
import { ownTags, regionsOf, straysAmong } from "../../../../src/checks/strays.ts";
import type { JsonObject } from "../../../../src/core/json.ts";
import type { Resource } from "../../../../src/core/resource.ts";

const shop = { project: "shop", name: "test" };
const base = { Project: "shop", Environment: "test" };
function resource(tags: JsonObject | undefined, more: Partial<Resource> = {}): Resource {
  const attributes: JsonObject = tags === undefined ? {} : { tags_all: tags };
  return { address: "a", type: "t", name: "a", provider: "p", tainted: false, attributes, ...more };
}

describe("the tags that a stack is known by", () => {
  it("are all that its resources have in common", () => {
    const resources = [
      resource({ ...base, Team: "a", Part: "x" }),
      resource({ ...base, Team: "a" }),
      resource(undefined),
    ];
    expect(ownTags(resources, shop)).toEqual({ ...base, Team: "a" });
  });

  it("are known however their keys are written", () =>
    expect(ownTags([resource({ project: "shop", environment: "test" })], shop)).toBeTruthy());

  it.each<[string, readonly Resource[]]>([
    ["nothing is tagged", [resource(undefined)]],
    ["one lacks the environment", [resource(base), resource({ Project: "shop" })]],
    ["they are of another project", [resource({ ...base, Project: "mail" })]],
    ["they are of another environment", [resource({ ...base, Environment: "prod" })]],
  ])("are none where %s", (_, resources) => expect(ownTags(resources, shop)).toBeUndefined());
});

describe("strays", () => {
  const queue = "arn:aws:sqs:us-east-1:1:q";
  const strays = (arn: string, tags: Readonly<Record<string, string>> = base, more: Partial<Resource> = {}) =>
    straysAmong([{ arn, tags }], [resource(base, more)]).length;

  it("are in no state by ARN or ID", () => {
    expect(strays(queue)).toBe(1);
    expect(strays(queue, base, { arn: queue })).toBe(0);
    expect(strays("arn:aws:ec2:us-east-1:1:elastic-ip/eipalloc-1", base, { id: "eipalloc-1" })).toBe(0);
    expect(
      strays("arn:aws:logs:us-east-1:1:log-group:/a", base, {
        arn: "arn:aws:logs:us-east-1:1:log-group:/a:*",
      }),
    ).toBe(0);
  });

  it("are not what a service made on the stack's behalf", () => {
    expect(strays("arn:aws:ecs:us-east-1:1:task/main/0123")).toBe(0);
    expect(strays("arn:aws:ec2:us-east-1:1:network-interface/eni-1")).toBe(0);
    expect(
      strays("arn:aws:ec2:us-east-1:1:instance/i-1", { ...base, "aws:autoscaling:groupName": "g" }),
    ).toBe(0);
  });

  it("are looked for where the stack is", () =>
    expect(
      regionsOf([resource(base, { arn: queue }), resource(base), resource(base, { arn: "arn:aws:s3:::b" })]),
    ).toEqual(["us-east-1"]));
});
