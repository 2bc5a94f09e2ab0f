import { severities, type Finding, type Severity } from "../../src/core/finding.ts";
import {
  arrayAt,
  isObject,
  objectAt,
  stringAt,
  type JsonObject,
  type JsonValue,
} from "../../src/core/json.ts";
import type { ScanFolder } from "./scan-folder.ts";

/** tfsec's results, told apart by their status. */
export interface TfsecReport {
  readonly failed: readonly JsonObject[];
  readonly passed: number;
  readonly ignored: readonly JsonObject[];
}

/** Status numbers of tfsec's JSON: 0 failed, 1 passed, 2 ignored by a comment. */
const statuses = { failed: 0, passed: 1, ignored: 2 };

/** Reads what tfsec prints with `--format json`; nothing when it is no such document. */
export function readTfsecReport(stdout: string): TfsecReport | undefined {
  const document = parse(stdout);
  if (!isObject(document) || !("results" in document)) return undefined;
  const results = arrayAt(document["results"]).filter(isObject);
  const withStatus = (status: number): readonly JsonObject[] =>
    results.filter((result) => result["status"] === status);
  return {
    // A status that nobody knows is no pass.
    failed: results.filter(({ status }) => status !== statuses.passed && status !== statuses.ignored),
    passed: withStatus(statuses.passed).length,
    ignored: withStatus(statuses.ignored),
  };
}

function parse(text: string): JsonValue | undefined {
  const start = text.search(/^\{/m);
  try {
    return start === -1 ? undefined : (JSON.parse(text.slice(start)) as JsonValue);
  } catch {
    // Half a document is no report.
    return undefined;
  }
}

/** One failed result as a finding. */
export async function tfsecFinding(result: JsonObject, folder: ScanFolder): Promise<Finding> {
  const rule = ruleOf(result);
  const remedy = stringAt(result["resolution"]) || arrayAt(result["links"]).map(String)[0];
  const { file, line, endLine } = locationOf(result);
  const address = await addressOf(result, folder);
  return {
    rule,
    severity: severityOf(result["severity"]),
    message: stringAt(result["rule_description"]) || stringAt(result["description"]) || rule,
    ...(address ? { address } : {}),
    ...(file === undefined ? {} : { at: folder.place(file, line, endLine) }),
    ...(remedy ? { remedy } : {}),
    scanners: ["tfsec"],
  };
}

export function ruleOf(result: JsonObject): string {
  return stringAt(result["long_id"]) || stringAt(result["rule_id"]) || "unknown";
}

export function fileOf(result: JsonObject): string | undefined {
  return locationOf(result).file;
}

function severityOf(value: JsonValue | undefined): Severity {
  return severities.find((severity) => severity === value) ?? "UNKNOWN";
}

interface Location {
  readonly file?: string;
  readonly line?: number;
  readonly endLine?: number;
}

function locationOf(result: JsonObject): Location {
  const { filename, start_line: line, end_line: endLine } = objectAt(result["location"]);
  return {
    ...(typeof filename === "string" && filename !== "" ? { file: filename } : {}),
    ...(typeof line === "number" && line > 0 ? { line } : {}),
    ...(typeof endLine === "number" && endLine > 0 ? { endLine } : {}),
  };
}

async function addressOf(result: JsonObject, folder: ScanFolder): Promise<string | undefined> {
  return fullAddress(stringAt(result["resource"]), locationOf(result), folder);
}

/** tfsec names a resource inside a module by the module alone: its own name stands above the line it points to. */
export async function fullAddress(
  named: string | undefined,
  { file, line }: { readonly file?: string; readonly line?: number },
  folder: ScanFolder,
): Promise<string | undefined> {
  if (named === undefined || !onlyModules.test(named) || file === undefined || line === undefined)
    return named;
  const inner = blockAround((await folder.text(file)) ?? "", line);
  return inner === undefined ? named : `${named}.${inner}`;
}

const onlyModules = /^module\.[\w-]+(?:\[[^\]]*\])?(?:\.module\.[\w-]+(?:\[[^\]]*\])?)*$/;

/** Address of the resource or data block that holds a line, counted from 1. */
export function blockAround(hcl: string, line: number): string | undefined {
  const header = hcl
    .split("\n")
    .slice(0, line)
    .findLast((text) => /^(?:resource|data|module|provider|variable|output|locals|terraform)\b/.test(text));
  const [, kind, type, name] = /^(resource|data)\s+"([^"]+)"\s+"([^"]+)"/.exec(header ?? "") ?? [];
  if (type === undefined || name === undefined) return undefined;
  return kind === "data" ? `data.${type}.${name}` : `${type}.${name}`;
}
