import { expect, test } from "vitest";
import { whyNotOurs } from "../../../../src/fixes/project-tags.ts";

const ours = { Project: "shop", Environment: "test", Color: "red" };

test.each([
  ["all that tells whose it is agrees", ours, { ...ours, Color: "blue", More: "x" }, undefined],
  ["with a prefix", { "acme:project": "shop" }, { "acme:project": "shop" }, undefined],
  ["the plan names no project", { Environment: "test" }, ours, "no tag that the plan gives it"],
  [
    "the name of the project stands in a tag that tells nothing",
    { Note: "shop" },
    { Note: "shop" },
    "no tag",
  ],
  ["nothing is known of its tags", ours, undefined, "could not be read"],
  ["it is untagged", ours, {}, "should say shop, and it has none"],
  ["it is another project's", ours, { ...ours, Project: "bank" }, "it says bank"],
  ["it is another environment's", ours, { ...ours, Environment: "prod" }, "it says prod"],
])("%s", (_what, planned, found, why) => {
  const told = whyNotOurs(
    planned as Record<string, string>,
    found as Record<string, string> | undefined,
    "shop",
  );
  if (why === undefined) expect(told).toBeUndefined();
  else expect(told).toContain(why);
});
