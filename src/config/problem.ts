import { FaberError } from "../core/error.ts";

/** A step into the file: keys and indexes. */
export type Path = readonly (string | number)[];

/** Something wrong in a settings file; line and column count from 1. */
export interface Problem {
  readonly line: number;
  readonly column: number;
  readonly text: string;
}

const mostShown = 50;

/** One error for all problems of a file, a line each: `faber.yaml:12:5: unknown key "enviroments" (environments?)`. */
export function configInvalid(
  label: string,
  problems: readonly Problem[],
  hints: readonly string[] = [],
): FaberError {
  const sorted = [...problems].sort((a, b) => a.line - b.line || a.column - b.column);
  const lines = sorted
    .slice(0, mostShown)
    .map((problem) => `${label}:${problem.line}:${problem.column}: ${problem.text}`);
  const rest = sorted.length - lines.length;
  if (rest > 0) lines.push(`${label}: and ${rest} more`);
  return new FaberError({ code: "config-invalid", exit: "wrong-usage", message: lines.join("\n"), hints });
}

/** `environments.test.var_files[0]`. */
export function dotted(path: Path): string {
  let text = "";
  for (const step of path) {
    if (typeof step === "number") text += `[${step}]`;
    else text += text === "" ? step : `.${step}`;
  }
  return text;
}

/** A value from outside in a message: quoted, on one line, without a URL's credentials, not longer than it helps. */
export function quoted(value: unknown): string {
  const text = (JSON.stringify(value) ?? String(value)).replace(/:\/\/[^\s/]*@/g, "://(hidden)@");
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
