import { Chalk } from "chalk";

export type Paint = (text: string) => string;

/** Colours by meaning. They repeat what marks and words already say and decide nothing. */
export interface Style {
  readonly good: Paint;
  readonly warn: Paint;
  readonly bad: Paint;
  readonly dim: Paint;
  readonly strong: Paint;
  readonly accent: Paint;
}

interface StyleInput {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stream: { readonly isTTY?: boolean };
  /** `--no-color`: a flag outranks every variable. */
  readonly noColor: boolean;
}

export function createStyle(input: StyleInput): Style {
  const chalk = new Chalk({ level: wantsColour(input) ? 1 : 0 });
  // One argument each: chalk joins all it is given, and these are handed to `map`.
  return {
    good: (text) => chalk.green(text),
    warn: (text) => chalk.yellow(text),
    bad: (text) => chalk.red(text),
    dim: (text) => chalk.dim(text),
    strong: (text) => chalk.bold(text),
    accent: (text) => chalk.cyan(text),
  };
}

/** `NO_COLOR` as on no-color.org (any text that is not empty), `FORCE_COLOR` as Node reads it. */
function wantsColour({ env, stream, noColor }: StyleInput): boolean {
  const forced = env["FORCE_COLOR"];
  if (noColor) return false;
  if (forced !== undefined) return forced !== "0" && forced !== "false";
  if (env["NO_COLOR"]) return false;
  return stream.isTTY === true && env["TERM"] !== "dumb";
}
