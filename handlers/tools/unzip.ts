import { run, succeeded } from "../../src/process/run.ts";
import type { ToolSurroundings } from "./contract.ts";
import { firstOnPath } from "./find-executable.ts";
import { whyItFailed } from "./not-available.ts";

/** Unpacks a zip with what is there for it; undefined when done, else why it could not be done. */
export async function unzip(
  zip: string,
  into: string,
  surroundings: ToolSurroundings,
): Promise<string | undefined> {
  const { env, signal } = surroundings;
  const unzipper = await firstOnPath(["unzip"], env);
  const python = unzipper === undefined ? await firstOnPath(["python3"], env) : undefined;
  if (unzipper === undefined && python === undefined)
    return "neither unzip nor python3 is on PATH to unpack it";
  const ran = await run(
    unzipper === undefined
      ? [python ?? "python3", "-m", "zipfile", "-e", zip, into]
      : [unzipper, "-q", "-o", zip, "-d", into],
    { env, signal, cwd: into, timeoutMs: 120_000 },
  );
  return succeeded(ran) ? undefined : whyItFailed("unpacking", ran);
}
