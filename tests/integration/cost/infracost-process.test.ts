import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openInfracost } from "../../../handlers/cost/infracost.ts";
import type { SecondOpinion } from "../../../handlers/cost/contract.ts";

/**
 * How faber starts the program, hands it the plan and takes its end. What stands in here is a shell script that is not
 * infracost: whether infracost itself answers so is not tested, because it cannot be had without a key.
 */
let root: string;
let scratchDir: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "faber-stand-in-"));
});
afterAll(async () => rm(root, { recursive: true, force: true }));
beforeEach(async () => {
  scratchDir = await mkdtemp(join(root, "scratch-"));
});

const environment = { PATH: process.env["PATH"] ?? "", INFRACOST_API_KEY: "ico-0123456789" };

async function ask(
  script: string,
  more: { timeoutMs?: number; signal?: AbortSignal } = {},
): Promise<SecondOpinion> {
  const program = join(scratchDir, "stand-in-for-infracost");
  await writeFile(
    program,
    `#!/bin/sh\n[ "$1" = --version ] && { echo "Stand-in v9.8.7"; exit 0; }\n${script}\n`,
  );
  await chmod(program, 0o700);
  const signal = more.signal ?? new AbortController().signal;
  const asking = openInfracost({ program, env: environment, scratchDir, ...more, signal });
  return asking({ planned_values: {}, secret: "hunter2" });
}

describe("a program that stands in for infracost", () => {
  it("is given the plan in a file of its owner's alone, the key, and no update check", async () => {
    const seen = join(scratchDir, "seen");
    const script = [
      `stat -c %a "$3" > ${seen}`,
      `cat "$3" >> ${seen}`,
      `echo " $* $INFRACOST_API_KEY $INFRACOST_SKIP_UPDATE_CHECK" >> ${seen}`,
      `echo '{"currency":"USD","projects":[],"totalMonthlyCost":"12.5"}'`,
    ];
    expect(await ask(script.join("\n"))).toEqual({
      ok: true,
      tool: "infracost",
      version: "9.8.7",
      currency: "USD",
      total: 12.5,
      resources: [],
    });
    const file = join(scratchDir, "infracost-plan.json");
    expect(await readFile(seen, "utf8")).toBe(
      `600\n{"planned_values":{},"secret":"hunter2"} breakdown --path ${file} --format json --no-color ico-0123456789 true\n`,
    );
    expect(await readdir(scratchDir)).not.toContain("infracost-plan.json");
  });

  it.each([
    [
      "fails",
      "echo 'Error: the key is not\u001b[31m valid' >&2; exit 1",
      /exit code 1 \(Error: the key is not\\u\{1b\}\[31m valid\)/,
    ],
    ["writes something else", "echo nothing to see", /wrote no breakdown/],
    ["is killed", "kill -9 $$", /killed by SIGKILL/],
  ])("is a note when it %s", async (_, script, why) => {
    expect(await ask(script)).toEqual({ ok: false, tool: "infracost", why: expect.stringMatching(why) });
    expect(await readdir(scratchDir)).not.toContain("infracost-plan.json");
  });

  it("is ended when it takes too long", async () => {
    expect(await ask("exec sleep 60", { timeoutMs: 300 })).toMatchObject({
      ok: false,
      why: expect.stringContaining("ran out of time"),
    });
  });

  it("is a note when it is not there", async () => {
    const program = join(scratchDir, "gone");
    const { signal } = new AbortController();
    const opinion = await openInfracost({ program, env: environment, scratchDir, signal })({});
    expect(opinion).toMatchObject({ ok: false, why: expect.stringContaining("could not be started") });
  });
});
