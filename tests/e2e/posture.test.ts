import { S3 } from "@aws-sdk/client-s3";
import { SQS } from "@aws-sdk/client-sqs";
import { beforeAll, describe, expect, test } from "vitest";
import { arrayAt, objectAt, stringAt, type JsonObject } from "../../src/core/json.ts";
import { noEmulator, useEmulator } from "../helpers/emulator.ts";
import { faber, type FaberRun } from "../helpers/faber.ts";
import { projectFromStack, type Project } from "../helpers/project.ts";
import { noTerraform } from "../helpers/terraform.ts";

const why = noTerraform ?? noEmulator;
if (why !== undefined) console.warn(`skipped: posture after a deploy: ${why}`);

const endpoint = useEmulator(4758);
const root = {
  endpoint,
  region: "us-east-1",
  credentials: { accessKeyId: "test", secretAccessKey: "test" },
  forcePathStyle: true,
} as const;
const Bucket = "plain-test-reports-000000000000";

/** Each test goes on from where the one before it ended: a deploy takes half a minute. */
describe.skipIf(why !== undefined)(
  "what somebody did by hand after the deploy",
  { concurrent: false },
  () => {
    let project: Project;
    let deployed: FaberRun;
    const verify = (...more: readonly string[]): Promise<FaberRun> =>
      faber(["test", "--env=test", "--phase=post-deployment", "--json", ...more], { cwd: project.dir });

    beforeAll(async () => {
      project = await projectFromStack("plain");
      await project.write({
        "faber.yaml": (await project.read("faber.yaml")).replace("http://127.0.0.1:4566", endpoint),
      });
      deployed = await faber(["deploy", "--env=test", "--yes", "--json"], { cwd: project.dir });
    });

    test("is nothing at first: posture and monitoring find nothing that counts", async () => {
      expect(deployed.code, deployed.stderr).toBe(0);
      const tests = testsOf(await verify());
      expect(tests["security_posture"]).toMatchObject({ status: "PASS", findings: [], resources_checked: 3 });
      // Two alarms of the table, which are a matter of taste.
      expect(tests["monitoring_verification"]).toMatchObject({ status: "PASS" });
      expect(tests["resource_existence"]).toMatchObject({
        status: "PASS",
        strays: { looked_for: true, found: 0, by_tags: { Project: "plain", Environment: "test" } },
      });
    });

    test("fails the verification when it makes the bucket public", async () => {
      const s3 = new S3(root);
      await s3.deletePublicAccessBlock({ Bucket });
      const Statement = {
        Effect: "Allow",
        Principal: "*",
        Action: "s3:GetObject",
        Resource: `arn:aws:s3:::${Bucket}/*`,
      };
      await s3.putBucketPolicy({ Bucket, Policy: JSON.stringify({ Version: "2012-10-17", Statement }) });
      const ran = await verify();
      expect(ran.code).toBe(6);
      expect(testsOf(ran)["security_posture"]).toMatchObject({
        status: "FAIL",
        findings: [
          { rule: "bucket-public-by-policy", severity: "CRITICAL", address: "aws_s3_bucket.reports" },
        ],
      });
      await s3.deleteBucketPolicy({ Bucket });
    });

    test("is reported as a stray when it carries the stack's tags", async () => {
      const tags = { Project: "plain", Environment: "test", Subsystem: "reports", ManagedBy: "terraform" };
      await new SQS(root).createQueue({ QueueName: "by-hand", tags });
      await new SQS(root).createQueue({ QueueName: "of-others", tags: { ...tags, Subsystem: "other" } });
      const findings = arrayAt(testsOf(await verify())["resource_existence"]?.["findings"]);
      expect(findings.map(objectAt).filter(({ rule }) => rule === "resource-stray")).toMatchObject([
        { severity: "MEDIUM", address: "arn:aws:sqs:us-east-1:000000000000:by-hand" },
      ]);
    });
  },
);

function testsOf(ran: FaberRun): Readonly<Record<string, JsonObject>> {
  const report = ran.json();
  const stages = arrayAt(report["stages"]).flatMap((stage) => arrayAt(objectAt(stage)["tests"]));
  const tests = [...stages, ...arrayAt(report["tests"])].map(objectAt);
  return Object.fromEntries(tests.map((one) => [stringAt(one["name"]) ?? "", one]));
}
