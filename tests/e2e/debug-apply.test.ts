import { describe, expect, test } from "vitest";
import { arrayAt, objectAt } from "../../src/core/json.ts";
import { faber, type FaberRun } from "../helpers/faber.ts";
import { deploy, flat, settings } from "../helpers/fixing.ts";
import { projectFrom, type Project } from "../helpers/project.ts";
import { faberAtTerminal, keys, noTerminal } from "../helpers/terminal.ts";
import { noTerraform } from "../helpers/terraform.ts";

const why = noTerraform ?? noTerminal;
if (why !== undefined) console.warn(`skipped: a fix on demand: ${why}`);

const told = "Error: Failed to save state\n\nThe newest state lies in errored.tfstate.";
const args = ["debug", `--error=${told}`, "--env=test", "--apply"];

/** A project whose last state was not stored: the file lies in the root, one serial ahead. */
async function withLostState(lineage?: string): Promise<Project> {
  const project = await projectFrom("words", { "faber.yaml": settings("") });
  const first = await deploy(project);
  expect(first.code, first.stderr).toBe(0);
  const stored = objectAt(JSON.parse(await project.read("terraform.tfstate")));
  const newer = {
    ...stored,
    serial: Number(stored["serial"]) + 1,
    ...(lineage === undefined ? {} : { lineage }),
  };
  await project.write({ "errored.tfstate": JSON.stringify(newer) });
  return project;
}

const debug = (project: Project, ...more: string[]): Promise<FaberRun> =>
  faber([...args, "--json", ...more], { cwd: project.dir });

describe.skipIf(why !== undefined)("a failure that is brought along", () => {
  test("is mended after a yes, and what was done counts as unproven", async () => {
    const project = await withLostState();
    const unattended = await debug(project);
    expect(unattended.code, unattended.stderr).toBe(4);
    expect(flat(unattended)).toContain("nobody is here to say yes");
    expect(project.has("errored.tfstate")).toBe(true);

    const terminal = faberAtTerminal(args, { cwd: project.dir });
    await terminal.expectText("Apply push-errored-state");
    terminal.type(`y${keys.enter}`);
    expect(await terminal.ended, terminal.screen()).toBe(0);
    expect(terminal.screen()).toContain("faber deploy --env=test");
    expect(project.has("errored.tfstate.pushed")).toBe(true);

    const shown = await faber(["runs", "show", "--env=test", "--json"], { cwd: project.dir });
    const ended = arrayAt(shown.json()["events"])
      .map(objectAt)
      .find(({ type }) => type === "run.ended");
    expect(objectAt(ended?.["report"])["mending"]).toMatchObject({
      fixes: [{ name: "push-errored-state", outcome: "unproven" }],
    });
  });

  test("is left alone where the guard of its fix says no", async () => {
    const project = await withLostState("another");
    const run = await debug(project, "--fix=auto");
    expect(run.code, run.stderr).toBe(4);
    expect(flat(run)).toContain("is of another lineage");
    expect(run.json()).toMatchObject({ exit: { name: "not-approved" } });
    expect(arrayAt(run.json()["diagnoses"])).toHaveLength(1);
    expect(project.has("errored.tfstate")).toBe(true);
  });

  test("is one, and no file of them", async () => {
    const project = await projectFrom("words", { "faber.yaml": settings("") });
    const run = await faber(["debug", "--batch=x.jsonl", "--apply", "--env=test"], { cwd: project.dir });
    expect(run.code, run.stderr).toBe(64);
    expect(run.stderr).toContain("--apply is for one failure");
  });
});
