import { readdirSync } from "node:fs";
import { copyFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { DeleteParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { arrayAt, objectAt, stringAt, type JsonObject } from "../../src/core/json.ts";
import { wrongClock } from "../helpers/clock.ts";
import { noEmulator, useEmulator } from "../helpers/emulator.ts";
import { faber, startFaber, until, type FaberRun, type RunningFaber } from "../helpers/faber.ts";
import {
  expired,
  faultProxy,
  serverError,
  throttled,
  tooMany,
  type Fault,
  type FaultProxy,
  type Trouble,
} from "../helpers/fault-proxy.ts";
import { processesAt } from "../helpers/processes.ts";
import { newestRunFile, projectFrom, temporaryFolder, type Project } from "../helpers/project.ts";
import { noSmallDisk, smallDisk } from "../helpers/small-disk.ts";
import { noTerraform, terraform } from "../helpers/terraform.ts";

const why = noTerraform ?? noEmulator;
if (why !== undefined) console.warn(`skipped: faults between Terraform and the cloud: ${why}`);
if (noSmallDisk !== undefined) console.warn(`skipped: full and read-only disks: ${noSmallDisk}`);

const endpoint = useEmulator(4765);
let crashes = "";
beforeAll(async () => {
  crashes = await temporaryFolder();
});

const run = (
  project: Project,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<FaberRun> =>
  faber([...args, "--env=test", "--json"], { cwd: project.dir, env: { TMPDIR: crashes, ...env } });
const deploy = (project: Project, env: Record<string, string> = {}): Promise<FaberRun> =>
  run(project, ["deploy", "--yes", "--skip-tests"], env);
const flat = ({ stderr }: FaberRun): string => stderr.replace(/\s+/g, " ");
const managed = async (project: Project, dir = project.dir): Promise<readonly string[]> =>
  (await terraform(dir, ["state", "list"])).trim().split("\n");

const seen: string[] = [];
afterAll(() => console.log(`faults: ${seen.length} met, each with a verdict of its own`));

/** Whatever went wrong: one document, one exit that says it, no crash, and nothing that calls itself a pass. */
function expectVerdict(ran: FaberRun, what: string, code: number, says: RegExp): JsonObject {
  expect(ran.code, ran.stderr).toBe(code);
  const document = ran.json();
  expect(document).toMatchObject({ exit: { code } });
  if (code !== 0) expect(document["overall_status"]).not.toBe("PASS");
  expect(flat(ran)).toMatch(says);
  expect(ran.stderr).not.toMatch(/a bug in faber|\bat \S+ \(.*\.js:\d+/);
  expect(readdirSync(crashes).filter((name) => name.startsWith("faber-crash"))).toEqual([]);
  seen.push(what);
  return document;
}

/** The journal of the newest run is whole, and ends as the verdict does. */
async function expectStory(project: Project, code: number): Promise<void> {
  const lines = (await newestRunFile(project, "journal.ndjson")).trimEnd().split("\n");
  const events = lines.map((line) => objectAt(JSON.parse(line)));
  expect(events.at(-1)).toMatchObject({ type: "run.ended", report: { exit: { code } } });
  expect(JSON.parse(await newestRunFile(project, "report.json"))).toMatchObject({ exit: { code } });
}

const root = `terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}
provider "aws" {
  max_retries = 1
}
variable "names" {
  type = set(string)
}
resource "terraform_data" "first" {
  input = "first"
}
resource "aws_ssm_parameter" "word" {
  for_each   = var.names
  name       = "/shop/test/\${each.key}"
  type       = "String"
  value      = "hello"
  depends_on = [terraform_data.first]
}
resource "terraform_data" "last" {
  input = [for word in aws_ssm_parameter.word : word.version]
}
`;
const ssm = new SSMClient({
  endpoint,
  region: "us-east-1",
  credentials: { accessKeyId: "test", secretAccessKey: "test" },
});

const user = "arn:aws:iam::000000000000:user/deployer";
const denied = (message: string, code = "AccessDeniedException"): Fault => ({ status: 400, code, message });
const putting = `User: ${user} is not authorized to perform: ssm:PutParameter`;

/** What the creation of one parameter each is met with, and what has to be read of it. */
const atTerraform: Readonly<Record<string, readonly [Fault | Trouble, RegExp]>> = {
  sentence: [
    denied(
      `${putting} on resource: arn:aws:ssm:us-east-1:000000000000:parameter/shop/test/sentence because no identity-based policy allows the ssm:PutParameter action`,
    ),
    /no identity-based policy allows the ssm:PutParameter action/,
  ],
  short: [denied(putting), /not authorized to perform: ssm:PutParameter/],
  encoded: [
    denied(
      "You are not authorized to perform this operation. Encoded authorization failure message: 4GIOHlTkIaWHQD0Q0m6XSnuUMCm",
      "UnauthorizedOperation",
    ),
    /Encoded authorization failure message/,
  ],
  bare: [{ status: 403, code: "AccessDenied", message: "Access Denied" }, /AccessDenied: Access Denied/],
  throttled: [throttled, /ThrottlingException: Rate exceeded/],
  many: [tooMany, /StatusCode: 429/],
  failing: [serverError, /StatusCode: 500/],
  reset: ["reset", /connection reset|EOF/],
  expired: [expired, /The security token is expired/],
  half: ["truncated", /deserialization failed|unexpected (?:end|EOF)/],
};
const names = Object.keys(atTerraform);

describe.skipIf(why !== undefined)("between Terraform and the cloud", { concurrent: false }, () => {
  let project: Project;
  beforeAll(async () => {
    project = await projectFrom("words", { "main.tf": root });
  });
  /** Behind a proxy that interferes with the calls of SSM; by the part of their document that names a parameter. */
  const behind = async (
    faultFor: (name: string, nth: number) => Fault | Trouble | undefined,
    target = "AmazonSSM.",
  ): Promise<FaultProxy> => {
    let nth = 0;
    const proxy = await faultProxy(endpoint, (_nth, { headers }, body) => {
      if (!String(headers["x-amz-target"]).startsWith(target)) return undefined;
      nth += 1;
      return faultFor(/shop\/test\/(\w+)/.exec(body)?.[1] ?? "", nth);
    });
    await project.write({
      "faber.yaml": `project: shop\nenvironments:\n  test: { hosting: emulator, endpoint: "${proxy.url}", region: us-east-1, fix: never, variables: { names: [slow, ${names.join(", ")}] } }\n`,
    });
    return proxy;
  };
  const creating = "AmazonSSM.PutParameter";

  test("ten faults in one apply are each told, and what was done is kept", async () => {
    const proxy = await behind(
      (name) => (name === "slow" ? { slowMs: 1_000 } : atTerraform[name]?.[0]),
      creating,
    );
    const ran = await deploy(project);
    const document = expectVerdict(ran, "ten faults", 5, /stopped at/);
    expect(proxy.faults()).toBeGreaterThanOrEqual(names.length + 1);
    for (const [name, [, says]] of Object.entries(atTerraform)) expect(flat(ran), name).toMatch(says);
    const { applied } = document;
    const failed = names.map((name) => `aws_ssm_parameter.word["${name}"]`);
    expect(new Set(arrayAt(objectAt(applied)["failed"]))).toEqual(new Set(failed));
    expect(applied).toMatchObject({ not_begun: ["terraform_data.last"], in_state: 2, uncertain: [] });
    await expectStory(project, 5);
    expect(await managed(project)).toEqual(['aws_ssm_parameter.word["slow"]', "terraform_data.first"]);
  });

  test.each([
    ["bare", 5],
    ["expired", 5],
  ])("one (%s) alone decides the exit", async (name, code) => {
    await behind((_name) => atTerraform[name]?.[0], creating);
    expectVerdict(await deploy(project), name, code, atTerraform[name]?.[1] ?? /never/);
    await expectStory(project, code);
    expect(await managed(project)).toHaveLength(2);
  });

  test("when they are over, the next deploy makes what is missing, and nothing twice", async () => {
    // Half of its answer was lost, and the parameter was made all the same.
    await ssm.send(new DeleteParameterCommand({ Name: "/shop/test/half" }));
    const made: string[] = [];
    await behind((name) => void made.push(name), creating);
    const document = expectVerdict(await deploy(project), "over", 0, /✓ deploy/);
    expect(document).toMatchObject({ applied: { in_state: names.length + 3, failed: [], uncertain: [] } });
    expect(made.toSorted()).toEqual(names.toSorted());
  });

  const atSdk: readonly (readonly [string, (nth: number) => Fault | Trouble | undefined, number, RegExp])[] =
    [
      ["a denial", () => denied(putting), 8, /not authorized to perform/],
      ["429 that passes", (nth) => (nth <= 2 ? tooMany : undefined), 0, /./],
      ["500", () => serverError, 6, /./],
      ["a connection that is reset", () => "reset", 6, /./],
      ["an expired token", () => expired, 8, /expired/],
      ["half a document", () => "truncated", 6, /./],
    ];
  test.each(atSdk)(
    "%s never makes a verification pass that was not made",
    async (what, faultFor, code, says) => {
      const proxy = await behind((_name, nth) => faultFor(nth));
      const ran = await run(project, ["test", "--phase=post-deployment"]);
      const document = expectVerdict(ran, `${what}, verifying`, code, says);
      expect(proxy.faults()).toBeGreaterThan(0);
      const tests = arrayAt(document["tests"]).map(objectAt);
      const existence = tests.find((one) => one["name"] === "resource_existence");
      expect(existence?.["status"]).toBe(code === 0 ? "PASS" : "ERROR");
    },
  );
});

/** A deploy of `chain` that waits in its second resource; `go` lets it. */
async function waiting(
  project: Project,
  { root: dir = ".", env = {} }: { readonly root?: string; readonly env?: Record<string, string> } = {},
): Promise<{ readonly go: () => Promise<FaberRun>; readonly running: RunningFaber }> {
  await project.write({ [`${dir}/hold`]: "" });
  await rm(project.path(dir, "second.begun"), { force: true });
  const args = ["deploy", "--env=test", "--yes", "--skip-tests", "--json"];
  const running = startFaber(args, { cwd: project.dir, env: { TMPDIR: crashes, ...env } });
  await until("the apply waits", () => project.has(`${dir}/second.begun`));
  const go = async (): Promise<FaberRun> => {
    await rm(project.path(dir, "hold"));
    return running.ended;
  };
  return { go, running };
}
const chain = (files: Readonly<Record<string, string>> = {}): Promise<Project> =>
  projectFrom("chain", { "faber.yaml": "project: shop\nenvironments:\n  test: {}\n", ...files });

describe.skipIf(noTerraform !== undefined || noSmallDisk !== undefined)("a disk", () => {
  test("that is full lets nothing begin", async () => {
    const project = await chain();
    smallDisk(project.path(".faber")).fill();
    expectVerdict(await deploy(project), "full before", 64, /cannot write \S+: the disk is full/);
    expect(project.has(".terraform")).toBe(false);
  });

  test("that is full before the apply lets nothing be changed", async () => {
    const project = await chain({
      "faber.yaml": `project: shop
hooks: { post_plan: [{ command: [sh, -c, "cat /dev/zero > .faber/filler"], on_failure: warn }] }
environments: { test: {} }
`,
    });
    smallDisk(project.path(".faber"));
    expectVerdict(await deploy(project), "full before the apply", 64, /journal|the disk is full/);
    expect(project.has("terraform.tfstate")).toBe(false);
  });

  test("that fills up during the apply loses nothing of what was applied", async () => {
    const project = await chain();
    const disk = smallDisk(project.path(".faber"));
    const { go } = await waiting(project);
    disk.fill();
    const ran = await go();
    const document = expectVerdict(ran, "full during the apply", 6, /the disk is full/);
    expect(document).toMatchObject({ applied: { in_state: 3 } });
    expect(await managed(project)).toHaveLength(3);
    disk.free();
    const next = await deploy(project);
    expect(flat(next)).toContain(
      `run ${stringAt(document["run_id"]) ?? "?"} (deploy) broke off during its apply`,
    );
    expect(next.code, next.stderr).toBe(0);
    expect(next.json()).toMatchObject({ plan: { changes_something: false } });
  });

  test("under the state: what could not be stored is kept, and nobody is blamed for a lock", async () => {
    const project = await chain({ "faber.yaml": "project: shop\ndir: root\nenvironments:\n  test: {}\n" });
    const disk = smallDisk(project.path("root"));
    // More than fits into the room that the file already has.
    const large = (await project.read("main.tf")).replace(
      '= "third"',
      '= join("", [for nth in range(1000) : "twenty characters ..."])',
    );
    await project.write({ "root/main.tf": large });
    await rm(project.path("main.tf"));
    const { go } = await waiting(project, { root: "root" });
    disk.fill();
    const ran = await go();
    expectVerdict(ran, "a state that fits nowhere", 5, /Failed to write state/);
    expect(flat(ran)).toContain("the state could be stored nowhere: all of it lies in");
    const copies = [...(await project.files(".faber/state-backups"))];
    expect(copies.map(([, mode]) => mode)).toEqual([0o600]);
    disk.free();
    await copyFile(project.path(copies[0]?.[0] ?? "none"), project.path("root/terraform.tfstate"));
    const next = await deploy(project);
    expect(next.code, next.stderr).toBe(0);
    // Terraform's dump is of before it had worked out the outputs.
    expect(next.json()).toMatchObject({
      plan: { counts: { add: 0, change: 0, replace: 0, destroy: 0 } },
      applied: { in_state: 3 },
    });
    disk.makeReadOnly();
    const readOnly = await run(project, ["preview"]);
    expectVerdict(readOnly, "a state that cannot be locked", 64, /read-only file system/);
    expect(flat(readOnly)).not.toMatch(/somebody else|force-unlock/);
  });

  test("that is read-only lets nothing begin", async () => {
    const project = await chain();
    smallDisk(project.path(".faber")).makeReadOnly();
    expectVerdict(await deploy(project), "read-only", 64, /cannot write \S+: the file system is read-only/);
    expect(project.has(".terraform")).toBe(false);
    const disk = await temporaryFolder();
    smallDisk(join(disk, "reports")).makeReadOnly();
    const other = await chain();
    const args = ["deploy", "--yes", "--skip-tests", `--report=json=${join(disk, "reports", "run.json")}`];
    expectVerdict(await run(other, args), "read-only reports", 64, /the file system is read-only/);
    expect(other.has(".terraform")).toBe(false);
  });
});

describe.skipIf(noTerraform !== undefined)("a clock", () => {
  const jumping = async (project: Project, hours: number): Promise<Record<string, string>> =>
    wrongClock(await temporaryFolder(), { hours, when: project.path("second.begun") });

  test.each([
    ["forwards", 48],
    ["backwards", -48],
  ])("that jumps %s in the middle of an apply changes nothing but times", async (what, hours) => {
    const project = await chain();
    const { go } = await waiting(project, { env: await jumping(project, hours) });
    const document = expectVerdict(await go(), `a clock that jumps ${what}`, 0, /✓ deploy/);
    await expectStory(project, 0);
    expect(Number(document["duration_ms"])).toBeGreaterThan(0);
    expect(Number(document["duration_ms"])).toBeLessThan(120_000);
    expect(document).toMatchObject({ applied: { in_state: 3 } });
    const next = await deploy(project);
    expect(next.code, next.stderr).toBe(0);
    // The run that came last is the last, whatever the clock said of the one before.
    const { runs } = (await run(project, ["runs", "list"])).json();
    expect(arrayAt(runs).map((one) => objectAt(one)["run_id"])).toEqual([
      next.json()["run_id"],
      document["run_id"],
    ]);
  });

  test("that was set back hides no run that broke off", { timeout: 120_000 }, async () => {
    const project = await chain({ fail: "" });
    expect((await deploy(project)).code).toBe(5);
    await rm(project.path("fail"));
    // Wrong for as long as a file is there that stays.
    const env = await wrongClock(await temporaryFolder(), { hours: -48, when: project.path("main.tf") });
    const { go, running } = await waiting(project, { env });
    running.kill("SIGKILL");
    await go();
    await until("Terraform has ended", () => processesAt(project.dir).length === 0);
    const next = await deploy(project);
    expectVerdict(next, "a crash while the clock was wrong", 0, /broke off during its apply/);
  });

  test("cannot make an approval younger", async () => {
    const project = await projectFrom("words", {
      "faber.yaml": "project: shop\nenvironments:\n  test: {}\n",
    });
    const digest = stringAt(
      objectAt((await run(project, ["preview", "--out=kept.plan"])).json()["plan"])["digest"],
    );
    for (const [hours, says] of [
      [25, /an approval holds for 24/],
      [-1, /which has not been yet/],
    ] as const) {
      const env = await wrongClock(await temporaryFolder(), { hours, when: project.path("kept.plan") });
      const args = ["deploy", "--plan=kept.plan", `--approve=${digest ?? ""}`, "--skip-tests"];
      expectVerdict(await run(project, args, env), `${hours} hours`, 4, says);
    }
    expect(project.has("terraform.tfstate")).toBe(false);
  });
});
