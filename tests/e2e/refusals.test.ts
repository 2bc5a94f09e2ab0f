import { chmod, mkdir, open, rm } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, type TestContext } from "vitest";
import { arrayAt, objectAt, stringAt } from "../../src/core/json.ts";
import { run, succeeded } from "../../src/process/run.ts";
import { faber, otherHome, startFaber, surroundings, until } from "../helpers/faber.ts";
import { projectFrom, temporaryFolder } from "../helpers/project.ts";
import { noTerraform, terraform } from "../helpers/terraform.ts";

if (noTerraform !== undefined) console.warn(`skipped: refusals: ${noTerraform}`);

const settings = "project: shop\nenvironments:\n  test: {}\n  prod: {}\n";

describe("faber.yaml", () => {
  test.each([
    ["an unknown key", "project: shop\nenviroments:\n  test: {}\n", "faber.yaml:2:1", "environments?"],
    [
      "an unknown key further in",
      "environments:\n  test:\n    regoin: us-east-1\n",
      "faber.yaml:3:5",
      "region?",
    ],
    ["what is no YAML", "environments:\n  test: [\n", "faber.yaml:", "error"],
    [
      "a value of the wrong kind",
      "environments:\n  test: { protected: maybe }\n",
      "faber.yaml:2:",
      "protected",
    ],
  ])("with %s is refused with its place", async (_name, text, place, words) => {
    const project = await projectFrom("words", { "faber.yaml": text });
    const ran = await faber(["validate", "--env=test"], { cwd: project.dir });
    expect(ran.code).toBe(64);
    expect(ran.stderr).toContain(place);
    expect(ran.stderr).toContain(words);
    expect(ran.stdout).toBe("");
    expect(project.has(".faber")).toBe(false);
  });

  test("without the environment that is named says which there are", async () => {
    const project = await projectFrom("words", { "faber.yaml": settings });
    const ran = await faber(["deploy", "--env=tset", "--yes", "--json"], { cwd: project.dir });
    expect(ran.code).toBe(64);
    expect(ran.stderr).toContain('there is no environment "tset" in faber.yaml (test, prod)');
    expect(ran.stderr).toContain("did you mean --env=test?");
    expect(ran.json()).toMatchObject({ error: { code: "unknown-environment" }, exit: { code: 64 } });
    expect(project.has(".faber")).toBe(false);
  });
});

describe("the command line", () => {
  test.each([
    [["deploy", "--yess"], "--yes"],
    [["deplo"], "deploy"],
    [["test", "--phase=after"], "post-deployment"],
    [["validate", "--chdir=nowhere"], "nowhere"],
    [[], "faber --help"],
  ])("%j is refused with what was meant", async (args, words) => {
    const project = await projectFrom("words", { "faber.yaml": settings });
    const ran = await faber(args, { cwd: project.dir });
    expect(ran.code).toBe(64);
    expect(ran.stderr).toContain(words);
    expect(project.has(".faber")).toBe(false);
  });

  test("an empty folder has nothing to deploy", async () => {
    const ran = await faber(["deploy", "--env=test", "--yes"], { cwd: await temporaryFolder() });
    expect(ran.code).toBe(64);
    expect(ran.stderr).toContain("nothing to deploy");
  });
});

