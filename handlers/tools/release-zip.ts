import { chmod } from "node:fs/promises";
import { join } from "node:path";
import { writeFileAtomically } from "../../src/workdir/atomic-file.ts";
import type { FoundTool, ToolSurroundings } from "./contract.ts";
import { DownloadError, downloadVerified, type Release } from "./download.ts";
import { notAvailable } from "./not-available.ts";
import { inStaging, putFile } from "./staging.ts";
import { unzip } from "./unzip.ts";

/** A tool whose publisher offers one program in a zip. */
export interface ZippedTool {
  readonly name: string;
  /** The program's name inside the zip and in `bin/`. */
  readonly program: string;
  readonly version: string;
  readonly release: (surroundings: ToolSurroundings) => Release;
  readonly versionOf: (path: string, surroundings: ToolSurroundings) => Promise<string | undefined>;
  readonly howToGet: string;
}

/** Downloads, checks, unpacks and tries the program before it gets its place; throws `tool-not-available`. */
export async function installZip(
  tool: ZippedTool,
  surroundings: ToolSurroundings,
  say: (text: string) => void,
): Promise<FoundTool> {
  const release = tool.release(surroundings);
  say(`downloading ${tool.name} ${tool.version} from ${new URL(release.url).host}`);
  return inStaging(surroundings.toolDir, tool.name, async (staging) => {
    const zip = join(staging, "release.zip");
    await writeFileAtomically(zip, await downloadOf(tool, release, surroundings.signal));
    const obstacle = await unzip(zip, staging, surroundings);
    if (obstacle !== undefined) throw notAvailable(tool.name, obstacle, tool.howToGet);
    const program = join(staging, tool.program);
    await chmod(program, 0o755);
    const version = await tool.versionOf(program, surroundings);
    if (version === undefined) {
      throw notAvailable(
        tool.name,
        `the program in ${release.file} does not run on this machine`,
        tool.howToGet,
      );
    }
    const path = join(surroundings.toolDir, "bin", tool.program);
    await putFile(program, path);
    return { path, version, origin: "faber" };
  });
}

async function downloadOf(tool: ZippedTool, release: Release, signal: AbortSignal): Promise<Uint8Array> {
  try {
    return await downloadVerified(release, signal);
  } catch (error) {
    if (error instanceof DownloadError) throw notAvailable(tool.name, error.message, tool.howToGet, error);
    throw error;
  }
}
