import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { hostname, userInfo } from "node:os";
import { rm } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { arrayAt, objectAt } from "../../src/core/json.ts";
import { noEmulator, useEmulator } from "../helpers/emulator.ts";
import { faber, startFaber, until, type FaberRun } from "../helpers/faber.ts";
import { faultProxy, type Fault } from "../helpers/fault-proxy.ts";
import { canSeeProcesses, processesAt } from "../helpers/processes.ts";
import { projectFrom, type Project } from "../helpers/project.ts";
import { serveState } from "../helpers/state-server.ts";
import { faberAtTerminal, keys, noTerminal, type Terminal } from "../helpers/terminal.ts";
import { noTerraform, terraform } from "../helpers/terraform.ts";

const why = noTerraform ?? noEmulator;
if (why !== undefined) console.warn(`skipped: fixes on the emulator: ${why}`);
const whyNoLocks = why ?? (canSeeProcesses ? undefined : "there is no /proc to see processes in");

const endpoint = useEmulator(4748);
const client = {
  endpoint,
  region: "us-east-1",
  credentials: { accessKeyId: "test", secretAccessKey: "test" },
} as const;
const s3 = new S3Client({ ...client, forcePathStyle: true });
const ssm = new SSMClient(client);

const settings = (more: string): string => `project: shop\nenvironments:\n  test: { ${more} }\n`;
const onEmulator = (fix: string, at = endpoint): string =>
  settings(`hosting: emulator, endpoint: "${at}", region: us-east-1, fix: ${fix}`);
const args = ["deploy", "--env=test", "--skip-tests"];
const deploy = (project: Project): Promise<FaberRun> =>
  faber([...args, "--yes", "--json"], { cwd: project.dir });
const atTerminal = (project: Project): Terminal => faberAtTerminal([...args, "--yes"], { cwd: project.dir });
const killAll = (project: Project): void => {
  for (const { pid, argv } of processesAt(project.dir))
    if (!argv.some((word) => word.includes("vitest"))) process.kill(pid, "SIGKILL");
};
/** What was told, without the breaks of its lines. */
const flat = ({ stderr }: FaberRun): string => stderr.replace(/\s+/g, " ");
const resolutionsIn = async (project: Project): Promise<unknown> => {
  const stats = await faber(["issues", "stats", "--json"], { cwd: project.dir });
  return objectAt(stats.json()["statistics"])["total_resolutions"];
};

/** A deploy that hangs in its second resource, killed together with its Terraform. */
async function killed(project: Project): Promise<void> {
  await project.write({ hold: "" });
  const running = startFaber([...args, "--yes", "--json"], { cwd: project.dir });
  await until("the apply waits", () => project.has("second.begun"));
  running.kill("SIGKILL");
  await running.ended;
  killAll(project);
  await until("nobody works there", () => processesAt(project.dir).length === 0);
  await rm(project.path("hold"));
  await rm(project.path("second.begun"));
}

