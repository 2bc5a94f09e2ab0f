import { FaberError } from "../core/error.ts";
import { refuseUnattended, type Question } from "../core/host.ts";
import { safeLine } from "../core/safe-text.ts";
import type { World } from "../core/world.ts";
import { discardTypedAhead } from "./type-ahead.ts";
import type { Style } from "./style.ts";
import { canAsk, type TerminalInput } from "./terminal.ts";

interface PromptIo {
  readonly stdin: TerminalInput;
  readonly stderr: World["stderr"];
  readonly style: Style;
  readonly env: World["env"];
  readonly noInput: boolean;
  readonly signal?: AbortSignal;
}

/**
 * Asks on stderr and waits. Only what is typed after the question was drawn counts. Refuses when nobody is there
 * or the input ends; throws FaberError `interrupted` on Ctrl-C or when the signal fires.
 */
export async function askOnTerminal(question: Question, io: PromptIo): Promise<string> {
  if (!canAsk({ ...io, stream: io.stderr })) refuseUnattended(question);
  if (io.signal?.aborted) throw interrupted(question);
  const { createPromptModule } = await import("inquirer");
  await discardTypedAhead(io.stdin, () => interrupted(question), io.signal);
  const ending = watchForEnd(io);
  try {
    const prompt = createPromptModule({ input: io.stdin, output: io.stderr, signal: ending.signal });
    const { answer } = await prompt<{ answer: string }>([
      { type: "input", name: "answer", ...inputOf(question, io.style) },
    ]);
    return answerOf(question, answer);
  } catch (error) {
    if (ending.inputEnded()) refuseUnattended(question);
    if (isCancel(error)) throw interrupted(question);
    throw error;
  } finally {
    ending.stop();
    io.stdin.setRawMode?.(false);
  }
}

/** The choice behind what was typed: the key itself, a word that starts with it, or nothing for the default. */
export function answerOf(question: Question, typed: string): string {
  const text = typed.trim();
  if (question.kind === "typed") return text;
  if (text === "") return question.defaultChoice ?? "";
  const lower = text.toLowerCase();
  const choice = question.choices?.find((key) => key.toLowerCase() === lower);
  if (choice !== undefined) return choice;
  return lower === "yes" || lower === "no" ? (question.choices?.find((key) => key === lower[0]) ?? "") : "";
}

function inputOf(question: Question, style: Style) {
  const choices = question.choices ?? [];
  const keys = choices.map((key) => (key === question.defaultChoice ? key.toUpperCase() : key)).join("/");
  const isChoice = question.kind === "choice";
  const mark = style.accent("?");
  return {
    message: isChoice && keys !== "" ? `${safeLine(question.text)} (${keys})` : safeLine(question.text),
    validate: (typed: string): true | string => {
      if (!isChoice || answerOf(question, typed) !== "") return true;
      return `please answer ${choices.join(", ")}`;
    },
    transformer: (typed: string, { isFinal }: { isFinal: boolean }): string =>
      isFinal && isChoice ? style.accent(answerOf(question, typed)) : safeLine(typed),
    theme: {
      prefix: { idle: mark, done: mark, loading: mark },
      style: { message: style.strong, answer: style.accent, error: style.bad, defaultAnswer: style.dim },
    },
  };
}

interface Ending {
  readonly signal: AbortSignal;
  readonly inputEnded: () => boolean;
  readonly stop: () => void;
}

/** Ends the prompt with io's signal, and when the input ends (Ctrl-D, a closed terminal): inquirer would wait on. */
function watchForEnd(io: PromptIo): Ending {
  const controller = new AbortController();
  let ended = false;
  let endKey = false;
  let stopped = false;
  const abort = (): void => controller.abort();
  const onEnd = (): void => {
    ended = true;
    controller.abort();
  };
  const onKey = (
    _text: unknown,
    key: { readonly ctrl?: boolean; readonly name?: string } | undefined,
  ): void => {
    endKey = key?.ctrl === true && key.name === "d";
  };
  const onPause = (): void => {
    if (endKey) onEnd();
    // Back from Ctrl-Z, readline leaves the input paused, and nothing would ever be answered.
    else setImmediate(() => stopped || io.stdin.resume());
  };
  io.signal?.addEventListener("abort", abort);
  io.stdin.on("end", onEnd).on("close", onEnd).on("keypress", onKey).on("pause", onPause);
  return {
    signal: controller.signal,
    inputEnded: () => ended,
    stop: () => {
      stopped = true;
      io.signal?.removeEventListener("abort", abort);
      io.stdin.off("end", onEnd).off("close", onEnd).off("keypress", onKey).off("pause", onPause);
    },
  };
}

function isCancel(error: unknown): boolean {
  return error instanceof Error && (error.name === "ExitPromptError" || error.name === "AbortPromptError");
}

function interrupted(question: Question): FaberError {
  return new FaberError({
    code: "interrupted",
    exit: "interrupted",
    message: `interrupted at the question: ${question.text}`,
  });
}
