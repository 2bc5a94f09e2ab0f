import { expect, test } from "vitest";
import { exceptDrift } from "../../../../../src/checks/configuration/exceptions.ts";
import type { DriftedResource, DriftException } from "../../../../../src/core/drift.ts";

const exception = (more: Partial<DriftException>): DriftException => ({
  reason: "scaled by hand",
  owner: "ada",
  source: "faber.yaml:3:5",
  ...more,
});

const attribute = (path: string): DriftedResource["attributes"][number] => ({
  path,
  sensitive: false,
  managed: true,
  severity: "MEDIUM",
});

const drifted: readonly DriftedResource[] = [
  {
    address: "aws_a.x",
    type: "aws_a",
    change: "changed",
    attributes: [attribute("tags.Team"), attribute("size")],
  },
  { address: "aws_b.y", type: "aws_b", change: "gone", attributes: [] },
];

function left(exceptions: readonly DriftException[], needsExpiry = false): readonly string[] {
  const { resources } = exceptDrift(drifted, { exceptions, today: "2026-11-21", needsExpiry });
  return resources.flatMap(({ address, attributes, change }) =>
    change === "gone" ? [address] : attributes.map(({ path }) => `${address} ${path}`),
  );
}

const all = ["aws_a.x tags.Team", "aws_a.x size", "aws_b.y"];

test.each<[string, Partial<DriftException>, readonly string[]]>([
  ["an attribute, wherever it is", { attribute: "tags" }, ["aws_a.x size", "aws_b.y"]],
  ["a pattern of attributes", { attribute: "tags.T*" }, ["aws_a.x size", "aws_b.y"]],
  [
    "an attribute of some addresses",
    { address: "aws_a.*", attribute: "size" },
    ["aws_a.x tags.Team", "aws_b.y"],
  ],
  ["a whole resource, gone or not", { address: "aws_b.y" }, ["aws_a.x tags.Team", "aws_a.x size"]],
  ["another address", { address: "aws_c.*", attribute: "size" }, all],
  ["a word that an attribute only begins with", { attribute: "siz" }, all],
  ["an attribute of what is gone", { address: "aws_b.y", attribute: "size" }, all],
  ["its last day", { attribute: "size", expires: "2026-11-21" }, ["aws_a.x tags.Team", "aws_b.y"]],
  ["a day after its last", { attribute: "size", expires: "2026-11-20" }, all],
])("%s", (_what, more, expected) => {
  expect(left([exception(more)])).toEqual(expected);
});

test("in a protected environment what has no last day holds for nothing, and is said", () => {
  const endless = exception({ attribute: "size" });
  expect(left([endless], true)).toEqual(all);
  expect(
    exceptDrift(drifted, { exceptions: [endless], today: "2026-11-21", needsExpiry: true }),
  ).toMatchObject({
    ignored: [],
    lapsed: [endless],
  });
});

test("what was taken out is told, with who answers for it", () => {
  const by = exception({ attribute: "size" });
  expect(exceptDrift(drifted, { exceptions: [by], today: "2026-11-21", needsExpiry: false }).ignored).toEqual(
    [{ address: "aws_a.x", path: "size", by }],
  );
});