describe.skipIf(whyNoLocks !== undefined)("a lock that a killed faber left in S3", () => {
  const backend =
    "{ bucket: fix-state, key: KEY, region: us-east-1, use_lockfile: true, use_path_style: true }";
  const inBucket = async (key: string): Promise<Project> => {
    await s3.send(new CreateBucketCommand({ Bucket: "fix-state" })).catch(() => undefined);
    const with_ = `hosting: emulator, endpoint: "${endpoint}", region: us-east-1, fix: auto, backend: ${backend.replace("KEY", key)}`;
    return projectFrom("chain", {
      "faber.yaml": settings(with_),
      "backend.tf": 'terraform {\n  backend "s3" {}\n}\n',
    });
  };
  const lockAt = async (key: string): Promise<string | undefined> =>
    s3.send(new GetObjectCommand({ Bucket: "fix-state", Key: `${key}.tflock` })).then(
      async ({ Body }) => Body?.transformToString(),
      () => undefined,
    );

  test("is taken away by the next run, unasked, and that run goes on to its end", async () => {
    const project = await inBucket("own.tfstate");
    await killed(project);
    const left = JSON.parse((await lockAt("own.tfstate")) ?? "{}") as Record<string, string>;
    expect(left["Who"]).toBe(`${userInfo().username}@${hostname()}`);
    const next = await deploy(project);
    expect(next.code, next.stderr).toBe(0);
    expect(flat(next)).toContain(`removed the lock ${left["ID"]} of run`);
    expect(await lockAt("own.tfstate")).toBeUndefined();
    expect(await resolutionsIn(project)).toBe(1);
  });

  test.each([
    [
      "of somebody else on another machine",
      "alice@laptop",
      "OperationTypeApply",
      "its processes cannot be seen from here",
    ],
    [
      "of this user that no run of ours made",
      `${userInfo().username}@${hostname()}`,
      "OperationTypeApply",
      "no run of this project started a process",
    ],
  ])("%s is refused, with holder, age and command", async (what, Who, Operation, reason) => {
    const key = `${what.length}.tfstate`;
    const project = await inBucket(key);
    const ID = "0a1b2c3d-1111-2222-3333-444455556666";
    const Created = new Date(Date.now() - 600_000).toISOString();
    const lock = { ID, Operation, Who, Version: "1.11.4", Created, Path: `fix-state/${key}` };
    await s3.send(
      new PutObjectCommand({ Bucket: "fix-state", Key: `${key}.tflock`, Body: JSON.stringify(lock) }),
    );
    const run = await deploy(project);
    expect(run.code, run.stderr).toBe(7);
    expect(flat(run)).toContain(reason);
    expect(flat(run)).toContain(Who);
    expect(flat(run)).toContain("10 min ago");
    expect(flat(run)).toContain(`force-unlock ${ID}`);
    expect(await lockAt(key)).toContain(ID);
  });
});

describe.skipIf(whyNoLocks !== undefined)("a lock on a local state", () => {
  test("ends with its process; that of a Terraform at work is left alone", async () => {
    const project = await projectFrom("chain", { "faber.yaml": settings("fix: auto") });
    await killed(project);
    const next = await deploy(project);
    expect(next.code, next.stderr).toBe(0);

    await project.write({ hold: "" });
    await rm(project.path("second.begun"), { force: true });
    await terraform(project.dir, ["taint", "terraform_data.second"]);
    const byHand = terraform(project.dir, ["apply", "-auto-approve"]);
    await until("the apply by hand waits", () => project.has("second.begun"));
    const refused = await deploy(project);
    await rm(project.path("hold"));
    await byHand;
    expect(refused.code, refused.stderr).toBe(7);
    expect(flat(refused)).toContain("force-unlock");
    expect(flat(refused)).not.toContain("removed the lock");
  });
});

const parameter = (project: string): string => `
provider "aws" {}
resource "aws_ssm_parameter" "color" {
  name  = "/${project}/color"
  type  = "String"
  value = "green"
  tags  = { Project = "${project}" }
}
resource "terraform_data" "after" {
  input = aws_ssm_parameter.color.arn
}
output "arn" {
  value = terraform_data.after.output
}
`;
const existing = (name: string, value: string, project: string): Promise<unknown> =>
  ssm.send(
    new PutParameterCommand({
      Name: name,
      Type: "String",
      Value: value,
      Tags: [{ Key: "Project", Value: project }],
    }),
  );

