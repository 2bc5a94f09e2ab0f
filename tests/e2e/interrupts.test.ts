import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { rm, writeFile } from "node:fs/promises";
import { describe, expect, onTestFinished, test } from "vitest";
import { objectAt } from "../../src/core/json.ts";
import {
  faber,
  faberArguments,
  startFaber,
  surroundings,
  until,
  type FaberRun,
  type RunningFaber,
} from "../helpers/faber.ts";
import { canSeeProcesses, processesAt } from "../helpers/processes.ts";
import { newestRunFile, projectFrom, type Project } from "../helpers/project.ts";
import { serveState } from "../helpers/state-server.ts";
import { faberAtTerminal, noTerminal } from "../helpers/terminal.ts";
import { noTerraform, terraform } from "../helpers/terraform.ts";
import { toolPath } from "../helpers/tools.ts";

const why = noTerraform ?? (canSeeProcesses ? undefined : "there is no /proc to see processes in");
if (why !== undefined) console.warn(`skipped: interrupts: ${why}`);
const noScanner = toolPath("checkov") === undefined;
if (noScanner)
  console.warn("skipped: interrupts of scanners: Checkov is not installed: faber doctor --install");

const settings = "project: shop\nenvironments:\n  test: {}\n";

const deploy = (project: Project, ...more: readonly string[]): RunningFaber =>
  startFaber(["deploy", "--env=test", "--yes", "--json", ...more], { cwd: project.dir });

/** A deploy that hangs in its second resource of three. */
async function heldDeploy(): Promise<{ readonly project: Project; readonly running: RunningFaber }> {
  const project = await projectFrom("chain", { "faber.yaml": settings, hold: "" });
  const running = deploy(project, "--skip-tests");
  await until("the apply waits", () => project.has("second.begun"));
  return { project, running };
}

async function expectNothingLeft(project: Project): Promise<void> {
  await until("no process works there any more", () => processesAt(project.dir).length === 0);
  const kept = [...(await project.files(".faber")).keys()];
  expect(kept.filter((name) => /scratch|\.lock$|tfplan|\.tmp$/.test(name))).toEqual([]);
}

function expectInterrupted(ran: FaberRun): void {
  expect(ran.code, ran.stderr).toBe(130);
  expect(ran.json()).toMatchObject({ exit: { code: 130, name: "interrupted" } });
  expect(ran.stderr).toContain("stopping");
}

describe.skipIf(why !== undefined)("an interrupt before the apply", () => {
  test("ends an init that waits for a registry", async () => {
    const project = await projectFrom("words", { "faber.yaml": settings });
    let asked = (): void => undefined;
    const connected = new Promise<void>((resolve) => (asked = resolve));
    // Takes connections and says nothing.
    const silent = createServer((socket) => {
      socket.on("error", () => undefined);
      asked();
    }).listen(0, "127.0.0.1");
    onTestFinished(() => void silent.close());
    await until("it listens", () => silent.listening);
    const address = silent.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    await project.write({
      "none.tf": `terraform {\n  required_providers {\n    none = { source = "localhost:${port}/example/none" }\n  }\n}\n`,
    });
    const running = deploy(project, "--skip-tests");
    await connected;
    running.kill("SIGINT");
    expectInterrupted(await running.ended);
    expect(project.has("terraform.tfstate")).toBe(false);
    await expectNothingLeft(project);
  });

  test.skipIf(noScanner)("ends the scanners", async () => {
    const project = await projectFrom("words", { "faber.yaml": settings });
    const running = deploy(project);
    await until("Checkov runs", () =>
      processesAt(project.dir).some(({ argv }) => argv.some((word) => word.includes("checkov"))),
    );
    running.kill("SIGINT");
    expectInterrupted(await running.ended);
    expect(project.has("terraform.tfstate")).toBe(false);
    await expectNothingLeft(project);
  });

  test("in a preview lets Terraform give its lock back", async () => {
    const server = await serveState();
    const project = await projectFrom("words", backed(server.url));
    const locking = server.hold("lock");
    const running = startFaber(["preview", "--env=test", "--json"], { cwd: project.dir });
    await locking.reached;
    running.kill("SIGINT");
    await running.says("stopping");
    locking.release();
    expectInterrupted(await running.ended);
    expect(server.locked()).toBe(false);
    await expectNothingLeft(project);
  });
});

