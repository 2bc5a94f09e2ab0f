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
import type { SeverityTable } from "./severity-table.ts";

/** What Checkov's JSON says, summed over the reports it holds. */
export interface CheckovReport {
  readonly version: string;
  readonly passed: number;
  readonly skipped: number;
  readonly resources: number;
  readonly parsingErrors: number;
  /** Absolute paths; only in a report made without `--quiet`. */
  readonly unparsed: readonly string[];
  readonly failed: readonly JsonObject[];
  /** What comments in the source switch off; only when a plan is scanned as well. */
  readonly skippedChecks: readonly JsonObject[];
}

/**
 * Reads what Checkov prints with `-o json`: one report, a list of them, or a bare summary when no rule applied.
 * Nothing when it is none of these. What it says about the plan is a report of its own.
 */
export function readCheckovReport(
  stdout: string,
  part: "source" | "plan" = "source",
): CheckovReport | undefined {
  const document = jsonIn(stdout);
  const reports = (Array.isArray(document) ? document : [document])
    .filter(isObject)
    .filter((report) => (report["check_type"] === "terraform_plan") === (part === "plan"));
  const summaries = reports.map((report) => (isObject(report["summary"]) ? report["summary"] : report));
  if (summaries.length === 0 || !summaries.every(isSummary)) return undefined;
  const sum = (key: string): number =>
    summaries.reduce((total, summary) => total + numberAt(summary[key]), 0);
  const results = reports.map((report) => objectAt(report["results"]));
  return {
    version:
      summaries.map((summary) => stringAt(summary["checkov_version"])).find((version) => version) ??
      "unknown",
    passed: sum("passed"),
    skipped: sum("skipped"),
    resources: sum("resource_count"),
    parsingErrors: sum("parsing_errors"),
    unparsed: results.flatMap((result) => arrayAt(result["parsing_errors"]).map(String)),
    failed: results.flatMap((result) => arrayAt(result["failed_checks"]).filter(isObject)),
    skippedChecks: results.flatMap((result) => arrayAt(result["skipped_checks"]).filter(isObject)),
  };
}

function isSummary(value: JsonObject): boolean {
  return typeof value["passed"] === "number" && typeof value["failed"] === "number";
}

function numberAt(value: JsonValue | undefined): number {
  return typeof value === "number" ? value : 0;
}

/** The JSON document in a text that may begin with lines of something else. */
function jsonIn(text: string): JsonValue | undefined {
  const start = text.search(/^[{[]/m);
  if (start === -1) return undefined;
  try {
    return JSON.parse(text.slice(start)) as JsonValue;
  } catch {
    // Half a document, or a log line in brackets: no report either way.
    return undefined;
  }
}

/** One failed check as a finding. */
export function checkovFinding(check: JsonObject, folder: ScanFolder, table: SeverityTable): Finding {
  const rule = stringAt(check["check_id"]) ?? "unknown";
  const [line, endLine] = arrayAt(check["file_line_range"]).map(numberAt);
  const file = stringAt(check["file_abs_path"]) ?? stringAt(check["file_path"])?.replace(/^\//, "");
  const address = addressOf(check);
  const remedy = stringAt(check["guideline"]);
  return {
    rule,
    severity: givenSeverity(check["severity"]) ?? table.get(rule)?.severity ?? "UNKNOWN",
    message: stringAt(check["check_name"]) ?? rule,
    ...(address === undefined ? {} : { address }),
    ...(file === undefined ? {} : { at: folder.place(file, line, endLine) }),
    ...(remedy === undefined ? {} : { remedy }),
    scanners: ["checkov"],
  };
}

/** Terraform's address; Checkov leaves out that a block is data, a module or a provider. */
function addressOf(check: JsonObject): string | undefined {
  const resource = stringAt(check["resource_address"]) ?? stringAt(check["resource"]);
  if (resource === undefined) return undefined;
  const kind = /^checkov\.terraform\.checks\.(data|module|provider)\b/.exec(
    stringAt(check["check_class"]) ?? "",
  )?.[1];
  if (kind === undefined || resource.startsWith(`${kind}.`)) return resource;
  if (kind === "provider") return `provider.${resource.replace(/\.default$/, "")}`;
  const [modules = ""] = /^(?:module\.[\w-]+(?:\[[^\]]*\])?\.)*/.exec(resource) ?? [];
  return `${modules}${kind}.${resource.slice(modules.length)}`;
}

/** Only a Checkov that is connected to its platform gives severities. */
function givenSeverity(value: JsonValue | undefined): Severity | undefined {
  return severities.find((severity) => severity === value);
}

/** Rules and modules that Checkov's log says it gave up on. */
export function checkovGaps(stderr: string): readonly string[] {
  const crashed = [...stderr.matchAll(/Failed to run check (\S+) on (\S+)/g)].map(
    ([, rule, where]) => `rule ${rule} crashed on ${where}`,
  );
  const modules = [...stderr.matchAll(/(?:Unable to load|Failed to download) module \(?([^\s():]+)/g)].map(
    ([, source]) => `module ${source} was not read`,
  );
  return [...new Set([...crashed, ...modules])];
}
