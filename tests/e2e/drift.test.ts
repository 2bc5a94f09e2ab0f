import { IAM } from "@aws-sdk/client-iam";
import { S3 } from "@aws-sdk/client-s3";
import { SNS } from "@aws-sdk/client-sns";
import { beforeAll, describe, expect, test } from "vitest";
import { arrayAt, objectAt, stringAt, type JsonObject } from "../../src/core/json.ts";
import { noEmulator, useEmulator } from "../helpers/emulator.ts";
import { faber, type FaberRun } from "../helpers/faber.ts";
import { projectFrom, type Project } from "../helpers/project.ts";
import { noTerraform } from "../helpers/terraform.ts";

const why = noTerraform ?? noEmulator;
if (why !== undefined) console.warn(`skipped: drift, status and registry: ${why}`);

const endpoint = useEmulator(4746);
const client = {
  endpoint,
  region: "us-east-1",
  credentials: { accessKeyId: "000000000000", secretAccessKey: "test" },
  forcePathStyle: true,
} as const;

/** A key that is markup in every format it gets into. */
const hostileKey = "a|b](x) <script>alert(1)</script> `c` @all";
const secret = "hunter2-is-no-secret-any-more";

const main = `
terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

provider "aws" {
  default_tags {
    tags = {
      Project     = "shop"
      Environment = "test"
    }
  }
}

variable "secret" {
  type      = string
  sensitive = true
}

variable "healthy" {
  type    = bool
  default = true
}

resource "aws_s3_bucket" "store" {
  bucket = "shop-test-store"
}

resource "aws_s3_bucket_versioning" "store" {
  bucket = aws_s3_bucket.store.id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_sns_topic" "orders" {
  name = "shop-test-orders"
  tags = { Team = "shop" }
}

resource "aws_ssm_parameter" "secret" {
  name  = "/shop/test/secret"
  type  = "SecureString"
  value = var.secret
}

resource "aws_sns_topic" "named" {
  for_each = toset([${JSON.stringify(hostileKey)}])
  name     = "shop-test-\${length(each.key)}"
}

resource "aws_iam_role" "worker" {
  name = "shop-test-worker"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "worker" {
  name   = "read"
  role   = aws_iam_role.worker.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "\${aws_s3_bucket.store.arn}/*" }]
  })
}

check "healthy" {
  assert {
    condition     = var.healthy && aws_sns_topic.orders.arn != ""
    error_message = "The shop is not what it should be."
  }
}

output "home" {
  value = "https://shop.example/\${aws_s3_bucket.store.id}"
}
`;

const settings = (more: string): string => `
project: shop
environments:
  test:
    hosting: emulator
    endpoint: ${endpoint}
    region: us-east-1
    account: "000000000000"
    variables: { secret: ${secret}${more === "sick" ? ", healthy: false" : ""} }
  later: { hosting: emulator, endpoint: ${endpoint}, region: us-east-1 }
${more === "sick" ? "" : more}
`;