describe.skipIf(why !== undefined)("what exists already", () => {
  test("is imported unasked where it is ours and nothing of it changes, and nothing stays in the root", async () => {
    await existing("/shop/color", "green", "shop");
    const project = await projectFrom("words", {
      "main.tf": parameter("shop"),
      "faber.yaml": onEmulator("auto"),
    });
    const run = await deploy(project);
    expect(run.code, run.stderr).toBe(0);
    expect(flat(run)).toContain("import aws_ssm_parameter.color");
    expect(run.json()).toMatchObject({
      approval: { via: "remainder" },
      applied: { in_state: 2 },
      exit: { code: 0 },
    });
    expect([...(await project.files()).keys()].filter((name) => name.includes("import"))).toEqual([]);
    const again = await deploy(project);
    expect(again.json()).toMatchObject({ plan: { changes_something: false } });
  });

  test("and is another project's is not imported; with a person it takes its name", async () => {
    await existing("/store/color", "green", "another");
    const project = await projectFrom("words", {
      "main.tf": parameter("store"),
      "faber.yaml": onEmulator("auto").replace("shop", "store"),
    });
    const run = await deploy(project);
    expect(run.code, run.stderr).toBe(5);
    expect(flat(run)).toContain("its tag Project should say store, and it says another");

    if (noTerminal !== undefined) return;
    const terminal = atTerminal(project);
    await terminal.expectText("Apply import", 240_000);
    terminal.type(`y${keys.enter}`);
    await terminal.expectText("Type /store/color if it is yours");
    terminal.type(`/store/color${keys.enter}`);
    expect(await terminal.ended, terminal.screen()).toBe(0);
  });

  test("and differs too much is not touched", async () => {
    const table = (hash: string) => `
provider "aws" {}
resource "aws_dynamodb_table" "jobs" {
  name         = "shop-jobs"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "${hash}"
  attribute {
    name = "${hash}"
    type = "S"
  }
  tags = { Project = "shop" }
}
`;
    await new DynamoDBClient(client).send(
      new CreateTableCommand({
        TableName: "shop-jobs",
        BillingMode: "PAY_PER_REQUEST",
        KeySchema: [{ AttributeName: "other", KeyType: "HASH" }],
        AttributeDefinitions: [{ AttributeName: "other", AttributeType: "S" }],
        Tags: [{ Key: "Project", Value: "shop" }],
      }),
    );
    const project = await projectFrom("words", { "main.tf": table("id"), "faber.yaml": onEmulator("auto") });
    const run = await deploy(project);
    expect(run.code, run.stderr).toBe(5);
    expect(flat(run)).toMatch(/importing aws_dynamodb_table\.jobs would \w+ and \w+ it/);
  });
});

describe.skipIf(why !== undefined)("what passes by itself", () => {
  const many: Fault = { status: 400, code: "ThrottlingException", message: "Rate exceeded" };
  const group = `
provider "aws" {
  max_retries = 1
}
resource "aws_cloudwatch_log_group" "jobs" {
  name = "NAME"
}
`;

  test.each([
    ["throttling", many],
    ["a server's error", { status: 500, code: "InternalFailure", message: "try again" }],
  ])(
    "%s between Terraform and the endpoint spends no fix attempt, and the deploy ends green",
    async (what, fault) => {
      let left = 3;
      const proxy = await faultProxy(endpoint, (_nth, { headers }) => {
        if (headers["x-amz-target"] !== "Logs_20140328.CreateLogGroup" || left === 0) return undefined;
        left -= 1;
        return fault;
      });
      const project = await projectFrom("words", {
        "main.tf": group.replace("NAME", `shop-${what.length}`),
        "faber.yaml": onEmulator("ask", proxy.url),
      });
      const run = await deploy(project);
      expect(run.code, run.stderr).toBe(0);
      expect(left).toBe(0);
      expect(flat(run)).toContain("run the failed stage again (try 1 of 3)");
      expect(run.json()).toMatchObject({ diagnoses: [{ transient: true }], exit: { code: 0 } });
    },
  );
});

const whyNobody = noTerraform ?? noTerminal;
if (whyNobody !== undefined) console.warn(`skipped: fixes at a terminal: ${whyNobody}`);

