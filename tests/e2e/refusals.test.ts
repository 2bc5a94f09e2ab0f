import { chmod } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { arrayAt, objectAt, stringAt } from "../../src/core/json.ts";
import { faber, otherHome } from "../helpers/faber.ts";
import { projectFrom, temporaryFolder } from "../helpers/project.ts";
import { noTerraform } from "../helpers/terraform.ts";

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
    expect(loud.json()).toMatchObject({ overall_status: "WARN" });
    for (const scanner of ["checkov", "tfsec"])
      expect(loud.stderr).toMatch(new RegExp(`${scanner}_security +skipped: `));
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
});
