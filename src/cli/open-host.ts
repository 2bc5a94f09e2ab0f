import type { FaberEvent } from "../core/event.ts";
import type { Redactor } from "../core/redact.ts";
import type { TerminalHost } from "../ui/terminal.ts";
import { flagOption, type Invocation } from "./define.ts";

/** The host for a person or a log on stderr; events in `muted` are shown some other way. */
export async function openHost(
  { world, options, signal }: Invocation,
  redactor: Redactor,
  muted: readonly FaberEvent["type"][],
  root?: string,
): Promise<TerminalHost> {
  const { createStyle } = await import("../ui/style.ts");
  const setting = {
    stream: world.stderr,
    stdin: world.stdin,
    style: createStyle({ env: world.env, stream: world.stderr, noColor: flagOption(options, "noColor") }),
    clock: world.clock,
    env: world.env,
    redactor,
    verbosity: flagOption(options, "quiet") ? "quiet" : flagOption(options, "verbose") ? "verbose" : "normal",
    cwd: world.cwd,
    noInput: flagOption(options, "noInput"),
    signal,
    isStateful: await statefulTypes(),
    ...(root === undefined ? {} : await sourceRootIn(root, world)),
  } as const;
  const { canMove } = await import("../ui/terminal.ts");
  const host = canMove(world.stderr, world.env)
    ? (await import("../ui/live.ts")).createLiveHost(setting)
    : (await import("../ui/plain.ts")).createPlainHost(setting);
  return { ...host, emit: (event) => (muted.includes(event.type) ? undefined : host.emit(event)) };
}

async function sourceRootIn(
  root: string,
  world: Invocation["world"],
): Promise<{ readonly sourceRoot?: string }> {
  const { sourceRootOf } = await import("./source-root.ts");
  const sourceRoot = await sourceRootOf(root, world);
  return sourceRoot === undefined ? {} : { sourceRoot };
}

async function statefulTypes(): Promise<(type: string) => boolean> {
  const { isStateful } = await import("../../handlers/hosting/stateful-types.ts");
  return isStateful;
}

/** The verdict is the command's result on stdout; with `--json` that is taken, and a person reads it on stderr. */
export function mutedFor(options: Invocation["options"]): readonly FaberEvent["type"][] {
  return flagOption(options, "json") ? [] : ["run.ended"];
}
