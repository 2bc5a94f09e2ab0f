import { describe, expect, test } from "vitest";
import { faber, type FaberRun } from "../helpers/faber.ts";
import { projectFrom, type Project } from "../helpers/project.ts";
import { noTerraform, terraform } from "../helpers/terraform.ts";

if (noTerraform !== undefined) console.warn(`skipped: kinds of plans: ${noTerraform}`);

const run = (project: Project, command: string, ...more: readonly string[]): Promise<FaberRun> =>
  faber([command, "--env=test", "--json", ...more], { cwd: project.dir });
const deploy = async (project: Project): Promise<FaberRun> => {
  const ran = await run(project, "deploy", "--yes", "--skip-tests");
  expect(ran.code, ran.stderr).toBe(0);
  return ran;
};

describe.skipIf(noTerraform !== undefined)("a plan", () => {
  test("that moves, imports and forgets is counted, approved and applied", async () => {
    const project = await projectFrom("words");
    await project.write({ "more.tf": 'resource "terraform_data" "left" {\n  input = "left"\n}\n' });
    await deploy(project);
    await project.write({
      "main.tf": (await project.read("main.tf"))
        .replaceAll("terraform_data.word.", "terraform_data.phrase.")
        .replace('"terraform_data" "word"', '"terraform_data" "phrase"'),
      "more.tf": `moved {
  from = terraform_data.word
  to   = terraform_data.phrase
}

removed {
  from = terraform_data.left

  lifecycle {
    destroy = false
  }
}

import {
  to = terraform_data.found
  id = "found-by-hand"
}

resource "terraform_data" "found" {}
`,
    });
    const refused = await run(project, "deploy", "--skip-tests");
    expect(refused.code, refused.stderr).toBe(4);
    expect(refused.json()).toMatchObject({ plan: { changes_something: true } });

    const ran = await deploy(project);
    expect(ran.json()).toMatchObject({
      plan: { counts: { add: 0, change: 0, replace: 0, destroy: 0, move: 1, import: 1, forget: 1 } },
    });
    const listed = (await terraform(project.dir, ["state", "list"])).trim().split("\n");
    expect(listed).toEqual(["terraform_data.found", "terraform_data.phrase"]);
    expect((await deploy(project)).json()).toMatchObject({ plan: { changes_something: false } });
  });

  test("that changes an output alone is something to approve", async () => {
    const project = await projectFrom("words");
    await deploy(project);
    await project.write({ "more.tf": 'output "more" {\n  value = "more"\n}\n' });
    expect((await run(project, "deploy", "--skip-tests")).code).toBe(4);
    expect((await deploy(project)).json()).toMatchObject({ outputs: { word: "hello", more: "more" } });
  });

  test("that replaces says so before it is approved", async () => {
    const project = await projectFrom("words");
    await project.write({ "more.tf": 'resource "terraform_data" "kept" {\n  triggers_replace = "1"\n}\n' });
    await deploy(project);
    await project.write({ "more.tf": 'resource "terraform_data" "kept" {\n  triggers_replace = "2"\n}\n' });
    const ran = await faber(["preview", "--env=test"], { cwd: project.dir });
    expect(ran.stdout).toContain("1 to replace");
    expect(ran.stdout).toContain("1 resource is destroyed");
  });

  test("that breaks a condition changes nothing, and quotes the condition", async () => {
    const project = await projectFrom("words");
    await project.write({
      "more.tf": `resource "terraform_data" "picky" {
  lifecycle {
    precondition {
      condition     = var.word == "please"
      error_message = "say please"
    }
  }
}
`,
    });
    const ran = await run(project, "deploy", "--yes", "--skip-tests");
    expect(ran.code, ran.stderr).toBe(5);
    expect(ran.stderr).toContain("say please");
    expect(ran.stderr).toContain("more.tf:4");
    expect(ran.json()).not.toHaveProperty("applied");
    expect(project.has("terraform.tfstate")).toBe(false);
  });

  test("of a root whose folder has blanks and other letters is made like any other", async () => {
    const plain = await projectFrom("words");
    await plain.write({
      "läden & co/$HOME/main.tf": await plain.read("main.tf"),
      "läden & co/$HOME/my words.tfvars": 'word = "grüezi"\n',
      "läden & co/faber.yaml":
        'project: shop\ndir: "$HOME"\nenvironments:\n  test: { var_files: ["my words.tfvars"] }\n',
    });
    const ran = await faber(["deploy", "--env=test", "--yes", "--json"], { cwd: plain.path("läden & co") });
    expect(ran.code, ran.stderr).toBe(0);
    expect(ran.json()).toMatchObject({ outputs: { word: "grüezi" } });
  });
});
