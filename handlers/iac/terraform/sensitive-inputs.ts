import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Environment } from "../../../src/core/environment.ts";
import { objectAt, parseObject, type JsonValue } from "../../../src/core/json.ts";
import { argumentOf, blocksIn } from "./hcl-blocks.ts";

/** A variable that the configuration declares sensitive. */
interface SensitiveVariable {
  readonly name: string;
  readonly defaults: readonly string[];
}

/**
 * The values of sensitive variables, read from where Terraform will take them, so that they are known before there is
 * a plan: defaults, variable files, `TF_VAR_…` and the settings of the environment. What cannot be read is left to the
 * plan, which tells them all.
 */
export async function sensitiveInputs(
  root: string,
  { variables, varFiles }: Pick<Environment, "variables" | "varFiles">,
  env: Readonly<Record<string, string | undefined>>,
): Promise<readonly string[]> {
  const declared = await sensitiveVariables(root);
  if (declared.length === 0) return [];
  const files = await Promise.all([...(await ownVariableFiles(root)), ...varFiles].map(textOf));
  return declared.flatMap(({ name, defaults }) => [
    ...defaults,
    ...files.flatMap((text) => valuesIn(text, name)),
    ...textsIn(variables[name]),
    ...literalsIn(env[`TF_VAR_${name}`] ?? ""),
    ...(env[`TF_VAR_${name}`] === undefined ? [] : [env[`TF_VAR_${name}`] ?? ""]),
  ]);
}

/** Names of the root's variables that are declared sensitive. */
export async function sensitiveVariableNames(root: string): Promise<readonly string[]> {
  return (await sensitiveVariables(root)).map(({ name }) => name);
}

async function sensitiveVariables(root: string): Promise<readonly SensitiveVariable[]> {
  const names = await namesIn(root);
  const sources = names.filter((name) => /\.(?:tf|tofu)(?:\.json)?$/.test(name));
  const found = await Promise.all(
    sources.map(async (name) => {
      const text = await textOf(join(root, name));
      return name.endsWith(".json") ? inJson(text) : inHcl(text);
    }),
  );
  return found.flat();
}

function inHcl(text: string): readonly SensitiveVariable[] {
  return blocksIn(text)
    .filter((block) => block.type === "variable" && argumentOf(block, "sensitive")?.startsWith("true"))
    .map((block) => ({
      name: block.labels[0] ?? "",
      defaults: literalsIn(argumentOf(block, "default") ?? ""),
    }));
}

function inJson(text: string): readonly SensitiveVariable[] {
  return Object.entries(objectAt(parseObject(text)?.["variable"]))
    .filter(([, declaration]) => objectAt(declaration)["sensitive"] === true)
    .map(([name, declaration]) => ({ name, defaults: textsIn(objectAt(declaration)["default"]) }));
}

async function ownVariableFiles(root: string): Promise<readonly string[]> {
  return (await namesIn(root))
    .filter((name) => /^terraform\.tfvars(?:\.json)?$|\.auto\.tfvars(?:\.json)?$/.test(name))
    .map((name) => join(root, name));
}

function valuesIn(text: string, name: string): readonly string[] {
  if (text.trimStart().startsWith("{")) return textsIn(parseObject(text)?.[name]);
  const line = argumentOf({ body: text, written: text }, name);
  return line === undefined ? [] : literalsIn(line);
}

/** The texts of a line of HCL: what stands in quotes, with its escapes undone. */
function literalsIn(line: string): readonly string[] {
  return [...line.matchAll(/"((?:[^"\\]|\\.)*)"/g)].flatMap(([, written = ""]) => {
    const plain = written.replace(/\\(["\\ntr])/g, (_, escaped: string) => escapes[escaped] ?? escaped);
    return [written, plain.replaceAll("$${", "${").replaceAll("%%{", "%{")];
  });
}

const escapes: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r" };

function textsIn(value: JsonValue | undefined): readonly string[] {
  if (typeof value === "string") return [value];
  if (typeof value === "number") return [String(value)];
  return typeof value === "object" && value !== null
    ? Object.values(value).flatMap((item: JsonValue) => textsIn(item))
    : [];
}

function namesIn(root: string): Promise<readonly string[]> {
  return readdir(root).catch(() => []); // A folder that cannot be read is said by whoever needs it.
}

function textOf(file: string): Promise<string> {
  return readFile(file, "utf8").catch(() => ""); // The same.
}
