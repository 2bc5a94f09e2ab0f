import { FaberError } from "../core/error.ts";
import type { Redactor } from "../core/redact.ts";
import { safeJson } from "../core/safe-text.ts";
import type { World } from "../core/world.ts";
import { commands } from "./commands/index.ts";
import type { CommandEnd, Invocation, OptionValues } from "./define.ts";
import { listenForEnd, stoppedBy } from "./signals.ts";
import { version } from "./version.ts";

/** The whole program: argv in, exit code out. The only place that catches everything. */
export async function main(world: World): Promise<number> {
  // Asked for by scripts all the time, so it waits for nothing.
  if (world.argv.length === 1 && world.argv[0] === "--version") {
    world.stdout.write(`${version}\n`);
    return 0;
  }
  let wantsJson = world.argv.includes("--json");
  const { openRedactor } = await import("./open-redactor.ts");
  const redactor = openRedactor(world);
  try {
    const { parseCommandLine } = await import("./program.ts");
    const parsed = parseCommandLine(world, version, commands);
    if (parsed.kind === "shown") return 0;
    wantsJson = parsed.options["json"] === true;
    const end = await runCommand(world, parsed, redactor);
    print({ world, redactor }, wantsJson, end);
    return end.exit.code;
  } catch (error) {
    return showError({ world, redactor }, error, wantsJson);
  }
}

async function runCommand(
  world: World,
  {
    definition,
    options,
    positional,
  }: Pick<Invocation, "options" | "positional"> & { definition: (typeof commands)[number] },
  redactor: Redactor,
): Promise<CommandEnd> {
  const listening = listenForEnd(world, (_signal, count) => sayStopping(world, options, count));
  try {
    const body = await definition.load();
    const { signal } = listening;
    return await body({ world, options, positional, command: definition.name, signal, redactor });
  } catch (error) {
    const stopped = stoppedBy(error, listening.signal);
    if (stopped) return { exit: stopped };
    throw error;
  } finally {
    listening.close();
  }
}

function sayStopping(world: World, options: OptionValues, count: number): void {
  if (count === 1 && options["quiet"] === true) return;
  world.stderr.write(
    count === 1
      ? "\nstopping: what has begun is finished, nothing new is begun\n"
      : "\nstill stopping: Terraform must finish what it holds, or the state loses it; faber does not kill it\n",
  );
}

/** Where results and errors go, and what they go through. */
interface Sink {
  readonly world: World;
  readonly redactor: Redactor;
}

function print({ world, redactor }: Sink, wantsJson: boolean, end: CommandEnd): void {
  if (end.printed) return;
  if (wantsJson) printJson({ world, redactor }, { ...end.document, exit: end.exit });
  else if (end.text !== undefined && end.text !== "") {
    const text = redactor.text(end.text);
    world.stdout.write(text.endsWith("\n") ? text : `${text}\n`);
  }
}

function printJson({ world, redactor }: Sink, document: object): void {
  world.stdout.write(`${safeJson(redactor.value(document), 2)}\n`);
}

async function showError({ world, redactor }: Sink, error: unknown, wantsJson: boolean): Promise<number> {
  const { describeThrown } = await import("./thrown.ts");
  const { exit, lines } = await describeThrown(world, error, redactor);
  world.stderr.write(`${lines.join("\n")}\n`);
  if (wantsJson) printJson({ world, redactor }, { error: errorDocument(error), exit });
  return exit.code;
}

function errorDocument(error: unknown): {
  code: string;
  message: string;
  why?: string;
  hints: readonly string[];
} {
  if (!(error instanceof FaberError)) return { code: "unexpected", message: "a bug in faber", hints: [] };
  const { code, message, why, hints } = error;
  return { code, message, ...(why === undefined ? {} : { why }), hints };
}
