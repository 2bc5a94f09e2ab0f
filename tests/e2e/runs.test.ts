import { mkdir, rm } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { arrayAt, objectAt, type JsonObject } from "../../src/core/json.ts";
import { faber, startFaber, until, type FaberRun } from "../helpers/faber.ts";
import { newestRunFile, projectFrom, type Project } from "../helpers/project.ts";
import { noTerraform } from "../helpers/terraform.ts";

if (noTerraform !== undefined) console.warn(`skipped: past runs: ${noTerraform}`);

const settings = "project: shop\nenvironments:\n  test: {}\n";
const run = (project: Project, ...args: readonly string[]): Promise<FaberRun> =>
  faber([...args, "--env=test"], { cwd: project.dir });
const shown = async (project: Project, ...more: readonly string[]): Promise<JsonObject> =>
  (await run(project, "runs", "show", ...more, "--json")).json();

describe.skipIf(noTerraform !== undefined)("the story of a run", () => {
  test("says how the command ended, not only its stages", async () => {
    const project = await projectFrom("words", { "faber.yaml": settings });
    await mkdir(project.path("taken"));
    const ran = await run(project, "preview", "--out=taken", "--json");
    expect(ran.code, ran.stderr).toBe(64);
    expect(await shown(project)).toMatchObject({
      command: "preview",
      state: "ended",
      status: "FAIL",
      run_exit: { code: 64, reason: expect.stringContaining("taken") },
    });
    const told = await run(project, "runs", "show");
    expect(told.stdout).toMatch(/^FAIL {2}exit 64: cannot write/m);
    expect(JSON.parse(await newestRunFile(project, "report.json"))).toMatchObject({
      overall_status: "FAIL",
      exit: { code: 64 },
      stages: [{ status: "PASS" }, { stage: "preview", status: "PASS" }],
    });
  });

  test("says who was in the way of a run that never came to its stages", async () => {
    const project = await projectFrom("chain", { "faber.yaml": settings, hold: "" });
    const args = ["deploy", "--env=test", "--yes", "--skip-tests", "--json"];
    const first = startFaber(args, { cwd: project.dir });
    await until("the apply waits", () => project.has("second.begun"));
    expect((await faber(args, { cwd: project.dir })).code).toBe(7);
    expect(await shown(project)).toMatchObject({
      state: "ended",
      status: "FAIL",
      begun: false,
      run_exit: { code: 7, reason: expect.stringContaining("is in use") },
    });
    const list = (await run(project, "runs", "list", "--json")).json();
    expect(arrayAt(list["runs"]).map((one) => objectAt(one)["state"])).toEqual(["ended", "running"]);
    await rm(project.path("hold"));
    expect((await first.ended).code).toBe(0);
  });

  test("calls the look for drift what it is", async () => {
    const project = await projectFrom("words", { "faber.yaml": settings });
    const deployed = await run(project, "deploy", "--yes", "--skip-tests", "--json");
    expect(deployed.code, deployed.stderr).toBe(0);
    expect((await run(project, "drift", "--json")).json()).toMatchObject({
      stages: [{}, { stage: "drift", headline: "no drift of 1" }],
    });
    expect((await run(project, "runs", "show")).stdout).toMatch(/drift PASS: no drift of 1/);
  });
});
