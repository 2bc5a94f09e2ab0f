import { rm } from "node:fs/promises";
import { afterAll, beforeAll } from "vitest";
import { faber } from "./faber.ts";
import { temporaryFolder } from "./project.ts";
import { toolPath } from "./tools.ts";

/** Why tests that need the emulator cannot run here, or nothing. */
export const noEmulator =
  toolPath("ministack") === undefined ? "MiniStack is not installed: faber doctor --install" : undefined;

/** A MiniStack of this test file alone, started and stopped by faber itself; returns its address. */
export function useEmulator(port: number): string {
  const endpoint = `http://127.0.0.1:${port}`;
  let stateDir = "";
  const control = async (verb: "start" | "stop"): Promise<void> => {
    const args = [
      "emulator",
      verb,
      "--env=test",
      "--hosting=emulator",
      `--endpoint=${endpoint}`,
      `--state-dir=${stateDir}`,
    ];
    const ran = await faber(args, { cwd: stateDir });
    if (ran.code !== 0) throw new Error(`faber emulator ${verb} failed:\n${ran.stderr}`);
  };
  beforeAll(async () => {
    if (noEmulator !== undefined) return;
    stateDir = await temporaryFolder();
    await control("start");
  });
  afterAll(async () => {
    if (noEmulator !== undefined || stateDir === "") return;
    await control("stop");
    await rm(stateDir, { recursive: true, force: true });
  });
  return endpoint;
}
