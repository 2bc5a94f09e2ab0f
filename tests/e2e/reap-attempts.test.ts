import { CreateQueueCommand, ListQueuesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { DescribeParametersCommand, PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { cp, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { noEmulator, useEmulator } from "../helpers/emulator.ts";
import { faber, startFaber, until, type FaberRun } from "../helpers/faber.ts";
import { canSeeProcesses, killAllAt } from "../helpers/processes.ts";
import { projectFrom, type Project } from "../helpers/project.ts";
import { noTerraform } from "../helpers/terraform.ts";

const why =
  noTerraform ?? noEmulator ?? (canSeeProcesses ? undefined : "there is no /proc to see processes in");
if (why !== undefined) console.warn(`skipped: attempts at a reap: ${why}`);

const endpoint = useEmulator(4762);
const accounts = { ours: "000000000000", other: "222222222222" };
const settings = (more = ""): string => `project: shop
environments:
  test:
    hosting: emulator
    endpoint: ${endpoint}
    region: us-east-1
    fix: never
  staging: { hosting: emulator, endpoint: "${endpoint}", region: us-east-1 }
  prod: { hosting: emulator, endpoint: "${endpoint}", region: us-east-1 }
${more}`;
const ours = { Project: "shop", Environment: "test" };

/** What was tried, and what became of it: `refused` is what must stand there in every line. */
const attempts: string[] = [];
afterAll(() => {
  if (attempts.length > 0)
    process.stdout.write(
      `${attempts.length} attempts to reap what is not ours, or past a refusal:\n${attempts.map((one) => `  refused: ${one}\n`).join("")}`,
    );
});
const refused = (what: string): void => void attempts.push(what);

function ssm(account: string, region = "us-east-1"): SSMClient {
  return new SSMClient({ endpoint, region, credentials: { accessKeyId: account, secretAccessKey: "test" } });
}

const sqs = new SQSClient({
  endpoint,
  region: "us-east-1",
  credentials: { accessKeyId: accounts.ours, secretAccessKey: "test" },
});

async function plant(
  name: string,
  tags: Readonly<Record<string, string>>,
  client = ssm(accounts.ours),
): Promise<void> {
  await client.send(
    new PutParameterCommand({
      Name: name,
      Type: "String",
      Value: "of somebody",
      Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    }),
  );
}

async function parameters(client = ssm(accounts.ours)): Promise<readonly string[]> {
  const said = await client.send(new DescribeParametersCommand({}));
  return (said.Parameters ?? []).flatMap(({ Name }) => Name ?? []).sort();
}

const reap = (project: Project, ...more: readonly string[]): Promise<FaberRun> =>
  faber(["reap", "--env=test", "--json", ...more], { cwd: project.dir });

/** A deploy of parameters that lost faber and Terraform before it made any of them. */
async function deadRun(
  names: readonly string[],
  more: Readonly<Record<string, string>> = {},
): Promise<Project> {
  const project = await projectFrom("gated", {
    "faber.yaml": settings(),
    "terraform.tfvars.json": JSON.stringify({ names }),
    hold: "",
    ...more,
  });
  await die(project);
  return project;
}

async function die(project: Project): Promise<void> {
  const known = journals(project).length;
  const running = startFaber(["deploy", "--env=test", "--yes", "--skip-tests"], { cwd: project.dir });
  const hasBegun = (): boolean => {
    const all = journals(project);
    return all.length > known && readFileSync(all.at(-1) ?? "", "utf8").includes('"resource.started"');
  };
  await until("the apply has begun", hasBegun, 180_000);
  // Faber first: it would start something else when its Terraform is gone.
  running.kill("SIGKILL");
  await running.ended;
  await until("all are dead", () => killAllAt(project.dir) === 0);
  await rm(project.path("hold"), { force: true });
}

function journals(project: Project): readonly string[] {
  if (!project.has(".faber/runs")) return [];
  return readdirSync(project.path(".faber/runs"))
    .sort()
    .map((run) => project.path(".faber/runs", run, "journal.ndjson"))
    .filter((file) => project.has(file.slice(project.dir.length + 1)));
}

const runIdOf = (journal: string): string => journal.split("/").at(-2) ?? "";

beforeEach(async () => {
  if (why === undefined) await fetch(`${endpoint}/_ministack/reset`, { method: "POST" });
});

describe.skipIf(why !== undefined)("a reap", () => {
  test("takes what a dead run made, and nothing that only looks like it", async () => {
    const foreign: Readonly<Record<string, { tags: Readonly<Record<string, string>>; why: string }>> = {
      untagged: { tags: {}, why: "our name, no tags" },
      case: { tags: { ...ours, Project: "Shop" }, why: "a project whose name differs in case" },
      longer: { tags: { ...ours, Project: "shop-eu" }, why: "a project whose name begins with ours" },
      spaced: { tags: { ...ours, Project: "shop " }, why: "a project whose name ends in a space" },
      elsewhere: {
        tags: { ...ours, Environment: "test2" },
        why: "an environment whose name begins with ours",
      },
      half: { tags: { Project: "shop" }, why: "our project, no environment" },
      both: { tags: { ...ours, project: "other" }, why: "two tags that say whose it is, and disagree" },
      ofRun: { tags: { ...ours, "faber:run": "20200101T000000Z-abcdef" }, why: "the tag of another run" },
    };
    const project = await deadRun(["mine", ...Object.keys(foreign)]);
    for (const [name, { tags }] of Object.entries(foreign)) await plant(`/shop/test/${name}`, tags);
    await plant("/shop/test/unplanned", ours);
    // The emulator's search by tags lists queues, and no parameters.
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "shop-test-queue", tags: ours }));
    await plant("/shop/test/mine", ours);
    await plant("/shop/test/mine", ours, ssm(accounts.other));
    await plant("/shop/test/mine", ours, ssm(accounts.ours, "eu-west-1"));

    const ran = await reap(project, "--yes");
    expect(ran.code, ran.stderr).toBe(0);
    const expected = [...Object.keys(foreign), "unplanned"].map((name) => `/shop/test/${name}`).sort();
    expect(await parameters()).toEqual(expected);
    expect(await parameters(ssm(accounts.other))).toEqual(["/shop/test/mine"]);
    expect(await parameters(ssm(accounts.ours, "eu-west-1"))).toEqual(["/shop/test/mine"]);
    expect((await sqs.send(new ListQueuesCommand({}))).QueueUrls).toEqual([QueueUrl]);
    expect(ran.stderr.replace(/\s+/g, " ")).toMatch(
      /left alone: arn:aws:sqs:\S+:shop-test-queue: no journal of this project knows it/,
    );
    for (const { why: reason } of Object.values(foreign)) refused(reason);
    refused("our tags, in no journal");
    refused("our name and tags in another account");
    refused("our name and tags in another region");
  });

  test("leaves what a run found there already", async () => {
    const project = await projectFrom("gated", {
      "faber.yaml": settings(),
      "terraform.tfvars.json": JSON.stringify({ names: ["taken"] }),
    });
    await plant("/shop/test/taken", ours);
    const failed = await faber(["deploy", "--env=test", "--yes", "--skip-tests", "--json"], {
      cwd: project.dir,
    });
    expect(failed.code, failed.stderr).toBe(5);
    const ran = await reap(project, "--yes");
    expect(ran.code, ran.stderr).toBe(0);
    expect(await parameters()).toEqual(["/shop/test/taken"]);
    refused("a thing that kept a run from making its own");
  });

  test("leaves what is older than the run, and what somebody took out of the state", async () => {
    const project = await deadRun(["older"]);
    await plant("/shop/test/older", ours);
    // As if the run had begun an hour after it was made.
    const [journal = ""] = journals(project);
    const later = new Date(Date.now() + 3_600_000).toISOString();
    writeFileSync(
      journal,
      readFileSync(journal, "utf8").replaceAll(
        /^\{"at":"[^"]+"(?=.*"apply\.intended")/gm,
        `{"at":"${later}"`,
      ),
    );
    const older = await reap(project, "--yes");
    expect(older.code, older.stderr).toBe(9);
    expect(await parameters()).toEqual(["/shop/test/older"]);
    refused("a thing that is older than the dead run");
  });

  test("leaves an environment that stands, and a dead run of another project or environment", async () => {
    const project = await projectFrom("gated", {
      "faber.yaml": settings(),
      "terraform.tfvars.json": JSON.stringify({ names: ["live"] }),
    });
    const deployed = await faber(["deploy", "--env=test", "--yes", "--skip-tests", "--json"], {
      cwd: project.dir,
    });
    expect(deployed.code, deployed.stderr).toBe(0);
    const nothing = await reap(project, "--yes");
    expect(nothing.code, nothing.stderr).toBe(0);
    expect(await parameters()).toEqual(["/shop/test/live"]);
    refused("an environment that was deployed well");

    const [journal = ""] = journals(project);
    const named = await reap(project, "--yes", `--run=${runIdOf(journal)}`);
    expect(named.code, named.stderr).toBe(64);
    expect(named.json()).toMatchObject({ exit: { reason: expect.stringContaining("it came to its end") } });
    refused("a run that came to its end, by --run");

    // Its journal, in the same state folder: another project of the same environment.
    const dead = await deadRun(["planned"], {
      "faber.yaml": settings().replace("project: shop", "project: depot"),
    });
    const theirs = journals(dead)[0] ?? "";
    await cp(join(theirs, ".."), project.path(".faber/runs", runIdOf(theirs)), { recursive: true });
    await plant("/shop/test/planned", ours);
    const other = await reap(project, "--yes");
    expect(other.code, other.stderr).toBe(0);
    const byRun = await reap(project, "--yes", `--run=${runIdOf(theirs)}`);
    expect(byRun.code, byRun.stderr).toBe(64);
    expect(await parameters()).toEqual(["/shop/test/live", "/shop/test/planned"]);
    refused("the dead run of another project, in the same state folder");
    refused("the same, by --run");
  });

  test("takes no type that is protected, and nothing beyond what was approved", async () => {
    const protectedTypes = "deletions: { protected_types: [aws_ssm_*] }\n";
    const project = await deadRun(["kept"], { "faber.yaml": settings(protectedTypes) });
    await plant("/shop/test/kept", ours);
    const ran = await reap(project, "--yes");
    expect(ran.code, ran.stderr).toBe(0);
    expect(ran.stderr).toContain("protected_types keeps its type");
    expect(await parameters()).toEqual(["/shop/test/kept"]);
    refused("a type that deletions.protected_types keeps");

    await project.write({ "faber.yaml": settings() });
    const unasked = await reap(project);
    expect(unasked.code, unasked.stderr).toBe(4);
    const wrong = await reap(project, `--approve=${"0".repeat(64)}`);
    expect(wrong.code, wrong.stderr).toBe(4);
    expect(await parameters()).toEqual(["/shop/test/kept"]);
    refused("no approval, and nobody there");
    refused("the digest of another list");
  });

  test("and a destroy of production are refused to --yes, to variables and to piped words", async () => {
    const project = await projectFrom("gated", { "faber.yaml": settings(), "terraform.tfvars.json": "{}" });
    const tries: readonly (readonly [string, readonly string[], Readonly<Record<string, string>>, string])[] =
      [
        ["reap of prod by --yes", ["reap", "--env=prod", "--yes"], {}, ""],
        ["destroy of prod by --yes", ["destroy", "--env=prod", "--yes"], {}, ""],
        ["reap of prod by a piped name", ["reap", "--env=prod"], {}, "prod\n"],
        ["destroy of prod by a piped name", ["destroy", "--env=prod"], {}, "prod\nprod\n"],
        [
          "destroy of prod by FABER_YES",
          ["destroy", "--env=prod"],
          { FABER_YES: "true", FABER_AUTO_APPROVE: "1" },
          "",
        ],
        [
          "destroy of prod by TF_CLI_ARGS",
          ["destroy", "--env=prod"],
          { TF_CLI_ARGS_apply: "-auto-approve" },
          "",
        ],
        [
          "destroy of prod unprotected by a variable",
          ["destroy", "--env=prod", "--yes"],
          { FABER_PROTECTED: "false" },
          "",
        ],
      ];
    const deployed = await faber(["deploy", "--env=test", "--yes", "--skip-tests", "--json"], {
      cwd: project.dir,
    });
    expect(deployed.code, deployed.stderr).toBe(0);
    const state = await project.read("terraform.tfstate");
    for (const [what, args, env, input] of tries) {
      const ran = await faber([...args, "--json"], { cwd: project.dir, env, input });
      // A reap finds nothing to approve in a state that is deployed well: then it is done, and has done nothing.
      const allowed = args[0] === "reap" && !args.includes("--yes") ? [0, 4] : [4, 64];
      expect(allowed, `${what}: ${ran.stderr}`).toContain(ran.code);
      expect(await project.read("terraform.tfstate"), what).toBe(state);
      refused(what);
    }
    await project.write({
      "faber.yaml": settings().replace("prod: { ", "prod: { destroy: { empty_buckets: true }, "),
    });
    const emptied = await faber(["destroy", "--env=prod", "--json"], { cwd: project.dir });
    expect(emptied.code, emptied.stderr).toBe(64);
    refused("destroy.empty_buckets in prod");
    expect(attempts.length).toBeGreaterThanOrEqual(10);
  });
});