/** Each test goes on from where the one before it ended. */
describe.skipIf(why !== undefined)("what is there against what was meant", { concurrent: false }, () => {
  let project: Project;
  const run = (...args: readonly string[]): Promise<FaberRun> => faber(args, { cwd: project.dir });
  const drift = (...more: readonly string[]): Promise<FaberRun> => run("drift", "--env=test", ...more);
  const deploy = (): Promise<FaberRun> => run("deploy", "--env=test", "--yes", "--skip-tests", "--json");

  beforeAll(async () => {
    project = await projectFrom("words", { "main.tf": main, "faber.yaml": settings("") });
  });

  test("after a deploy there is no drift, though resources write into each other", async () => {
    const deployed = await deploy();
    expect(deployed.code, deployed.stderr).toBe(0);
    const verified = testsOf(await run("test", "--env=test", "--phase=post-deployment", "--json"));
    expect(verified["resource_configuration"]).toMatchObject({
      status: "PASS",
      drifted: [],
      conditions: { pass: 1, fail: 0 },
    });
    const looked = await drift("--detailed-exitcode", "--json");
    expect(looked.code, looked.stderr).toBe(0);
    expect(looked.json()["drift"]).toMatchObject({ drifted: 0, checked: 7, resources: [] });
  });

  test("the registry and its page say what exists, and no name in them does anything", async () => {
    const status = (await run("status", "--env=test", "--json")).json();
    expect(status).toMatchObject({
      known: true,
      environment: "test",
      account: "000000000000",
      endpoints: { home: "https://shop.example/shop-test-store" },
      last_run: { command: "deploy", exit: { code: 0 } },
      last_verdict: { status: "PASS", phase: "post-deployment" },
      monthly_cost_usd: null,
    });
    expect(arrayAt(status["resources"])).toHaveLength(7);
    const files = await project.files(".faber/registry");
    expect([...files.entries()]).toEqual(
      expect.arrayContaining([
        [".faber/registry/DEPLOYED.md", 0o600],
        [".faber/registry/test.json", 0o600],
      ]),
    );
    const page = await project.read(".faber/registry/DEPLOYED.md");
    expect(page).toContain("`aws_s3_bucket.store`");
    expect(page).not.toContain("<script>");
    expect(page).not.toContain("@all");
    expect(`${page}${await project.read(".faber/registry/test.json")}`).not.toContain(secret);
  });

  test("all environments are listed with what is known of them", async () => {
    const all = (await run("status", "--json")).json();
    expect(all["environments"]).toMatchObject([
      { environment: "test", known: true, last_verdict: { status: "PASS" } },
      { environment: "later", known: false, last_verdict: null },
    ]);
    expect((await run("status")).stdout).toMatch(/later +unknown +never deployed from here/);
  });

  test("a change that was made with another tool is seen, with who made it", async () => {
    await fetch(`${endpoint}/_ministack/config`, {
      method: "POST",
      body: JSON.stringify({ "cloudtrail._recording_enabled": "true" }),
    });
    const [topic] =
      (await new SNS(client).listTopics({})).Topics?.filter(({ TopicArn }) => TopicArn?.endsWith("orders")) ??
      [];
    await new SNS(client).tagResource({
      ResourceArn: topic?.TopicArn,
      Tags: [{ Key: "Team", Value: "somebody-else" }],
    });
    await new S3(client).putBucketVersioning({
      Bucket: "shop-test-store",
      VersioningConfiguration: { Status: "Suspended" },
    });
    await new IAM(client).putRolePolicy({
      RoleName: "shop-test-worker",
      PolicyName: "backdoor",
      PolicyDocument: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}',
    });
    expect((await drift("--no-cause")).code).toBe(0);
    const looked = await drift("--detailed-exitcode", "--json");
    expect(looked.code, looked.stderr).toBe(2);
    const found = objectAt(looked.json()["drift"]);
    expect(found).toMatchObject({
      drifted: 3,
      resources: [
        { address: "aws_iam_role.worker", change: "changed" },
        {
          address: "aws_s3_bucket_versioning.store",
          attributes: [{ path: "versioning_configuration[0].status", before: "Enabled", after: "Suspended" }],
        },
        {
          address: "aws_sns_topic.orders",
          attributes: [{ path: "tags.Team", before: "shop", after: "somebody-else", severity: "MEDIUM" }],
        },
      ],
    });
    const [first, ...others] = arrayAt(found["causes"]).map(objectAt);
    expect(first).toMatchObject({
      by: "arn:aws:iam::000000000000:user/000000000000",
      traces: [{ address: "aws_s3_bucket_versioning.store" }],
    });
    // MiniStack records topics and roles without their names.
    expect(others).toMatchObject([{ why: expect.stringContaining("no change of it") }]);
  });

  test("what drift.ignore expects is none of it, until its last day", async () => {
    const ignore = (expires: string): string =>
      settings(
        `drift: { ignore: [{ address: "aws_sns_topic.*", attribute: tags, reason: by hand, owner: ada, expires: ${expires} }] }`,
      );
    await project.write({ "faber.yaml": ignore("2999-01-01") });
    expect((await drift("--json", "--no-cause")).json()["drift"]).toMatchObject({
      drifted: 2,
      ignored: [{ address: "aws_sns_topic.orders", path: "tags.Team", by: { owner: "ada" } }],
    });
    await project.write({ "faber.yaml": ignore("2020-01-01") });
    const lapsed = await drift("--no-cause");
    expect(lapsed.stdout).toContain("3 of 7 were changed");
    expect(lapsed.stdout).toContain("holds no more");
    await project.write({ "faber.yaml": settings("") });
  });

  test("what was deleted by hand fails the verification with its name", async () => {
    const all = await new SNS(client).listTopics({});
    const named = all.Topics?.find(({ TopicArn }) => /shop-test-\d+$/.test(TopicArn ?? ""))?.TopicArn;
    await new SNS(client).deleteTopic({ TopicArn: named });
    const verified = await run("test", "--env=test", "--phase=post-deployment", "--json");
    expect(verified.code).toBe(6);
    const tests = testsOf(verified);
    expect(rulesOf(tests["resource_existence"])).toContain("resource-missing");
    expect(rulesOf(tests["resource_configuration"])).toEqual(
      expect.arrayContaining(["drift", "resource-gone"]),
    );
    const looked = await drift("--detailed-exitcode", "--no-cause");
    expect(looked.code).toBe(2);
    expect(looked.stdout).toContain("gone");
    expect(looked.stdout).not.toContain(secret);
  });

  test("a check block that fails makes the deploy exit 6, though the apply went well", async () => {
    await project.write({ "faber.yaml": settings("sick") });
    const deployed = await deploy();
    expect(deployed.code, deployed.stderr).toBe(6);
    const report = deployed.json();
    expect(arrayAt(report["stages"]).map(objectAt)).toEqual(
      expect.arrayContaining([expect.objectContaining({ stage: "deploy", status: "PASS" })]),
    );
    expect(JSON.stringify(report["diagnoses"])).toContain("The shop is not what it should be");
    expect(deployed.stderr).toContain("the last good deploy was");
    // What was good before stays known, and what was done last is told.
    expect((await run("status", "--env=test", "--offline", "--json")).json()).toMatchObject({
      last_run: { exit: { code: 6 } },
      last_good: { run_id: expect.any(String) },
      last_verdict: { status: "FAIL" },
    });
  });

  test("after a destroy the registry says that nothing exists", async () => {
    const destroyed = await run("destroy", "--env=test", "--yes", "--json");
    expect(destroyed.code, destroyed.stderr).toBe(0);
    expect((await run("status", "--env=test", "--json")).json()).toMatchObject({
      resources: [],
      last_good: null,
      last_run: { command: "destroy", exit: { code: 0 } },
    });
    expect(await project.read(".faber/registry/DEPLOYED.md")).toContain("- resources: 0");
  });
});

function testsOf(ran: FaberRun): Readonly<Record<string, JsonObject>> {
  const tests = arrayAt(ran.json()["tests"]).map(objectAt);
  return Object.fromEntries(tests.map((one) => [stringAt(one["name"]) ?? "", one]));
}

function rulesOf(one: JsonObject | undefined): readonly string[] {
  return arrayAt(one?.["findings"]).map((finding) => stringAt(objectAt(finding)["rule"]) ?? "");
}
