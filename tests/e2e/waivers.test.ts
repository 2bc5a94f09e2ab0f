import { beforeAll, describe, expect, test } from "vitest";
import { arrayAt, objectAt, stringAt, type JsonObject } from "../../src/core/json.ts";
import { noEmulator, useEmulator } from "../helpers/emulator.ts";
import { faber, type FaberRun } from "../helpers/faber.ts";
import { projectFrom, type Project } from "../helpers/project.ts";
import { noTerraform } from "../helpers/terraform.ts";
import { toolPath } from "../helpers/tools.ts";

const noScanner = toolPath("checkov") === undefined ? "Checkov is not installed" : undefined;
const why = noTerraform ?? noEmulator ?? noScanner;
if (why !== undefined) console.warn(`skipped: waivers: ${why}`);

const endpoint = useEmulator(4756);

const bucket = (name: string): string => `
resource "aws_s3_bucket" "${name}" {
  bucket = "shop-test-${name}"
}

resource "aws_s3_bucket_acl" "${name}" {
  bucket = aws_s3_bucket.${name}.id
  acl    = "public-read"
}
`;
const provider = `terraform {
  required_version = ">= 1.5"

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
`;
/** Only what is critical blocks here: the bucket lacks more than its privacy. */
const settings = (more: string, environment = ""): string => `project: shop
environments:
  test: { hosting: emulator, endpoint: "${endpoint}", region: us-east-1${environment} }
gate: { max_critical: 0, max_high: 50 }
optional_tests: [tfsec_security]
${more}`;
const waiver = (expires: string): string =>
  `  - rule: CKV_AWS_20\n    address: aws_s3_bucket.site\n    reason: it is a website\n    owner: ada\n    expires: ${expires}\n`;

describe.skipIf(why !== undefined)("a public bucket", { concurrent: false }, () => {
  let project: Project;
  beforeAll(async () => {
    project = await projectFrom("words", {
      "faber.yaml": settings(""),
      "main.tf": `${provider}${bucket("site")}`,
    });
  });
  const run = (...more: readonly string[]): Promise<FaberRun> =>
    faber(["test", "--env=test", "--json", ...more], { cwd: project.dir });
  const publicOnes = (report: JsonObject): readonly JsonObject[] =>
    arrayAt(report["tests"])
      .flatMap((each) => arrayAt(objectAt(each)["findings"]))
      .map(objectAt)
      .filter((finding) => finding["rule"] === "CKV_AWS_20");

  test("blocks with exit 3", async () => {
    const ran = await run();
    expect(ran.code, ran.stderr).toBe(3);
    const report = ran.json();
    expect(report).toMatchObject({ overall_status: "FAIL", exit: { code: 3, name: "test-failed" } });
    expect(publicOnes(report)).toMatchObject([{ severity: "CRITICAL", address: "aws_s3_bucket.site" }]);
    expect(report).not.toHaveProperty("waivers");
    expect(report).not.toHaveProperty("baseline");
  });

  test("passes with a waiver, which the report shows, and no scan is made twice", async () => {
    await project.write({ "faber.yaml": settings(`waivers:\n${waiver("2999-12-31")}`) });
    const ran = await run();
    expect(ran.code, ran.stderr).toBe(0);
    const report = ran.json();
    expect(report).toMatchObject({
      summary: { critical_issues: 0 },
      waivers: {
        applied: [{ rule: "CKV_AWS_20", owner: "ada", findings: 1, source: "faber.yaml:7:5" }],
        expired: [],
      },
    });
    expect(publicOnes(report)).toMatchObject([
      { waived: { reason: "it is a website", by: "ada", until: "2999-12-31" } },
    ]);
    const reused = arrayAt(report["tests"]).filter((each) => objectAt(each)["reused"] === true);
    expect(reused.map((each) => stringAt(objectAt(each)["name"]))).toContain("checkov_security");
    expect(ran.stderr).toMatch(/scans? reused/);
  });

  test("blocks again once the waiver has expired, and says so", async () => {
    await project.write({ "faber.yaml": settings(`waivers:\n${waiver("2026-01-31")}`) });
    const ran = await run();
    expect(ran.code, ran.stderr).toBe(3);
    expect(ran.json()).toMatchObject({ waivers: { applied: [], expired: [{ rule: "CKV_AWS_20" }] } });
    expect(ran.stderr.replace(/\s+/g, " ")).toContain("expired on 2026-01-31");
  });

  test("is accepted by a baseline, and a second one beside it is not", async () => {
    await project.write({ "faber.yaml": settings("baseline: baseline.json\n") });
    const without = await run();
    expect(without.code).toBe(64);
    expect(without.stderr).toContain("--update-baseline");
    const refused = await faber(["test", "--env=test", "--update-baseline"], {
      cwd: project.dir,
      env: { CI: "true" },
    });
    expect(refused.code).toBe(4);
    expect(project.has("baseline.json")).toBe(false);
    const written = await run("--update-baseline", "--yes");
    expect(written.code, written.stderr).toBe(0);
    const kept = await run();
    expect(kept.code, kept.stderr).toBe(0);
    expect(kept.json()).toMatchObject({ baseline: { new: 0, fixed: 0 } });
    await project.write({ "second.tf": bucket("second") });
    const second = await run();
    expect(second.code, second.stderr).toBe(3);
    const counting = publicOnes(second.json()).filter((finding) => finding["known"] === undefined);
    expect(counting.map((finding) => finding["address"])).toEqual(["aws_s3_bucket.second"]);
  });

  test("a broken baseline, and a broken file of waivers, are refused with their place", async () => {
    await project.write({
      "baseline.json": '{\n  "schema_version": "faber.baseline/1",\n  "findings": 7\n}\n',
    });
    const baseline = await run();
    expect(baseline.code).toBe(64);
    expect(baseline.stderr).toContain("baseline.json:3:15");
    await project.write({
      "faber.yaml": settings("waivers: waivers.yaml\n"),
      "waivers.yaml": "waivers:\n  - { rule: CKV_AWS_20, owner: ada }\n",
    });
    const waivers = await run();
    expect(waivers.code).toBe(64);
    expect(waivers.stderr).toContain("waivers.yaml:2:5");
  });

  test("a comment that hides it counts for nothing with --ignore-inline-skips", async () => {
    const skip = "  #checkov:skip=CKV_AWS_20:nobody will see\n  bucket =";
    await project.write({
      "faber.yaml": settings(""),
      "main.tf": `${provider}${bucket("site").replace("  bucket =", skip)}`,
      "second.tf": "",
    });
    const heard = await run();
    expect(heard.code, heard.stderr).toBe(0);
    const ignored = await run("--ignore-inline-skips");
    expect(ignored.code, ignored.stderr).toBe(3);
    const [listed] = arrayAt(ignored.json()["tests"])
      .map(objectAt)
      .filter((each) => each["name"] === "checkov_security");
    expect(listed?.["inline_skips"]).toEqual([
      { rule: "CKV_AWS_20", file: "main.tf", reason: "nobody will see" },
    ]);
  });
});