describe.skipIf(whyNobody !== undefined)("with a person at a terminal", () => {
  test("a state that the backend did not take is stored once it does, and nothing is made again", async () => {
    const server = await serveState();
    const backend = `{ address: ${server.url}, lock_address: ${server.url}, unlock_address: ${server.url}, retry_max: 0 }`;
    const project = await projectFrom("words", {
      "faber.yaml": settings(`backend: ${backend}`),
      "backend.tf": 'terraform {\n  backend "http" {}\n}\n',
    });
    server.refuseWrites(true);
    const failed = await deploy(project);
    expect(failed.code, failed.stderr).toBe(5);
    expect(project.has("errored.tfstate")).toBe(true);
    // Another deploy must not plan over the older state.
    const second = await deploy(project);
    expect(second.code, second.stderr).not.toBe(0);
    expect(flat(second)).toContain("the newest state lies in errored.tfstate");

    server.refuseWrites(false);
    const terminal = atTerminal(project);
    await terminal.expectText("Apply push-errored-state");
    terminal.type(`d${keys.enter}`);
    await terminal.expectText("of the same lineage");
    await terminal.expectText("Apply push-errored-state");
    terminal.type(`y${keys.enter}`);
    expect(await terminal.ended, terminal.screen()).toBe(0);
    expect(objectAt(JSON.parse(server.state()))["outputs"]).toMatchObject({ word: { value: "hello" } });
    expect(project.has("errored.tfstate.pushed")).toBe(true);
    expect(terminal.screen()).toMatch(/nothing to do|No changes|0 to add/);
  });

  test("a changed backend is taken up only where no state stays behind", async () => {
    const at = (name: string) => ({
      "backend.tf": `terraform {\n  backend "local" {\n    path = "${name}.tfstate"\n  }\n}\n`,
    });
    const project = await projectFrom("words", { "faber.yaml": settings(""), ...at("one") });
    const first = await deploy(project);
    expect(first.code, first.stderr).toBe(0);
    await project.write(at("two"));
    const refused = await deploy(project);
    expect(refused.code, refused.stderr).not.toBe(0);
    expect(flat(refused)).toContain("1 resource would be left behind in local (path one.tfstate)");
    expect(flat(refused)).toContain("-migrate-state");

    await project.write({ "two.tfstate": await project.read("one.tfstate") });
    const terminal = atTerminal(project);
    await terminal.expectText("Apply init-reconfigure");
    terminal.type(`y${keys.enter}`);
    expect(await terminal.ended, terminal.screen()).toBe(0);
    expect(terminal.screen()).toContain("initialised for local (path two.tfstate)");
  });

  test("a fix that does not help is undone, its failure is remembered, and something else comes first", async () => {
    const message = "Resource instance managed by newer provider version";
    const script = `echo "${message}" >&2; exit 1`;
    const project = await projectFrom("words", {
      "main.tf": `resource "terraform_data" "old" {\n  provisioner "local-exec" {\n    command = ${JSON.stringify(script)}\n  }\n}\n`,
      "faber.yaml": settings(""),
    });
    const upgrade = "Use the provider version that wrote the state, or a newer one";
    // Once may be bad luck: twice, and what was never tried is likelier to help.
    for (const run of [1, 2]) {
      const terminal = atTerminal(project);
      await terminal.expectText(` 1  ${upgrade}`);
      await terminal.expectText("Apply init-upgrade");
      terminal.type(`y${keys.enter}`);
      await terminal.expectText("undid init-upgrade");
      await terminal.expectText("Run the failed stage again");
      terminal.type(`n${keys.enter}`);
      expect(await terminal.ended, `run ${run}: ${terminal.screen()}`).toBe(5);
    }
    const second = (await deploy(project)).json();
    const [diagnosis] = arrayAt(second["diagnoses"]).map(objectAt);
    const solutions = arrayAt(diagnosis?.["solutions"]).map(objectAt);
    expect(solutions[0]?.["description"]).not.toBe(upgrade);
    expect(solutions.find(({ description }) => description === upgrade)).toMatchObject({
      success_rate: { attempts: 2, failures: 2 },
    });
  });
});
