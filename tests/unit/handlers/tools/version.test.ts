import { expect, test } from "vitest";
import { compareVersions, readVersion } from "../../../../handlers/tools/version.ts";

test.each([
  ["Terraform v1.11.4\non linux_amd64", "1.11.4"],
  ["3.3.30\n", "3.3.30"],
  ["v1.28.14", "1.28.14"],
  ["OpenTofu v1.10.0-rc1", "1.10.0-rc1"],
  ["Terraform v0.12.31", "0.12.31"],
  ["no number at all", undefined],
  ["You are running a locally built version of tfsec.", undefined],
])("reads the version in %j", (text, version) => {
  expect(readVersion(text)).toBe(version);
});

test("orders versions by number, and a pre-release below its release", () => {
  const ascending = [
    "0.12.31",
    "1.4.9",
    "1.5.0-alpha",
    "1.5.0-alpha.1",
    "1.5.0-alpha.beta",
    "1.5.0-rc.2",
    "1.5.0-rc.10",
    "1.5.0",
    "1.10.0",
  ];
  expect([...ascending].reverse().sort(compareVersions)).toEqual(ascending);
});

test.each([
  ["1.5", "1.5.0"],
  ["v1.5.0", "1.5.0"],
  ["1.5.0+build.7", "1.5.0"],
])("takes %s and %s for the same", (left, right) => {
  expect(compareVersions(left, right)).toBe(0);
});
