import { z } from "zod";
import type { AgentAnswer, AskAgent } from "../../src/core/agent-advice.ts";
import { safeText } from "../../src/core/safe-text.ts";
import { describeEnd, run, succeeded, type Argv } from "../../src/process/run.ts";

export interface AgentSetting {
  readonly command: readonly string[];
  readonly timeoutMs: number;
  /** Absolute. */
  readonly cwd: string;
  /** Its whole environment: no cloud's keys among it. */
  readonly env: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly redact: (text: string) => string;
}

/** An answer that is longer is not read; bytes. */
const longestAnswer = 64 * 1024;
const text = (most: number) => z.string().trim().min(1).max(most);
const answer = z.strictObject({
  steps: z.array(text(2_000)).max(20).default([]),
  patch: text(20_000).optional(),
  note: text(300).optional(),
});

/**
 * Asks a program of the user's own: the redacted diagnosis as one JSON document on its standard input, and on its
 * standard output one of `{steps[], patch?, note?}`. What it writes is shown as the text that it is, and never run.
 */
export function agentCommand({ command, timeoutMs, redact, ...where }: AgentSetting): AskAgent {
  return async (diagnosis) => {
    const input = JSON.stringify({ schema_version: "faber.diagnosis/1", ...diagnosis });
    const ran = await run(command as Argv, { ...where, timeoutMs, input, longestOutput: longestAnswer });
    if ([ran.stdout, ran.stderr].some((written) => Buffer.byteLength(written) > longestAnswer))
      return nothing(`it wrote more than ${longestAnswer / 1024} KiB`);
    if (!succeeded(ran)) return nothing(describeEnd(ran.ended));
    return read(ran.stdout, (one) => redact(safeText(one)));
  };
}

function read(stdout: string, clean: (text: string) => string): AgentAnswer {
  if (stdout.trim() === "") return nothing("it wrote nothing");
  const parsed = answer.safeParse(parse(stdout));
  if (!parsed.success)
    return nothing(`its answer is not {steps[], patch?, note?}: ${whatIsWrong(parsed.error)}`);
  const { steps, patch, note } = parsed.data;
  if (steps.length === 0 && patch === undefined) return nothing("it proposes nothing");
  return {
    kind: "advice",
    advice: {
      steps: steps.map(clean),
      ...(patch === undefined ? {} : { patch: clean(patch) }),
      ...(note === undefined ? {} : { note: clean(note) }),
    },
  };
}

function parse(stdout: string): unknown {
  try {
    return JSON.parse(stdout);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Places alone: the values are the agent's. */
function whatIsWrong(error: z.ZodError): string {
  const [first] = error.issues;
  const place = first?.path.join(".") ?? "";
  return place === "" ? "it is no such JSON object" : `${place.slice(0, 60)} is wrong`;
}

function nothing(why: string): AgentAnswer {
  return { kind: "nothing", why };
}
