import { isObject, objectAt, type JsonObject, type JsonValue } from "../../src/core/json.ts";

/** A block of the HCL text and where it comes from. */
export interface TranslatedBlock {
  /** First line in the HCL text, from 1. */
  readonly line: number;
  /** Keys that lead to it in the JSON document, e.g. `["resource", "aws_s3_bucket", "data"]`. */
  readonly path: readonly string[];
}

export interface Translated {
  readonly text: string;
  readonly blocks: readonly TranslatedBlock[];
}

/**
 * Terraform's JSON syntax as HCL, for scanners that read only HCL reliably. Enough of it to judge the resources:
 * settings of Terraform itself, provisioners and explicit dependencies are left out, and so is everything null.
 * Format: https://developer.hashicorp.com/terraform/language/syntax/json
 *
 * JSON does not tell a nested block from a map, and there is no provider schema at hand: an object counts as a
 * block unless its name is known for maps or its keys could not be arguments.
 */
export function hclFromJson(document: JsonValue): Translated {
  const lines: string[] = [];
  const blocks: TranslatedBlock[] = [];
  for (const top of objectsIn(document)) {
    for (const { path, body } of topBlocks(top)) {
      const [kind = "", ...labels] = path;
      blocks.push({ line: lines.length + 1, path });
      lines.push(`${[kind, ...labels.map((label) => JSON.stringify(label))].join(" ")} {`);
      if (valuesOnly.has(kind)) writeArguments(lines, body, wanted.get(kind));
      else writeBody(lines, body, "  ");
      lines.push("}");
    }
  }
  return { text: `${lines.join("\n")}\n`, blocks };
}

function topBlocks(document: JsonObject): readonly Labelled[] {
  return Object.entries(labelsByKind).flatMap(([kind, labels]) => labelled(document[kind], [kind], labels));
}

/** How many labels each kind of block has; what is not named here says nothing about infrastructure. */
const labelsByKind = { variable: 1, locals: 0, provider: 1, data: 2, resource: 2, module: 1, output: 1 };

/** Blocks that hold no blocks: every object in them is a value. */
const valuesOnly: ReadonlySet<string> = new Set(["variable", "locals", "module", "output"]);

/** Of a variable and an output only what can reach a resource or a reader. */
const wanted: ReadonlyMap<string, readonly string[]> = new Map([
  ["variable", ["default", "sensitive"]],
  ["output", ["value", "sensitive"]],
]);

/** Arguments of Terraform itself; their values are bare references, which JSON writes as strings. */
const skipped: ReadonlySet<string> = new Set([
  "//",
  "depends_on",
  "provider",
  "providers",
  "provisioner",
  "connection",
]);

const mapArguments: ReadonlySet<string> = new Set([
  "tags",
  "tags_all",
  "variables",
  "environment_variables",
  "parameters",
  "default_arguments",
  "labels",
  "metadata",
  "dimensions",
  "triggers",
  "keepers",
  "request_parameters",
  "response_parameters",
  "request_templates",
  "response_templates",
  "request_models",
  "response_models",
]);

interface Labelled {
  readonly path: readonly string[];
  readonly body: JsonObject;
}

function labelled(
  value: JsonValue | undefined,
  path: readonly string[],
  labels: number,
): readonly Labelled[] {
  if (labels === 0) return objectsIn(value).map((body) => ({ path, body }));
  return objectsIn(value)
    .flatMap((object) => Object.entries(object))
    .filter(([label]) => label !== "//")
    .flatMap(([label, inner]) => labelled(inner, [...path, label], labels - 1));
}

/** One object or an array of them: JSON syntax allows both wherever a block may stand. */
function objectsIn(value: JsonValue | undefined): readonly JsonObject[] {
  return (Array.isArray(value) ? value : [value]).filter(isObject);
}

