import { ListObjectsV2Command, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { CreateQueueCommand, DeleteQueueCommand, ListQueuesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { DescribeParametersCommand, SSMClient } from "@aws-sdk/client-ssm";
import { rm } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { arrayAt, objectAt, stringAt } from "../../src/core/json.ts";
import { noEmulator, useEmulator } from "../helpers/emulator.ts";
import { faber, type FaberRun } from "../helpers/faber.ts";
import { faultProxy, type Fault } from "../helpers/fault-proxy.ts";
import { newestRunFile, projectFrom, type Project } from "../helpers/project.ts";
import { faberAtTerminal, keys, noTerminal } from "../helpers/terminal.ts";
import { noTerraform } from "../helpers/terraform.ts";

const why = noTerraform ?? noEmulator;
if (why !== undefined) console.warn(`skipped: destroy on the emulator: ${why}`);

const endpoint = useEmulator(4757);
const client = {
  endpoint,
  region: "us-east-1",
  credentials: { accessKeyId: "test", secretAccessKey: "test" },
} as const;
const ssm = new SSMClient(client);
const sqs = new SQSClient(client);
const s3 = new S3Client({ ...client, forcePathStyle: true });

const settings = (more = "", at = endpoint): string =>
  `project: shop\nenvironments:\n  test: { hosting: emulator, endpoint: "${at}", region: us-east-1, fix: never${more} }\n`;
const run = (project: Project, command: string, ...more: readonly string[]): Promise<FaberRun> =>
  faber([command, "--env=test", "--yes", "--json", ...more], { cwd: project.dir });
/** What was told, without the breaks of its lines. */
const flat = ({ stderr }: FaberRun): string => stderr.replace(/\s+/g, " ");

async function deployed(project: Project): Promise<Project> {
  const ran = await run(project, "deploy", "--skip-tests");
  expect(ran.code, ran.stderr).toBe(0);
  return project;
}

async function parameters(): Promise<readonly string[]> {
  const said = await ssm.send(new DescribeParametersCommand({}));
  return (said.Parameters ?? []).flatMap(({ Name }) => Name ?? []).sort();
}

const denied: Fault = { status: 400, code: "AccessDeniedException", message: "not yours" };
const busy: Fault = {
  status: 400,
  code: "ConcurrentModificationException",
  message: "another call is at work",
};

describe.skipIf(why !== undefined)("a destroy", () => {
  test("lists what is left with exit 9, tries again what passes, and finds what no state knows", async () => {
    const project = await deployed(
      await projectFrom("gated", {
        "faber.yaml": settings(),
        "terraform.tfvars.json": JSON.stringify({ names: ["a", "b"] }),
      }),
    );
    let fault: Fault | undefined = denied;
    const proxy = await faultProxy(endpoint, (_nth, { headers }, body) => {
      if (headers["x-amz-target"] !== "AmazonSSM.DeleteParameter" || !body.includes("/b")) return undefined;
      const now = fault;
      // Once: what is tried again finds the service at rest.
      if (now === busy) fault = undefined;
      return now;
    });
    await project.write({ "faber.yaml": settings("", proxy.url) });
    const refused = await run(project, "destroy");
    expect(refused.code, refused.stderr).toBe(9);
    expect(flat(refused)).not.toContain("trying again");
    expect(reasonOf(refused)).toMatch(/^2 left: aws_ssm_parameter\.one\["b"\], terraform_data\.gate: /);
    expect(await parameters()).toEqual(["/shop/test/b"]);

    fault = busy;
    const tags = { Project: "shop", Environment: "test" };
    await sqs.send(new CreateQueueCommand({ QueueName: "shop-test-stray", tags }));
    const stray = await run(project, "destroy");
    expect(stray.code, stray.stderr).toBe(9);
    expect(flat(stray)).toContain("the service is busy with it, or in trouble: trying again in 2 s (1 of 4)");
    expect(stray.json()).toMatchObject({ applied: { in_state: 0 }, exit: { name: "cleanup-incomplete" } });
    expect(reasonOf(stray)).toMatch(
      /^1 left behind: arn:aws:sqs:\S+:shop-test-stray still carries its tags$/,
    );
    expect(await parameters()).toEqual([]);
    const { QueueUrls } = await sqs.send(new ListQueuesCommand({}));
    expect(QueueUrls).toHaveLength(1);
    await sqs.send(new DeleteQueueCommand({ QueueUrl: QueueUrls?.[0] }));
  });

  test("empties a bucket only where that is allowed, keeps the state, and proves that nothing is left", async () => {
    const project = await deployed(
      await projectFrom("words", { "main.tf": taggedBucket, "faber.yaml": settings() }),
    );
    await s3.send(new PutObjectCommand({ Bucket: "shop-kept", Key: "report", Body: "worth keeping" }));
    const kept = await run(project, "destroy");
    expect(kept.code, kept.stderr).toBe(9);
    expect(flat(kept)).toContain("destroy: { empty_buckets: true }");
    const held = await s3.send(new ListObjectsV2Command({ Bucket: "shop-kept" }));
    expect((held.Contents ?? []).map(({ Key }) => Key)).toEqual(["report"]);

    await project.write({ "faber.yaml": settings(", destroy: { empty_buckets: true }") });
    const emptied = await run(project, "destroy");
    expect(emptied.code, emptied.stderr).toBe(0);
    expect(flat(emptied)).toContain("aws_s3_bucket.kept: 1 objects and versions deleted");
    const stages = arrayAt(emptied.json()["stages"]).map(objectAt);
    expect(stages.at(-1)).toMatchObject({
      stage: "post-tests",
      headline: "state empty · 1 of 1 gone from the cloud · nothing carries its tags",
    });

    const backups = [...(await project.files(".faber/state-backups"))];
    expect(backups.map(([, mode]) => mode)).toEqual([0o600, 0o600]);
    expect(await project.read(backups[0]?.[0] ?? "none")).toContain("shop-kept");
    expect(await stepsOf(project)).toEqual([
      "plan.shown",
      "plan.approved",
      "state.backed-up",
      "apply.intended",
      "apply.started",
      "apply.intended",
      "apply.started",
    ]);
  });
});

const taggedBucket = `provider "aws" {
  s3_use_path_style = true
}
resource "aws_s3_bucket" "kept" {
  bucket = "shop-kept"
  tags   = { Project = "shop", Environment = "test" }
}
`;

const reasonOf = (ran: FaberRun): string => stringAt(objectAt(ran.json()["exit"])["reason"]) ?? "";

/** What the newest journal says of plans, states and applies, in its order. */
async function stepsOf(project: Project): Promise<readonly string[]> {
  const lines = (await newestRunFile(project, "journal.ndjson")).trim().split("\n");
  const types = lines.map((line) => stringAt(objectAt(JSON.parse(line))["type"]) ?? "");
  return types.filter((type) => /^(?:plan|state|apply)\./.test(type));
}

const local = (more = ""): string => `project: shop\nenvironments:\n  test: {}\n  prod: {}\n${more}`;
const chain = async (more = ""): Promise<Project> =>
  deployed(await projectFrom("chain", { "faber.yaml": local(more) }));

describe.skipIf(noTerraform !== undefined)("a plan that deletes", () => {
  test("more than deletions.max, or a protected type, cannot be approved", async () => {
    const project = await chain();
    const state = await project.read("terraform.tfstate");
    const main = await project.read("main.tf");
    await project.write({
      "faber.yaml": local("deletions: { max: 0 }\n"),
      "main.tf": main.replace(/resource "terraform_data" "third"[\s\S]*$/, ""),
    });
    const above = await run(project, "deploy", "--skip-tests");
    expect(above.code, above.stderr).toBe(4);
    expect(flat(above)).toContain("the plan deletes or replaces 1, and deletions.max of faber.yaml is 0");

    await project.write({
      "faber.yaml": local("deletions: { protected_types: [terraform_*] }\n"),
      "main.tf": main,
    });
    for (const args of [["destroy"], ["destroy", `--approve=${await digestOf(project)}`]]) {
      const kept = await faber([...args, "--env=test", "--json", ...(args[1] ? [] : ["--yes"])], {
        cwd: project.dir,
      });
      expect(kept.code, kept.stderr).toBe(4);
      expect(flat(kept)).toContain("deletions.protected_types of faber.yaml keeps its type");
    }
    expect(await project.read("terraform.tfstate")).toBe(state);
  });
});

async function digestOf(project: Project): Promise<string> {
  const ran = await faber(["preview", "--env=test", "--destroy", "--json"], { cwd: project.dir });
  expect(ran.code, ran.stderr).toBe(0);
  return stringAt(objectAt(ran.json()["plan"])["digest"]) ?? "none";
}

describe.skipIf(noTerraform !== undefined)("a state that is empty although something was deployed", () => {
  test("stops the deploy, and is taken only where somebody says that it is right", async () => {
    const project = await chain();
    await rm(project.path("terraform.tfstate"));
    const stopped = await run(project, "deploy", "--skip-tests");
    expect(stopped.code, stopped.stderr).toBe(4);
    expect(flat(stopped)).toMatch(
      /the state is empty, and 3 resources were in it after run \d{8}T\d{6}Z-\w{6}/,
    );
    expect(project.has("terraform.tfstate")).toBe(false);
    const anew = await run(project, "deploy", "--skip-tests", "--allow-empty-state");
    expect(anew.code, anew.stderr).toBe(0);
  });
});

const whyNobody = noTerraform ?? noTerminal;
if (whyNobody !== undefined) console.warn(`skipped: destroy at a terminal: ${whyNobody}`);

describe.skipIf(whyNobody !== undefined)("a destroy at a terminal", () => {
  test("shows what goes and asks; of a protected environment the name has to be typed", async () => {
    const project = await projectFrom("chain", { "faber.yaml": local() });
    const digest = stringAt(
      objectAt((await faber(["preview", "--env=prod", "--json"], { cwd: project.dir })).json()["plan"])[
        "digest"
      ],
    );
    const args = ["deploy", "--env=prod", "--skip-tests", "--json", `--approve=${digest ?? "none"}`];
    const ready = await faber(args, { cwd: project.dir });
    expect(ready.code, ready.stderr).toBe(0);
    const state = await project.read("terraform.tfstate");

    const destroy = async (name: string): Promise<number> => {
      const terminal = faberAtTerminal(["destroy", "--env=prod"], { cwd: project.dir });
      await terminal.expectText("terraform_data.first");
      await terminal.expectText("prod is protected. Destroy everything in prod");
      await terminal.expectText("Type its name");
      terminal.type(`${name}${keys.enter}`);
      return terminal.ended;
    };
    expect(await destroy("y")).toBe(4);
    expect(await project.read("terraform.tfstate")).toBe(state);
    expect(await destroy("prod")).toBe(0);
    expect(objectAt(JSON.parse(await project.read("terraform.tfstate")))["resources"]).toEqual([]);
  });
});
