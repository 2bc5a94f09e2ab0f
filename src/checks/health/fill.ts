import type { OutputValue } from "../../../handlers/iac/contract.ts";
import { didYouMean } from "../../core/similar.ts";

/** What stands for the names in `{{outputs.NAME}}` and `{{env.NAME}}`. */
export interface Fillings {
  /** Or why they cannot be read. */
  readonly outputs: Readonly<Record<string, OutputValue>> | { readonly why: string };
  readonly env: Readonly<Record<string, string>>;
}

export type Filled =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly why: string };

const placeholder = /\{\{\s*(outputs|env)\.([A-Za-z_][A-Za-z0-9_-]*)\s*\}\}/g;

/** A text with its names replaced; what cannot be replaced is said, never left out. */
export function fill(text: string, { outputs, env }: Fillings): Filled {
  const wrong: string[] = [];
  const take = (filled: Filled): string => {
    if (filled.ok) return filled.text;
    wrong.push(filled.why);
    return "";
  };
  const filled = text.replace(placeholder, (_, kind: string, name: string) =>
    take(kind === "env" ? ofEnv(env, name) : ofOutputs(outputs, name)),
  );
  const [why] = wrong;
  return why === undefined ? { ok: true, text: filled } : { ok: false, why };
}

/** Names of the variables that a text takes: their values may be secret. */
export function envNamesIn(text: string): readonly string[] {
  return [...text.matchAll(placeholder)].flatMap(([, kind, name]) => (kind === "env" && name ? [name] : []));
}

export function usesOutputs(text: string): boolean {
  return /\{\{\s*outputs\./.test(text);
}

function ofEnv(env: Fillings["env"], name: string): Filled {
  const value = env[name];
  return value === undefined || value === ""
    ? { ok: false, why: `the variable ${name} is not set` }
    : { ok: true, text: value };
}

function ofOutputs(outputs: Fillings["outputs"], name: string): Filled {
  if (isUnread(outputs)) return { ok: false, why: `the outputs cannot be read: ${outputs.why}` };
  const output = outputs[name];
  if (output === undefined) {
    const near = didYouMean(name, Object.keys(outputs));
    const names = Object.keys(outputs).slice(0, 8).join(", ") || "none";
    const hint = near === undefined ? ` (there are: ${names})` : ` (${near}?)`;
    return { ok: false, why: `the stack has no output "${name}"${hint}` };
  }
  if (output.sensitive)
    return { ok: false, why: `output "${name}" is sensitive: its value is not handed out` };
  const { value } = output;
  if (typeof value === "string" && value !== "") return { ok: true, text: value };
  if (typeof value === "number" || typeof value === "boolean") return { ok: true, text: String(value) };
  return { ok: false, why: `output "${name}" is ${value === "" ? "empty" : "no text"}` };
}

function isUnread(outputs: Fillings["outputs"]): outputs is { readonly why: string } {
  return "why" in outputs && typeof outputs.why === "string";
}