describe.skipIf(why !== undefined)("an interrupt during the apply", () => {
  test("stops after the resource in progress, and tells what there is", async () => {
    const { project, running } = await heldDeploy();
    running.kill("SIGINT");
    const ran = await running.ended;
    expectInterrupted(ran);
    const applied = objectAt(ran.json()["applied"]);
    expect(applied).toMatchObject({
      changed: [{ address: "terraform_data.first" }],
      not_begun: ["terraform_data.third"],
      in_state: 2,
      tainted: ["terraform_data.second"],
    });
    expect(objectAt(JSON.parse(await newestRunFile(project, "report.json")))).toMatchObject({
      exit: { code: 130 },
    });
    await expectNothingLeft(project);

    await rm(project.path("hold"));
    const again = await deploy(project, "--skip-tests").ended;
    expect(again.code, again.stderr).toBe(0);
    expect(again.json()).toMatchObject({
      plan: { counts: { add: 1, replace: 1 } },
      applied: { in_state: 3 },
    });
  });

  test.each(["SIGTERM", "SIGHUP"] as const)("by %s exits 143", async (signal) => {
    const { project, running } = await heldDeploy();
    running.kill(signal);
    const ran = await running.ended;
    expect(ran.code, ran.stderr).toBe(143);
    expect(ran.json()).toMatchObject({ exit: { code: 143, name: "terminated" }, applied: { in_state: 2 } });
    await expectNothingLeft(project);
  });

  test("a second one warns, reaches no Terraform, and loses no state", async () => {
    const server = await serveState();
    const project = await projectFrom("chain", { ...backed(server.url), hold: "" });
    const writing = server.hold("write");
    const running = deploy(project, "--skip-tests");
    await until("the apply waits", () => project.has("second.begun"));
    running.kill("SIGINT");
    await running.says("stopping");
    // Terraform is writing its state now: a second interrupt would make it drop it.
    await writing.reached;
    running.kill("SIGINT");
    await running.says("still stopping");
    writing.release();
    const ran = await running.ended;
    expectInterrupted(ran);
    expect(ran.json()).toMatchObject({ applied: { in_state: 2, tainted: ["terraform_data.second"] } });
    expect(ran.stderr).not.toContain("Two interrupts");
    expect(server.state()).toContain('"first"');
    expect(server.locked()).toBe(false);
    await expectNothingLeft(project);
  });

  test("from a terminal goes to a group that Terraform is not in", async () => {
    const server = await serveState();
    const project = await projectFrom("chain", { ...backed(server.url), hold: "" });
    const writing = server.hold("write");
    const running = deploy(project, "--skip-tests");
    await until("the apply waits", () => project.has("second.begun"));
    const [terraformProcess] = processesAt(project.dir).filter(({ argv }) => argv.includes("apply"));
    expect(terraformProcess).toBeDefined();
    // Ctrl-C goes to every process of the foreground group: Terraform must not be one of them.
    expect(terraformProcess?.group).not.toBe(
      processesAt(project.dir).find(({ pid }) => pid === running.pid)?.group,
    );
    running.kill("SIGINT");
    await writing.reached;
    writing.release();
    expectInterrupted(await running.ended);
    await expectNothingLeft(project);
  });
});

describe.skipIf(why !== undefined)("faber killed during the apply", () => {
  test("leaves Terraform to finish, and the next run takes over", async () => {
    const { project, running } = await heldDeploy();
    const [terraformProcess] = processesAt(project.dir).filter(({ argv }) => argv.includes("apply"));
    running.kill("SIGKILL");
    expect((await running.ended).code).toBeUndefined();
    await rm(project.path("hold"));
    await until("Terraform has ended", () =>
      processesAt(project.dir).every(({ pid }) => pid !== terraformProcess?.pid),
    );
    expect((await terraform(project.dir, ["state", "list"])).trim().split("\n")).toHaveLength(3);

    const again = await faber(["deploy", "--env=test", "--yes", "--skip-tests", "--json"], {
      cwd: project.dir,
    });
    expect(again.code, again.stderr).toBe(0);
    expect(again.json()).toMatchObject({ plan: { changes_something: false }, outputs: { third: "third" } });
    // What the killed run left behind, a plan with all its values among it, is gone as well.
    await expectNothingLeft(project);
  });

  test("does not let a second run in while Terraform still works", async () => {
    const { project, running } = await heldDeploy();
    running.kill("SIGKILL");
    await running.ended;
    const second = await deploy(project, "--skip-tests").ended;
    expect(second.code, second.stderr).toBe(7);
    await rm(project.path("hold"));
    await until("Terraform has ended", () => processesAt(project.dir).length === 0);
    const third = await deploy(project, "--skip-tests").ended;
    expect(third.code, third.stderr).toBe(0);
  });
});