describe.skipIf(noTerraform !== undefined)("Terraform files", () => {
  test("that cannot be read stop everything, with file and line", async () => {
    const project = await projectFrom("words", {
      "faber.yaml": settings,
      "broken.tf": 'locals {\n  word = "hello\n}\n',
    });
    const ran = await faber(["deploy", "--env=test", "--yes", "--json"], { cwd: project.dir });
    expect(ran.code, ran.stderr).toBe(3);
    expect(ran.stderr).toContain("broken.tf:2");
    const reports = objectAt(ran.json()["reports"]);
    const report = objectAt(
      JSON.parse(await project.read((stringAt(reports["pre-deployment"]) ?? "").replace(project.dir, "."))),
    );
    expect(report).toMatchObject({ overall_status: "FAIL", exit: { code: 3 } });
    expect(project.has("terraform.tfstate")).toBe(false);
  });

  test("that are not valid stop everything before a plan", async () => {
    const project = await projectFrom("words", {
      "faber.yaml": settings,
      "wrong.tf": 'output "wrong" {\n  value = terraform_data.missing.output\n}\n',
    });
    const ran = await faber(["deploy", "--env=test", "--yes", "--json"], { cwd: project.dir });
    expect(ran.code, ran.stderr).toBe(3);
    expect(ran.stderr).toContain("wrong.tf:2");
    expect(arrayAt(ran.json()["stages"])).toHaveLength(1);
    expect(project.has("terraform.tfstate")).toBe(false);
  });

  test("that want a provider nobody has end with advice", async () => {
    const project = await projectFrom("words", {
      "faber.yaml": settings,
      // Nothing listens there, so the answer comes at once.
      "provider.tf":
        'terraform {\n  required_providers {\n    none = { source = "localhost:9/example/none" }\n  }\n}\n',
    });
    const ran = await faber(["deploy", "--env=test", "--yes"], { cwd: project.dir });
    expect(ran.code, ran.stderr).toBe(64);
    expect(ran.stderr).toContain("FABER_PROVIDER_MIRROR");
    expect(ran.stderr).toContain("faber doctor");
  });

  test("whose backend changed are left alone, with what to do", async () => {
    const backend = (path: string): string =>
      `terraform {\n  backend "local" {\n    path = "${path}.tfstate"\n  }\n}\n`;
    const project = await projectFrom("words", { "faber.yaml": settings, "backend.tf": backend("one") });
    const args = ["deploy", "--env=test", "--yes", "--skip-tests"];
    expect((await faber(args, { cwd: project.dir })).code).toBe(0);
    await project.write({ "backend.tf": backend("two") });
    const ran = await faber(args, { cwd: project.dir });
    expect(ran.code, ran.stderr).toBe(64);
    expect(ran.stderr).toContain("-migrate-state");
    expect(project.has("two.tfstate")).toBe(false);
  });

  test("that miss a variable say which", async () => {
    const project = await projectFrom("words", {
      "faber.yaml": settings,
      "more.tf": 'variable "size" {\n  type = number\n}\n',
    });
    const ran = await faber(["preview", "--env=test", "--json"], { cwd: project.dir });
    expect(ran.code, ran.stderr).toBe(64);
    expect(ran.stderr).toContain('"size"');
  });
});

describe("tools", () => {
  test("without Terraform faber says how to get it", async () => {
    const project = await projectFrom("words", { "faber.yaml": settings });
    const empty = await temporaryFolder();
    const env = { ...otherHome(empty), FABER_TOOLS_DIR: empty, PATH: empty };
    const ran = await faber(["deploy", "--env=test", "--yes"], { cwd: project.dir, env });
    expect(ran.code).toBe(64);
    expect(ran.stderr).toMatch(/terraform .*not/i);
    expect(ran.stderr).toContain("faber doctor");
    expect(project.has("terraform.tfstate")).toBe(false);
  });

  test("a Terraform that is too old is refused, with both versions", async () => {
    const project = await projectFrom("words", {
      "faber.yaml": `${settings}tools: { terraform: old/terraform }\n`,
      // Stands in for the old program, whose download no test should need.
      "old/terraform": '#!/bin/sh\necho \'{"terraform_version":"1.4.6"}\'\n',
    });
    await chmod(project.path("old/terraform"), 0o755);
    const ran = await faber(["deploy", "--env=test", "--yes"], { cwd: project.dir });
    expect(ran.code).toBe(64);
    expect(ran.stderr).toContain("1.4.6");
    expect(ran.stderr).toMatch(/1\.5/);
    expect(project.has("terraform.tfstate")).toBe(false);
  });

  test("a missing scanner is said loudly, and blocks where the environment is protected", async () => {
    const project = await projectFrom("words", { "faber.yaml": settings });
    const env = { FABER_CHECKOV_PATH: "", FABER_TOOLS_DIR: await temporaryFolder() };
    const loud = await faber(["test", "--env=test", "--json"], { cwd: project.dir, env });
    expect(loud.code, loud.stderr).toBe(0);
    expect(loud.json()).toMatchObject({ overall_status: "WARN", summary: { skipped: 2 } });
    expect(loud.stderr).toContain("SKIPPED");
    const blocked = await faber(["test", "--env=prod", "--json"], { cwd: project.dir, env });
    expect(blocked.code, blocked.stderr).toBe(3);
    expect(blocked.json()).toMatchObject({ overall_status: "FAIL", exit: { name: "test-failed" } });
  });
});