function writeArguments(lines: string[], body: JsonObject, only?: readonly string[]): void {
  for (const [key, value] of Object.entries(body)) {
    if (value === null || skipped.has(key) || !identifier.test(key) || only?.includes(key) === false)
      continue;
    lines.push(`  ${key} = ${expression(value)}`);
  }
}

function writeBody(lines: string[], body: JsonObject, indent: string): void {
  for (const [key, value] of Object.entries(body)) {
    if (value === null || skipped.has(key) || !identifier.test(key)) continue;
    if (key === "dynamic") writeDynamic(lines, value, indent);
    else if (isBlock(key, value)) for (const inner of objectsIn(value)) writeBlock(lines, key, inner, indent);
    else lines.push(`${indent}${key} = ${expression(value)}`);
  }
}

function writeBlock(lines: string[], head: string, body: JsonObject, indent: string): void {
  lines.push(`${indent}${head} {`);
  writeBody(lines, body, `${indent}  `);
  lines.push(`${indent}}`);
}

function writeDynamic(lines: string[], value: JsonValue, indent: string): void {
  for (const { path, body } of labelled(value, [], 1)) {
    lines.push(`${indent}dynamic ${JSON.stringify(path[0])} {`);
    lines.push(`${indent}  for_each = ${expression(body["for_each"] ?? [])}`);
    writeBlock(lines, "content", objectAt(body["content"]), `${indent}  `);
    lines.push(`${indent}}`);
  }
}

function isBlock(key: string, value: JsonValue): boolean {
  if (mapArguments.has(key)) return false;
  const objects = objectsIn(value);
  const alone = Array.isArray(value) ? value.length === objects.length : true;
  return objects.length > 0 && alone && objects.every((object) => Object.keys(object).every(isArgument));
}

function isArgument(key: string): boolean {
  return key === "//" || identifier.test(key);
}

const identifier = /^[A-Za-z_][A-Za-z0-9_-]*$/;

function expression(value: JsonValue): string {
  if (typeof value === "string") return soleExpression(value) ?? `"${template(value)}"`;
  if (Array.isArray(value)) return `[${value.map(expression).join(", ")}]`;
  if (!isObject(value)) return JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([key, item]) => `"${template(key)}" = ${expression(item)}`)
    .join(", ")} }`;
}

/**
 * The expression of a text that is nothing else, as cdktf writes every reference. It has to go without its quotes:
 * Checkov's parser takes no braces inside an interpolation.
 */
function soleExpression(text: string): string | undefined {
  if (!text.startsWith("${") || closing(text, 2) !== text.length) return undefined;
  const inner = text.slice(2, -1).trim();
  return inner.includes("\n") ? `(${inner})` : inner;
}

/** Text between quotes: literal parts are escaped, `${…}` and `%{…}` stay the expressions they are. */
function template(text: string): string {
  let written = "";
  let from = 0;
  for (;;) {
    const opening = nextOpening(text, from);
    const end = opening === undefined ? undefined : closing(text, opening + 2);
    if (opening === undefined || end === undefined) return written + escaped(text.slice(from));
    written += escaped(text.slice(from, opening)) + text.slice(opening, end).replace(/[\r\n]+/g, " ");
    from = end;
  }
}

/** Where the next `${` or `%{` stands that is not doubled, which would make it literal. */
function nextOpening(text: string, from: number): number | undefined {
  const pattern = /([$%])(\1?)\{/g;
  pattern.lastIndex = from;
  for (let match = pattern.exec(text); match; match = pattern.exec(text))
    if (match[2] === "") return match.index;
  return undefined;
}

function closing(text: string, from: number): number | undefined {
  let depth = 1;
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === "{") depth += 1;
    if (text[at] === "}") depth -= 1;
    if (depth === 0) return at + 1;
  }
  return undefined;
}

function escaped(text: string): string {
  // HCL knows no \b and \f.
  return JSON.stringify(text).slice(1, -1).replaceAll("\\b", "\\u0008").replaceAll("\\f", "\\u000c");
}
