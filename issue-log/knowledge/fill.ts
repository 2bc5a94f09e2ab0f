import { safeLine } from "../../src/core/safe-text.ts";
import type { KnowledgeStep } from "./schema.ts";

type Parameters = Readonly<Record<string, string>>;

/** Values come from an error's text. The longest that is of use is an encoded authorisation message. */
const longestValue = 8192;

/** A sentence with its parameters filled in, on one line. */
export function fillText(template: string, parameters: Parameters): string {
  return safeLine(fill(template, parameters, (value) => value));
}

/** Names of a template's parameters that are not known. */
export function missingIn(template: string, parameters: Parameters): readonly string[] {
  return [...template.matchAll(parameter)]
    .map(([, name = ""]) => name)
    .filter((name) => !(name in parameters));
}

/** A step as it is shown: what is to be run or written down stands below what is said about it. */
export function fillStep(step: KnowledgeStep, parameters: Parameters): string {
  if (typeof step === "string") return fillText(step, parameters);
  const said =
    step.say === undefined ? [] : [`${fillText(step.say, parameters)}:`.replace(/([?.!]):$/, "$1")];
  return [...said, body(step, parameters)].join("\n");
}

function body(step: Exclude<KnowledgeStep, string>, parameters: Parameters): string {
  if ("run" in step) return safeLine(fill(quotePlaceholders(step.run), parameters, shellWord));
  if ("json" in step) return fill(step.json, parameters, jsonString).trimEnd();
  return fill(step.hcl, parameters, hclString).trimEnd();
}

const parameter = /\{\{(\w{1,40})\}\}/g;

function fill(template: string, parameters: Parameters, quote: (value: string) => string): string {
  return template.replace(parameter, (_all, name: string) => {
    const value = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    return quote(value === undefined ? `<${name.replaceAll("_", "-")}>` : harmless(value));
  });
}

function harmless(value: string): string {
  return safeLine(value.slice(0, longestValue));
}

/** A placeholder that the template itself holds must not redirect anything when the line is pasted as it is. */
function quotePlaceholders(command: string): string {
  return command.replace(/'[^']*'|"[^"]*"|<[a-z0-9-]{1,60}>/g, (part) =>
    part.startsWith("<") ? `'${part}'` : part,
  );
}

/** One word for a POSIX shell, whatever is in it. */
function shellWord(value: string): string {
  return /^[\w./:=@%+,-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}

function jsonString(value: string): string {
  return JSON.stringify(value).slice(1, -1);
}

/** Inside a quoted string of HCL, where `${` and `%{` would be evaluated. */
function hclString(value: string): string {
  return jsonString(value).replace(/[$%](?=\{)/g, "$&$&");
}
