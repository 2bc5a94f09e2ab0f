import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { DeleteTableCommand, DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { beforeAll, describe, expect, test } from "vitest";
import { arrayAt, objectAt, stringAt, type JsonObject } from "../../src/core/json.ts";
import { noEmulator, useEmulator } from "../helpers/emulator.ts";
import { faber, startFaber, type FaberRun } from "../helpers/faber.ts";
import { projectFromStack, type Project } from "../helpers/project.ts";
import { noTerraform } from "../helpers/terraform.ts";

const why = noTerraform ?? noEmulator;
if (why !== undefined) console.warn(`skipped: deploy to AWS: ${why}`);

const endpoint = useEmulator(4740);
const client = {
  endpoint,
  region: "us-east-1",
  credentials: { accessKeyId: "test", secretAccessKey: "test" },
  forcePathStyle: true,
} as const;
const bucket = "plain-test-reports-000000000000";

/** Each test goes on from where the one before it ended: a deploy takes half a minute. */
describe.skipIf(why !== undefined)("the whole way of a stack", { concurrent: false }, () => {
  let project: Project;
  let first: FaberRun;
  const run = (command: string, ...more: readonly string[]): Promise<FaberRun> =>
    faber([command, "--env=test", ...more], { cwd: project.dir });

  beforeAll(async () => {
    project = await projectFromStack("plain");
    await project.write({
      "faber.yaml": (await project.read("faber.yaml")).replace("http://127.0.0.1:4566", endpoint),
    });
    first = await run("deploy", "--yes", "--json");
  });

  test("deploys, stage by stage, and tells it in one document", () => {
    expect(first.code, first.stderr).toBe(0);
    const report = first.json();
    expect(report).toMatchObject({
      schema_version: "faber.run/1",
      command: "deploy",
      project: "plain",
      environment: "test",
      hosting: "emulator",
      identity: { account: "000000000000" },
      plan: { counts: { add: 9, change: 0, replace: 0, destroy: 0 } },
      approval: { via: "yes-flag" },
      applied: { in_state: 9, failed: [], uncertain: [], not_begun: [], tainted: [] },
      outputs: { bucket_name: bucket },
      exit: { code: 0, name: "done" },
    });
    const stages = arrayAt(report["stages"]).map((stage) => stringAt(objectAt(stage)["stage"]));
    expect(stages).toEqual(["validate", "pre-tests", "preview", "approve", "deploy", "post-tests"]);
    // What a log shows comes in the same order, and none of it on stdout.
    const places = stages.map((stage) => first.stderr.indexOf(`· ${stage}`));
    expect(places.every((place) => place >= 0)).toBe(true);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  test("writes a report for each phase, with the keys that are promised", async () => {
    const files = objectAt(first.json()["reports"]);
    for (const phase of ["pre-deployment", "post-deployment"]) {
      const file = stringAt(files[phase]) ?? "";
      expect(file).toMatch(new RegExp(`/\\.faber/test-reports/test/\\d{8}T\\d{6}Z-${phase}\\.json$`));
      const report = await readJson(project, file);
      expect(Object.keys(report)).toEqual(
        expect.arrayContaining([
          "schema_version",
          "run_id",
          "phase",
          "environment",
          "timestamp",
          "overall_status",
          "tests",
          "summary",
          "recommendations",
          "exit",
        ]),
      );
      expect(report).toMatchObject({
        schema_version: "faber.test-report/1",
        run_id: first.json()["run_id"],
        phase,
      });
      const tests = arrayAt(report["tests"]).map(objectAt);
      expect(report["summary"]).toMatchObject({ total_tests: tests.length, failed: 0, errors: 0 });
      for (const one of tests) {
        expect(Object.keys(one)).toEqual(
          expect.arrayContaining(["name", "status", "duration_ms", "findings"]),
        );
      }
    }
    const after = await readJson(project, stringAt(files["post-deployment"]) ?? "");
    expect(after).toMatchObject({ overall_status: "PASS", summary: { resources_verified: 9 } });
    expect(arrayAt(after["tests"]).map(objectAt)).toContainEqual(
      expect.objectContaining({
        name: "resource_existence",
        status: "PASS",
        resources_expected: 9,
        resources_found: 9,
      }),
    );
    const history = objectAt(JSON.parse(await project.read(".faber/test-reports/test/history.json")));
    expect(arrayAt(history["entries"]).map((entry) => stringAt(objectAt(entry)["phase"]))).toEqual([
      "pre-deployment",
      "post-deployment",
    ]);
  });

  test("leaves no plan, no lock and nothing that others may read", async () => {
    const files = [...(await project.files(".faber"))];
    expect(
      files.map(([name]) => name).filter((name) => /scratch|plan$|\.lock$|\.tmp$|tfvars/.test(name)),
    ).toEqual([]);
    expect(files.filter(([, mode]) => mode !== 0o600)).toEqual([]);
  });

  test("changes nothing the second time", async () => {
    const again = await run("deploy", "--yes", "--json", "--skip-tests");
    expect(again.code, again.stderr).toBe(0);
    expect(again.json()).toMatchObject({ plan: { changes_something: false, changes: [] } });
    expect(again.json()).not.toHaveProperty("applied");
  });

  test("is refused to another account, by plan file as well", async () => {
    const kept = await run("preview", "--out=kept.plan", "--json");
    expect(kept.code, kept.stderr).toBe(0);
    // The settings change under the plan. MiniStack takes twelve digits as the key of that account's root.
    const before = await project.read("faber.yaml");
    await project.write({ "faber.yaml": before.replace('"000000000000"', '"111122223333"') });
    const other = await run("deploy", "--plan=kept.plan", "--yes", "--skip-tests");
    await project.write({ "faber.yaml": before });
    expect(other.code, other.stderr).toBe(4);
    expect(other.stderr).toContain("account 000000000000, and this is account 111122223333");
  });

  test("is interrupted while it is verified", async () => {
    const running = startFaber(["test", "--env=test", "--phase=post-deployment", "--json"], {
      cwd: project.dir,
    });
    await running.says("· post-tests");
    running.kill("SIGINT");
    const ran = await running.ended;
    expect(ran.code, ran.stderr).toBe(130);
    expect(ran.json()).toMatchObject({ exit: { name: "interrupted" } });
  });

  test("sees what was deleted behind its back", async () => {
    await new DynamoDBClient(client).send(new DeleteTableCommand({ TableName: "plain-test-index" }));
    const ran = await run("test", "--phase=post-deployment", "--json");
    expect(ran.code, ran.stderr).toBe(6);
    expect(ran.json()).toMatchObject({
      overall_status: "FAIL",
      exit: { code: 6, name: "verification-failed" },
    });
    expect(JSON.stringify(ran.json()["tests"])).toContain("aws_dynamodb_table.index");
    expect(ran.stderr).toContain("aws_dynamodb_table.index");
  });

  test("is destroyed, and that is proved", async () => {
    const ran = await run("destroy", "--yes", "--json");
    expect(ran.code, ran.stderr).toBe(0);
    expect(ran.json()).toMatchObject({ command: "destroy", applied: { in_state: 0 }, exit: { code: 0 } });
    expect(ran.stderr).toMatch(/state empty · \d+ of \d+ gone from the cloud/);
    const tables = await new DynamoDBClient(client).send(new ListTablesCommand({}));
    expect(tables.TableNames).toEqual([]);
  });
});

const kept = `terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0, < 7.0"
    }
  }
}

provider "aws" {
  s3_use_path_style = true
}

resource "aws_s3_bucket" "kept" {
  bucket = "shop-kept"
}

resource "aws_sns_topic" "gone" {
  name = "shop-gone"
}
`;

describe.skipIf(why !== undefined)("a destroy that cannot end", () => {
  test("names what is left", async () => {
    const project = await projectFromStack("plain", {
      "main.tf": kept,
      "outputs.tf": "",
      "variables.tf": "",
      "versions.tf": "",
    });
    await project.write({
      "faber.yaml": `project: shop\nenvironments:\n  test: { hosting: emulator, endpoint: "${endpoint}" }\n`,
    });
    const run = (command: string): Promise<FaberRun> =>
      faber([command, "--env=test", "--yes", "--json", ...(command === "deploy" ? ["--skip-tests"] : [])], {
        cwd: project.dir,
      });
    const deployed = await run("deploy");
    expect(deployed.code, deployed.stderr).toBe(0);

    const s3 = new S3Client(client);
    await s3.send(new PutObjectCommand({ Bucket: "shop-kept", Key: "report", Body: "worth keeping" }));
    const stuck = await run("destroy");
    expect([5, 9], stuck.stderr).toContain(stuck.code);
    expect(stuck.json()).toMatchObject({ applied: { failed: ["aws_s3_bucket.kept"], in_state: 1 } });
    expect(stuck.stderr).toContain("aws_s3_bucket.kept");
    expect(stuck.stderr).toMatch(/BucketNotEmpty/);
  });
});

async function readJson(project: Project, file: string): Promise<JsonObject> {
  return objectAt(JSON.parse(await project.read(file.replace(project.dir, "."))));
}
