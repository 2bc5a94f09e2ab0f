import { FaberError } from "../core/error.ts";
import { exitOf, type Exit } from "../core/exit.ts";
import type { Redactor } from "../core/redact.ts";
import type { World } from "../core/world.ts";
import { renderBug, renderError } from "../ui/error-view.ts";
import { createStyle } from "../ui/style.ts";
import { version } from "./version.ts";
import { writeCrashLog } from "./crash-log.ts";

/** What is shown of anything thrown, and how faber exits for it. */
export async function describeThrown(
  world: World,
  error: unknown,
  redactor: Redactor,
): Promise<{ readonly exit: Exit; readonly lines: readonly string[] }> {
  if (error instanceof FaberError) {
    const style = createStyle({
      env: world.env,
      stream: world.stderr,
      noColor: world.argv.includes("--no-color"),
    });
    const lines = renderError(error, style, world.stderr.columns ?? 80).map(redactor.text);
    return { exit: { ...error.exit, reason: redactor.text(error.message) }, lines };
  }
  const log = await writeCrashLog(world, error, redactor);
  const lines = renderBug(error, version, log).map(redactor.text);
  return { exit: exitOf("unexpected", `a bug in faber${log === undefined ? "" : `: see ${log}`}`), lines };
}
