import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Redactor } from "../core/redact.ts";
import type { World } from "../core/world.ts";
import { writeFileAtomically } from "../workdir/atomic-file.ts";
import { compactTime } from "../workdir/run-folder.ts";
import { version } from "./version.ts";

/** Writes what faber's authors need to mend a bug; nothing when not even that can be written. */
export async function writeCrashLog(
  world: World,
  error: unknown,
  redactor: Redactor,
): Promise<string | undefined> {
  const at = world.clock.now().toISOString();
  const file = join(tmpdir(), `faber-crash-${compactTime(at)}-${world.pid}.log`);
  const text = [
    `faber ${version} on node ${process.version}, ${world.platform} ${world.arch}, ${at}`,
    `command: ${world.argv[0] ?? ""}`,
    error instanceof Error ? (error.stack ?? error.message) : String(error),
  ];
  try {
    await writeFileAtomically(file, `${redactor.text(text.join("\n"))}\n`);
    return file;
  } catch {
    return undefined; // The bug itself is being reported; a second failure would only hide it.
  }
}