describe.skipIf(noTerraform !== undefined)("a state folder that cannot be written", () => {
  test("because a file is in the way", async () => {
    const project = await projectFrom("words", { "faber.yaml": settings, "taken/file": "" });
    const env = { FABER_STATE_DIR: project.path("taken/file/state") };
    const ran = await faber(["deploy", "--env=test", "--yes"], { cwd: project.dir, env });
    expect(ran.code, ran.stderr).toBe(64);
    expect(ran.stderr).toContain("a part of the path is a file");
    expect(ran.stderr).toContain("FABER_STATE_DIR");
    expect(project.has("terraform.tfstate")).toBe(false);
  });

  test("because it is read-only", async (context) => {
    const project = await projectFrom("words", { "faber.yaml": settings });
    const dir = await smallDisk(context, "size=64k,ro");
    const ran = await faber(["deploy", "--env=test", "--yes"], {
      cwd: project.dir,
      env: { FABER_STATE_DIR: dir },
    });
    expect(ran.code, ran.stderr).toBe(64);
    expect(ran.stderr).toContain("the file system is read-only");
    expect(project.has("terraform.tfstate")).toBe(false);
  });

  test("because its disk is full", async (context) => {
    const project = await projectFrom("words", { "faber.yaml": settings });
    const dir = await smallDisk(context, "size=64k");
    await fill(dir);
    const ran = await faber(["deploy", "--env=test", "--yes"], {
      cwd: project.dir,
      env: { FABER_STATE_DIR: dir },
    });
    expect(ran.code, ran.stderr).toBe(64);
    expect(ran.stderr).toContain("the disk is full");
    expect(project.has("terraform.tfstate")).toBe(false);
  });

  test("because its disk fills up during an apply, which goes on and is told of", async (context) => {
    const project = await projectFrom("chain", { "faber.yaml": settings, hold: "" });
    const dir = await smallDisk(context, "size=256k");
    const args = ["deploy", "--env=test", "--yes", "--skip-tests", "--json"];
    const running = startFaber(args, { cwd: project.dir, env: { FABER_STATE_DIR: dir } });
    await until("the apply waits", () => project.has("second.begun"));
    await fill(dir);
    await rm(project.path("hold"));
    const ran = await running.ended;
    expect(ran.code, ran.stderr).toBe(64);
    expect(ran.stderr).toContain("the disk is full");
    expect(ran.json()).toMatchObject({ outputs: { third: "third" }, exit: { code: 64 } });
    expect(await terraform(project.dir, ["state", "list"])).toContain("terraform_data.third");
    expect((await project.files()).has("errored.tfstate")).toBe(false);
  });
});

async function fill(dir: string): Promise<void> {
  const file = await open(join(dir, "filler"), "w");
  const block = Buffer.alloc(4_096, "x");
  const write = async (): Promise<boolean> =>
    file.write(block).then(
      () => true,
      () => false,
    );
  while (await write());
  await file.close();
}

/** A file system of its own; skips the test where none may be mounted. */
async function smallDisk(context: TestContext, options: string): Promise<string> {
  const dir = join(await temporaryFolder(), "disk");
  await mkdir(dir);
  const env = surroundings();
  const mounted = await run(["mount", "-t", "tmpfs", "-o", options, "none", dir], { env });
  if (!succeeded(mounted)) context.skip("no file system may be mounted here");
  onTestFinished(async () => void (await run(["umount", dir], { env })));
  return dir;
}
