import { setImmediate as turn } from "node:timers/promises";
import { safeJson } from "../../core/safe-text.ts";
import { learnProject } from "../open-redactor.ts";
import type { Diagnosis } from "../../core/diagnosis.ts";
import { FaberError, messageOf } from "../../core/error.ts";
import { exitOf } from "../../core/exit.ts";
import { isObject, stringAt } from "../../core/json.ts";
import { diagnose, type DebuggerParts } from "../../debugger/diagnose.ts";
import { flagOption, textOption, type CommandBody, type CommandEnd, type Invocation } from "../define.ts";
import { readText, type TextLimit } from "../read-input.ts";
import { debuggerParts } from "../open-log.ts";

/** More than this is no error message, but a disk image. */
const largest: TextLimit = { bytes: 256 * 1024 * 1024, hint: "give the part around the error" };

export const debug: CommandBody = async (invocation) => {
  if (flagOption(invocation.options, "apply")) return applyBestFix(invocation);
  await learnProject(invocation);
  const parts = await debuggerParts(invocation, invocation.redactor);
  try {
    const batch = textOption(invocation.options, "batch");
    return batch === undefined
      ? await debugOne(invocation, parts)
      : await debugBatch(invocation, parts, batch);
  } finally {
    await parts.close();
  }
};

/** A run of its own: with the environment's lock, a journal and a report, as anything that may change something. */
async function applyBestFix(invocation: Invocation): Promise<CommandEnd> {
  if (textOption(invocation.options, "batch") !== undefined)
    throw new FaberError({
      code: "wrong-value",
      exit: "wrong-usage",
      message: "--apply is for one failure, and --batch names a file of them",
    });
  const text = await readSource(invocation);
  if (text.trim() === "") throw nothingToRead("the text is empty");
  const { debugApply } = await import("./debug-apply.ts");
  return debugApply(invocation, text);
}

async function debugOne(invocation: Invocation, parts: DebuggerParts): Promise<CommandEnd> {
  const text = await readSource(invocation);
  if (text.trim() === "") throw nothingToRead("the text is empty");
  const { options } = invocation;
  const diagnoses = await diagnose(parts, { text, record: true, ...placeOf(options) });
  const [root, ...others] = diagnoses;
  if (!root) throw nothingToRead("no failure could be made out in the text");
  return {
    exit: exitOf("done", root.status),
    document: { ...root, ...(others.length === 0 ? {} : { other_failures: others }) },
    // What draws for a person takes longer to load than a look-up does.
    ...(flagOption(options, "json") ? {} : { text: await describe(invocation, diagnoses) }),
  };
}

function placeOf(options: Invocation["options"]): { operation?: string; environment?: string } {
  const operation = textOption(options, "operation");
  const environment = textOption(options, "env");
  return {
    ...(operation === undefined ? {} : { operation }),
    ...(environment === undefined ? {} : { environment }),
  };
}

/** One diagnosis a line, in order, as they are made. */
async function debugBatch(invocation: Invocation, parts: DebuggerParts, file: string): Promise<CommandEnd> {
  const { world, options, redactor, signal } = invocation;
  const text = await readText(invocation, file, largest);
  let count = 0;
  for (const [index, written] of text.split("\n").entries()) {
    if (written.trim() === "") continue;
    // What a diagnosis waits for may all be at hand: a signal is heard between two turns of the event loop.
    await turn();
    signal.throwIfAborted();
    const asked = parseLine(written, `${file}:${index + 1}`);
    const [root] = await diagnose(parts, { ...asked, record: flagOption(options, "record") });
    const answer = root ?? { status: "novel_error" };
    const line = { id: asked.id, ...answer, exit: exitOf("done", answer.status) };
    world.stdout.write(`${safeJson(redactor.value(line))}\n`);
    count += 1;
  }
  return { exit: exitOf("done", `${count} messages`), printed: true };
}

function parseLine(
  line: string,
  place: string,
): {
  readonly id: string;
  readonly text: string;
  readonly operation?: string;
  readonly environment?: string;
} {
  const value = parseJson(line, place);
  const id = stringAt(value["id"]);
  const text = stringAt(value["error"]);
  if (id === undefined || text === undefined) throw badLine(place, 'it needs "id" and "error" as texts');
  const operation = stringAt(value["operation"]);
  const environment = stringAt(value["environment"]);
  return {
    id,
    text,
    ...(operation === undefined ? {} : { operation }),
    ...(environment === undefined ? {} : { environment }),
  };
}

function parseJson(line: string, place: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(line);
    if (isObject(value)) return value;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw badLine(place, messageOf(error));
  }
  throw badLine(place, "it is no JSON object");
}

function badLine(place: string, why: string): FaberError {
  return new FaberError({
    code: "batch-unreadable",
    exit: "wrong-usage",
    message: `${place} cannot be read: ${why}`,
    hints: ['one JSON object a line: {"id": "1", "error": "the message"}'],
  });
}

async function readSource(invocation: Invocation): Promise<string> {
  const { options, positional } = invocation;
  const error = textOption(options, "error");
  const file = textOption(options, "errorFile");
  const [source] = positional;
  const given = [error, file, source].filter((value) => value !== undefined);
  if (given.length !== 1)
    throw nothingToRead(given.length === 0 ? "no message was given" : "more than one message was given");
  if (error !== undefined) return error;
  if (source !== undefined && source !== "-") throw nothingToRead(`"${source}" is neither - nor a flag`);
  return readText(invocation, source ?? file ?? "", largest);
}

function nothingToRead(why: string): FaberError {
  return new FaberError({
    code: "nothing-to-debug",
    exit: "wrong-usage",
    message: `there is nothing to look at: ${why}`,
    hints: ['faber debug --error="TEXT", --error-file=FILE, or - for standard input'],
  });
}

async function describe({ world, options }: Invocation, diagnoses: readonly Diagnosis[]): Promise<string> {
  const [{ renderDiagnosis }, { createStyle }] = await Promise.all([
    import("../../ui/diagnosis-view.ts"),
    import("../../ui/style.ts"),
  ]);
  const style = createStyle({
    env: world.env,
    stream: world.stdout,
    noColor: flagOption(options, "noColor"),
  });
  const width = world.stdout.columns ?? 80;
  return diagnoses.map((diagnosis) => renderDiagnosis(diagnosis, style, width).join("\n")).join("\n\n");
}
