import { chmod } from "node:fs/promises";
import { join } from "node:path";
import { writeFileAtomically } from "../../src/workdir/atomic-file.ts";
import type { ToolSurroundings } from "./contract.ts";
import { downloadVerified, type Release } from "./download.ts";
import { inStaging, putFile } from "./staging.ts";

/** Downloads a bare program into `bin/`; throws DownloadError when it does not come or is not the published one. */
export async function installBinary(
  tool: { readonly name: string; readonly version: string; readonly release: Release },
  { toolDir, signal }: ToolSurroundings,
  say: (text: string) => void,
): Promise<void> {
  say(`downloading ${tool.name} ${tool.version} from ${new URL(tool.release.url).host}`);
  await inStaging(toolDir, tool.name, async (staging) => {
    const program = join(staging, tool.name);
    await writeFileAtomically(program, await downloadVerified(tool.release, signal));
    await chmod(program, 0o755);
    await putFile(program, join(toolDir, "bin", tool.name));
  });
}
