import { expect, test } from "vitest";
import { readTerraformVersion } from "../../../../handlers/tools/terraform-version.ts";

test.each([
  ['{"terraform_version":"1.11.4","platform":"linux_amd64"}', "1.11.4"],
  ["Terraform v0.11.14\n\nYour version is out of date!", "0.11.14"],
  ["OpenTofu v1.9.0\non linux_amd64", "1.9.0"],
  ["{broken", undefined],
  ['{"other":"1.2.3"}', undefined],
  ["some program 1.2.3", undefined],
  ["", undefined],
])("of %j is %s", (stdout, version) => {
  expect(readTerraformVersion(stdout)).toBe(version);
});