describe.skipIf(why !== undefined)("an interrupt after the apply", () => {
  test("ends the verification and its programs; what was deployed stays", async () => {
    const hang = `import { writeFileSync } from "node:fs"; writeFileSync("verifying", ""); setInterval(() => {}, 1000);`;
    const tests = "tests:\n  - { name: slow, phase: post-deployment, command: [node, hang.mjs] }\n";
    const project = await projectFrom("words", { "faber.yaml": `${settings}${tests}`, "hang.mjs": hang });
    const running = deploy(project, "--skip-tests");
    await until("the verification runs", () => project.has("verifying"));
    running.kill("SIGINT");
    const ran = await running.ended;
    expectInterrupted(ran);
    expect(ran.json()).toMatchObject({ applied: { in_state: 1, failed: [], uncertain: [] } });
    await expectNothingLeft(project);
  });
});

const whyNoTerminal = why ?? noTerminal;
if (whyNoTerminal !== undefined) console.warn(`skipped: closed terminals: ${whyNoTerminal}`);

describe.skipIf(whyNoTerminal !== undefined)("a terminal that is closed", () => {
  test("during the apply: Terraform finishes what it holds, and the report says so", async () => {
    const project = await projectFrom("chain", { "faber.yaml": settings, hold: "" });
    const args = ["deploy", "--env=test", "--yes", "--skip-tests"];
    const terminal = faberAtTerminal(args, { cwd: project.dir });
    await until("the apply waits", () => project.has("second.begun"));
    terminal.close();
    await expectNothingLeft(project);
    expect(objectAt(JSON.parse(await newestRunFile(project, "report.json")))).toMatchObject({
      exit: { code: 143, name: "terminated" },
      applied: {
        changed: [{ address: "terraform_data.first" }],
        in_state: 2,
        not_begun: ["terraform_data.third"],
      },
    });
  });

  test("at the question whether to apply: nothing is applied", async () => {
    const project = await projectFrom("chain", { "faber.yaml": settings });
    const terminal = faberAtTerminal(["deploy", "--env=test", "--skip-tests"], { cwd: project.dir });
    await terminal.expectText("Apply plan");
    terminal.close();
    await expectNothingLeft(project);
    expect(project.has("terraform.tfstate")).toBe(false);
    expect(project.has("second.begun")).toBe(false);
  });
});

/** Runs faber in a pipe whose reader takes one character and goes away; resolves when all of it has ended. */
function intoClosedPipe(project: Project, args: readonly string[]): Promise<void> {
  const shell = spawn(
    "/bin/sh",
    ["-c", `{ "$@"; echo $? >code; } 2>&1 | head -c 1 >out`, "sh", process.execPath, ...faberArguments(args)],
    { cwd: project.dir, env: surroundings(), stdio: "ignore" },
  );
  return new Promise((resolve) => shell.once("close", () => resolve()));
}

describe.skipIf(why !== undefined)("a reader that goes away", () => {
  test("in the middle of a deploy keeps it from nothing", async () => {
    const project = await projectFrom("chain", { "faber.yaml": settings, hold: "" });
    const over = intoClosedPipe(project, ["deploy", "--env=test", "--yes", "--skip-tests"]);
    await until("the apply waits", () => project.has("second.begun"));
    await until("the reader is gone", () =>
      processesAt(project.dir).every(({ argv }) => !argv.some((word) => word.endsWith("head"))),
    );
    await rm(project.path("hold"));
    await over;
    await until("faber has ended", () => project.has("code"));
    expect((await project.read("code")).trim()).toBe("0");
    expect(objectAt(JSON.parse(await newestRunFile(project, "report.json")))).toMatchObject({
      exit: { code: 0 },
      applied: { in_state: 3 },
    });
    await expectNothingLeft(project);
  });

  test("is no crash", async () => {
    const project = await projectFrom("words", { "faber.yaml": settings });
    await writeFile(project.path("out"), "");
    const shell = spawn(
      "/bin/sh",
      [
        "-c",
        `"$@" 2>err | head -c 1 >out`,
        "sh",
        process.execPath,
        ...faberArguments(["preview", "--env=test"]),
      ],
      {
        cwd: project.dir,
        env: surroundings(),
        stdio: "ignore",
      },
    );
    await new Promise((resolve) => shell.once("close", resolve));
    expect(await project.read("out")).toHaveLength(1);
    expect(await project.read("err")).not.toMatch(/EPIPE|a bug in faber|unexpected/);
  });
});

function backed(url: string): Record<string, string> {
  const backend = `{ address: ${url}, lock_address: ${url}, unlock_address: ${url} }`;
  return {
    "faber.yaml": `project: shop\nenvironments:\n  test:\n    backend: ${backend}\n`,
    "backend.tf": 'terraform {\n  backend "http" {}\n}\n',
  };
}
