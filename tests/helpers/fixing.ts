import { rm } from "node:fs/promises";
import { expect } from "vitest";
import { arrayAt, objectAt, type JsonObject } from "../../src/core/json.ts";
import { faber, startFaber, until, type FaberRun } from "./faber.ts";
import { killAllAt } from "./processes.ts";
import type { Project } from "./project.ts";
import { faberAtTerminal, keys, type Terminal } from "./terminal.ts";

const args = ["deploy", "--env=test", "--skip-tests", "--yes"];

/** faber.yaml with an environment called test. */
export const settings = (more: string, project = "shop"): string =>
  `project: ${project}\nenvironments:\n  test: { ${more} }\n`;

export const onEmulator = (endpoint: string, fix: string, more = ""): string =>
  `hosting: emulator, endpoint: "${endpoint}", region: us-east-1, fix: ${fix}${more}`;

/** A deploy that nobody watches. */
export const deploy = (project: Project): Promise<FaberRun> =>
  faber([...args, "--json"], { cwd: project.dir });

/** A deploy with somebody who answers. */
export const deployAtTerminal = (project: Project): Terminal => faberAtTerminal(args, { cwd: project.dir });

/** Waits for the question about a fix, and says yes. */
export async function agree(terminal: Terminal, fix: string): Promise<void> {
  await terminal.expectText(`Apply ${fix}`, 240_000);
  terminal.type(`y${keys.enter}`);
}

/** What was told, without the breaks of its lines. */
export const flat = ({ stderr }: Pick<FaberRun, "stderr">): string => stderr.replace(/\s+/g, " ");

export async function statisticsOf(project: Project): Promise<JsonObject> {
  const run = await faber(["issues", "stats", "--json"], { cwd: project.dir });
  return objectAt(run.json()["statistics"]);
}

/** The solutions that the first diagnosis of a run proposes, best first. */
export function solutionsIn(run: FaberRun): readonly JsonObject[] {
  const [diagnosis] = arrayAt(run.json()["diagnoses"]).map(objectAt);
  expect(diagnosis, run.stderr).toBeDefined();
  return arrayAt(diagnosis?.["solutions"]).map(objectAt);
}

/** A deploy of the fixture `chain` that hangs in its second resource, killed together with its Terraform. */
export async function killInApply(project: Project): Promise<void> {
  await project.write({ hold: "" });
  const running = startFaber([...args, "--json"], { cwd: project.dir });
  await until("the apply waits", () => project.has("second.begun"));
  running.kill("SIGKILL");
  await running.ended;
  await until("nobody works there", () => killAllAt(project.dir) === 0);
  await rm(project.path("hold"));
  await rm(project.path("second.begun"));
}
