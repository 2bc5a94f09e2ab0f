import { cp, mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packageRoot } from "../../../src/workdir/package-root.ts";
import { faber } from "../faber.ts";
import type { Ground } from "./run-case.ts";

/** A project of quick resources with an emulator of its own; `leave` stops and removes both. */
export async function openGround(port: number): Promise<Ground & { readonly leave: () => Promise<void> }> {
  const endpoint = `http://127.0.0.1:${port}`;
  // Whoever shares an emulator with the cases resets it under their feet, or has it reset under its own.
  const answered = await fetch(`${endpoint}/_ministack/health`).catch(() => undefined);
  if (answered !== undefined) throw new Error(`something answers at ${endpoint} already`);
  const base = await realpath(await mkdtemp(join(tmpdir(), "faber-kill-")));
  const dir = join(base, "quick");
  await mkdir(dir);
  await cp(join(packageRoot(import.meta.url), "tests/fixtures/tf/quick"), dir, { recursive: true });
  const settings = ["hosting: emulator", `endpoint: ${endpoint}`, "region: us-east-1", "fix: never"];
  await writeFile(
    join(dir, "faber.yaml"),
    `project: quick\nenvironments:\n  test:\n${settings.map((line) => `    ${line}\n`).join("")}`,
  );
  await emulator(dir, "start");
  // Providers are fetched once, for all cases.
  const ready = await faber(["preview", "--env=test", "--json"], { cwd: dir });
  if (ready.code !== 0) throw new Error(`the project cannot be planned:\n${ready.stderr}`);
  return {
    dir,
    endpoint,
    leave: async () => {
      await emulator(dir, "stop");
      await rm(base, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function emulator(dir: string, verb: "start" | "stop"): Promise<void> {
  const ran = await faber(["emulator", verb, "--env=test"], { cwd: dir });
  if (ran.code !== 0) throw new Error(`faber emulator ${verb} failed:\n${ran.stderr}`);
}
