import { beforeAll, describe, expect, test } from "vitest";
import { arrayAt, objectAt, type JsonObject } from "../../src/core/json.ts";
import { noEmulator, useEmulator } from "../helpers/emulator.ts";
import { faber, type FaberRun } from "../helpers/faber.ts";
import { projectFrom, projectFromStack, type Project } from "../helpers/project.ts";
import { noTerraform } from "../helpers/terraform.ts";
import { toolPath } from "../helpers/tools.ts";

const missing = (["checkov", "tfsec"] as const).find((tool) => toolPath(tool) === undefined);
const noScanner = missing === undefined ? undefined : `${missing} is not installed`;
const why = noTerraform ?? noEmulator ?? noScanner;
if (why !== undefined) console.warn(`skipped: pre-deployment tests: ${why}`);

const endpoint = useEmulator(4764);

function testNamed(report: JsonObject, name: string): JsonObject {
  return objectAt(arrayAt(report["tests"]).find((one) => objectAt(one)["name"] === name));
}

describe.skipIf(why !== undefined)(
  "the seed's first example, on real scanners",
  { concurrent: false },
  () => {
    let project: Project;
    let ran: FaberRun;
    beforeAll(async () => {
      project = await projectFromStack("plain");
      await project.write({
        "faber.yaml": (await project.read("faber.yaml")).replace("http://127.0.0.1:4566", endpoint),
      });
      ran = await faber(["test", "--env=test", "--phase=pre-deployment", "--json"], { cwd: project.dir });
    });

    test("runs every test, and each says what it found", () => {
      expect(ran.code, ran.stderr).toBe(0);
      const report = ran.json();
      const names = arrayAt(report["tests"]).map((one) => objectAt(one)["name"]);
      expect(names).toEqual([
        "terraform_validation",
        "checkov_security",
        "tfsec_security",
        "cost_estimation",
        "naming_compliance",
        "tagging_compliance",
        "config_best_practices",
      ]);
      expect(report).toMatchObject({
        phase: "pre-deployment",
        environment: "test",
        overall_status: "WARN",
        summary: { total_tests: 7, failed: 0, errors: 0, skipped: 0, critical_issues: 0 },
      });
      expect(testNamed(report, "cost_estimation")).toMatchObject({
        status: "PASS",
        estimated_monthly_cost: "0.00",
        cost_threshold: "100.00",
        resource_breakdown: { S3: "0.00" },
      });
      expect(testNamed(report, "checkov_security")["resources_scanned"]).toBeGreaterThan(0);
    });

    test("says the same again without scanning anything anew", async () => {
      const again = await faber(["test", "--env=test", "--json"], { cwd: project.dir });
      expect(again.code, again.stderr).toBe(0);
      for (const name of ["checkov_security", "tfsec_security"]) {
        const [before, after] = [testNamed(ran.json(), name), testNamed(again.json(), name)];
        expect(after["reused"], name).toBe(true);
        expect(after["findings"], name).toEqual(before["findings"]);
      }
    });

    test("tells a person in a few lines", async () => {
      const told = await faber(["test", "--env=test"], { cwd: project.dir });
      expect(told.stderr).toMatch(/! pre-tests +7 tests · 0 critical/);
      expect(told.stderr).toMatch(/✓ cost_estimation +\$0\.00 a month/);
      expect(told.stderr).toMatch(/✓ tagging_compliance +4 of 4 carry what is required/);
      for (const line of told.stderr.split("\n")) expect(line.length, line).toBeLessThanOrEqual(80);
    });
  },
);

const dear = `terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0, < 7.0"
    }
  }
}

provider "aws" {
  region = "us-east-1"
}

resource "aws_instance" "big" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "m5.4xlarge"
  tags          = { Name = "anything" }
}
`;

describe.skipIf(why !== undefined)("budgets, tags and names", { concurrent: false }, () => {
  const settings = (environment: string, tags: string): string => `project: shop
environments:
  test: { hosting: emulator, endpoint: "${endpoint}", region: us-east-1${environment} }
gate: { max_critical: 9, max_high: 99 }
tags: { ${tags} }
`;
  const testIt = async (environment: string, tags = "required: [Environment]"): Promise<FaberRun> => {
    const project = await projectFrom("words", {
      "main.tf": dear,
      "faber.yaml": settings(environment, tags),
    });
    return faber(["test", "--env=test", "--json"], { cwd: project.dir });
  };

  test("above the budget blocks with exit 3 and says by how much; near it warns; without one it passes", async () => {
    const above = await testIt(", budget: { monthly_usd: 100 }");
    expect(above.code, above.stderr).toBe(3);
    const cost = testNamed(above.json(), "cost_estimation");
    // 730 hours of an m5.4xlarge at 0.768, and 8 GB of gp2 at 0.10.
    expect(cost).toMatchObject({
      status: "FAIL",
      estimated_monthly_cost: "561.44",
      cost_threshold: "100.00",
    });
    const near = await testIt(", budget: { monthly_usd: 600 }");
    expect(testNamed(near.json(), "cost_estimation")["status"]).toBe("WARN");
    const none = await testIt("");
    expect(testNamed(none.json(), "cost_estimation")["status"]).toBe("PASS");
  });

  test("a missing tag warns, and fails where it is strict", async () => {
    const lax = await testIt("");
    expect(testNamed(lax.json(), "tagging_compliance")).toMatchObject({
      status: "WARN",
      findings: [{ rule: "required-tag", address: "aws_instance.big" }],
    });
    const strict = await testIt("", "required: [Environment], strict: true");
    expect(strict.code).toBe(3);
    expect(testNamed(strict.json(), "tagging_compliance")["status"]).toBe("FAIL");
  });
});
