import { rm } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { faber, startFaber, until, type FaberRun } from "../helpers/faber.ts";
import { canSeeProcesses, processesAt } from "../helpers/processes.ts";
import { newestRunFile, projectFrom, type Project } from "../helpers/project.ts";
import { noTerraform, terraform } from "../helpers/terraform.ts";

if (noTerraform !== undefined) console.warn(`skipped: failed applies: ${noTerraform}`);

const settings = "project: shop\nenvironments:\n  test: {}\n";
const run = (project: Project, command: string, ...more: readonly string[]): Promise<FaberRun> =>
  faber([command, "--env=test", "--yes", ...more], { cwd: project.dir });

describe.skipIf(noTerraform !== undefined)("an apply that fails half way", () => {
  test("says what exists, what is tainted and what was not begun; the next one mends it", async () => {
    const project = await projectFrom("chain", { "faber.yaml": settings, fail: "" });
    const failed = await run(project, "deploy", "--skip-tests", "--json");
    expect(failed.code, failed.stderr).toBe(5);
    expect(failed.json()).toMatchObject({
      overall_status: "FAIL",
      applied: {
        changed: [{ address: "terraform_data.first", action: "create" }],
        failed: ["terraform_data.second"],
        uncertain: [],
        not_begun: ["terraform_data.third"],
        in_state: 2,
        tainted: ["terraform_data.second"],
      },
      exit: { code: 5, name: "deploy-failed" },
    });
    expect(failed.stderr).toContain("main.tf:10");
    expect(JSON.parse(await newestRunFile(project, "report.json"))).toMatchObject({ exit: { code: 5 } });

    await rm(project.path("fail"));
    const mended = await run(project, "deploy", "--skip-tests", "--json");
    expect(mended.code, mended.stderr).toBe(0);
    expect(mended.json()).toMatchObject({
      plan: { counts: { add: 1, replace: 1 } },
      applied: { tainted: [], in_state: 3 },
    });
  });

  test("tells a person the same", async () => {
    const project = await projectFrom("chain", { "faber.yaml": settings, fail: "" });
    const failed = await run(project, "deploy", "--skip-tests");
    expect(failed.code).toBe(5);
    expect(failed.stdout).toContain("FAIL");
    expect(failed.stdout).toMatch(/tainted\s+terraform_data\.second/);
    expect(failed.stdout).toMatch(/1 changed · 2 in the state · 1 not begun/);
    expect(failed.stdout).toContain("faber deploy --env=test");
  });
});

describe.skipIf(noTerraform !== undefined || !canSeeProcesses)("a Terraform that is killed", () => {
  test("leaves what it had begun uncertain, and faber says so", async () => {
    const project = await projectFrom("chain", { "faber.yaml": settings, hold: "" });
    const args = ["deploy", "--env=test", "--yes", "--skip-tests", "--json"];
    const running = startFaber(args, { cwd: project.dir });
    await until("the apply waits", () => project.has("second.begun"));
    const [apply] = processesAt(project.dir).filter(({ argv }) => argv.includes("apply"));
    process.kill(apply?.pid ?? -1, "SIGKILL");
    const ran = await running.ended;
    await rm(project.path("hold"));
    expect(ran.code, ran.stderr).toBe(5);
    expect(ran.json()).toMatchObject({
      applied: { uncertain: ["terraform_data.second"], not_begun: ["terraform_data.third"] },
    });
    expect(ran.stderr).toContain("SIGKILL");

    const again = await run(project, "deploy", "--skip-tests", "--json");
    expect(again.code, again.stderr).toBe(0);
    expect(again.json()).toMatchObject({ applied: { in_state: 3 } });
  });
});

describe.skipIf(noTerraform !== undefined)("destroy", () => {
  test("wants approval, leaves an empty state, and can be done again", async () => {
    const project = await projectFrom("chain", { "faber.yaml": settings });
    expect((await run(project, "deploy", "--skip-tests")).code).toBe(0);

    const unapproved = await faber(["destroy", "--env=test"], { cwd: project.dir });
    expect(unapproved.code).toBe(4);
    expect(unapproved.stderr).toContain("faber destroy --env=test --yes");
    expect((await terraform(project.dir, ["state", "list"])).trim().split("\n")).toHaveLength(3);

    const destroyed = await run(project, "destroy", "--json");
    expect(destroyed.code, destroyed.stderr).toBe(0);
    expect(destroyed.json()).toMatchObject({ plan: { counts: { destroy: 3 } }, applied: { in_state: 0 } });
    // There is no cloud here that could have been asked.
    expect(destroyed.stderr).toContain("state empty");
    expect(destroyed.stderr).not.toContain("cloud could");
    expect(destroyed.stderr).not.toContain("gone from");
    expect((await terraform(project.dir, ["state", "list"])).trim()).toBe("");

    const again = await run(project, "destroy", "--json");
    expect(again.code, again.stderr).toBe(0);
    expect(again.json()).toMatchObject({ plan: { changes_something: false } });
  });

  test("that fails half way says what is left", async () => {
    const project = await projectFrom("chain", {
      "faber.yaml": settings,
      "stuck.tf": `resource "terraform_data" "stuck" {
  depends_on = [terraform_data.first]

  provisioner "local-exec" {
    when    = destroy
    command = "exit 1"
  }
}
`,
    });
    expect((await run(project, "deploy", "--skip-tests")).code).toBe(0);
    const ran = await run(project, "destroy", "--json");
    expect([5, 9], ran.stderr).toContain(ran.code);
    expect(ran.json()).toMatchObject({ applied: { failed: ["terraform_data.stuck"], in_state: 2 } });
  });
});
