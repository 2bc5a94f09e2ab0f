import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { noEmulator } from "../helpers/emulator.ts";
import { nameOf, sampleCases } from "../helpers/kill-matrix/cases.ts";
import { openGround } from "../helpers/kill-matrix/ground.ts";
import { runCase } from "../helpers/kill-matrix/run-case.ts";
import { canSeeProcesses } from "../helpers/processes.ts";
import { noTerraform } from "../helpers/terraform.ts";

const why =
  noTerraform ?? noEmulator ?? (canSeeProcesses ? undefined : "there is no /proc to see processes in");
if (why !== undefined) console.warn(`skipped: runs that are killed: ${why}`);

/** A sample; all of them: npm run bench -- kill-matrix. */
describe.skipIf(why !== undefined)("a run that is killed", () => {
  let ground: Awaited<ReturnType<typeof openGround>> | undefined;
  beforeAll(async () => {
    ground = await openGround(4760);
  });
  afterAll(() => ground?.leave());

  test.each(sampleCases.map((one) => [nameOf(one), one] as const))(
    "by %s leaves nothing that a reap does not take, and loses no record",
    async (_name, one) => {
      if (ground === undefined) throw new Error("there is no ground");
      expect((await runCase(ground, one)).broken).toEqual([]);
    },
  );
});
