import type { Finding, Severity } from "../../src/core/finding.ts";
import {
  arrayAt,
  isObject,
  objectAt,
  stringAt,
  type JsonObject,
  type JsonValue,
} from "../../src/core/json.ts";

/** The findings of a SARIF log, or why it is none. */
export type ReadSarif =
  | { readonly ok: true; readonly findings: readonly Finding[] }
  | { readonly ok: false; readonly why: string };

/** A log with more says nothing that anybody reads; what it hides is no pass either. */
const mostResults = 20_000;
const longestText = 2_000;

/**
 * Reads a SARIF 2.1.0 log that any tool may have written: results that failed and are not suppressed.
 * A tool that says of itself that it did not end well has no answer.
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function readSarif(text: string): ReadSarif {
  const log = parse(text);
  if (!isObject(log) || !Array.isArray(log["runs"]))
    return { ok: false, why: "it is no SARIF log with runs" };
  const version = stringAt(log["version"]);
  if (version?.startsWith("2.") !== true)
    return { ok: false, why: `it is SARIF ${version === undefined ? "of no version" : cut(version, 20)}` };
  const runs = arrayAt(log["runs"]).filter(isObject);
  if (runs.length === 0) return { ok: false, why: "it holds no run" };
  if (runs.some(broke)) return { ok: false, why: "the tool says that it did not end well" };
  const count = runs.reduce((sum, run) => sum + arrayAt(run["results"]).length, 0);
  if (count > mostResults) return { ok: false, why: `it holds ${count} results, more than ${mostResults}` };
  return { ok: true, findings: runs.flatMap(findingsOf) };
}

function parse(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, "")) as JsonValue;
  } catch {
    // Not JSON is not SARIF; the caller says so.
    return undefined;
  }
}

function broke(run: JsonObject): boolean {
  return arrayAt(run["invocations"]).some(
    (invocation) => objectAt(invocation)["executionSuccessful"] === false,
  );
}

function findingsOf(run: JsonObject): readonly Finding[] {
  const driver = objectAt(objectAt(run["tool"])["driver"]);
  const name = cut(stringAt(driver["name"]) || "sarif", 100);
  const rules = arrayAt(driver["rules"]).map(objectAt);
  const byId = new Map(rules.map((rule) => [stringAt(rule["id"]), rule]));
  return arrayAt(run["results"])
    .filter(isObject)
    .filter(isFailure)
    .map((result) => findingOf(result, ruleOf(result, rules, byId), name));
}

/** `pass`, `notApplicable` and the like say that nothing is wrong; so does a result that somebody suppressed. */
function isFailure(result: JsonObject): boolean {
  const kind = stringAt(result["kind"]) ?? "fail";
  if (!["fail", "open", "review"].includes(kind)) return false;
  return !arrayAt(result["suppressions"]).some((suppression) =>
    [undefined, "accepted"].includes(stringAt(objectAt(suppression)["status"])),
  );
}

function ruleOf(
  result: JsonObject,
  rules: readonly JsonObject[],
  byId: ReadonlyMap<string | undefined, JsonObject>,
): JsonObject {
  const index = result["ruleIndex"] ?? objectAt(result["rule"])["index"];
  const named = byId.get(stringAt(result["ruleId"]) ?? "");
  return named ?? (typeof index === "number" ? rules[index] : undefined) ?? {};
}

function findingOf(result: JsonObject, rule: JsonObject, scanner: string): Finding {
  const id = stringAt(result["ruleId"]) || stringAt(objectAt(result["rule"])["id"]) || stringAt(rule["id"]);
  const message =
    stringAt(objectAt(result["message"])["text"]) || stringAt(objectAt(rule["shortDescription"])["text"]);
  const location = objectAt(arrayAt(result["locations"])[0]);
  const at = placeOf(objectAt(location["physicalLocation"]));
  const address = stringAt(objectAt(arrayAt(location["logicalLocations"])[0])["fullyQualifiedName"]);
  const remedy = stringAt(objectAt(rule["help"])["text"]) || stringAt(rule["helpUri"]);
  return {
    rule: cut(id || "unknown", 200),
    severity: severityOf(result, rule),
    message: cut(message || id || "no message", longestText),
    ...(address ? { address: cut(address, 500) } : {}),
    ...(at === undefined ? {} : { at }),
    ...(remedy ? { remedy: cut(remedy, longestText) } : {}),
    scanners: [scanner],
  };
}

function placeOf(physical: JsonObject): Finding["at"] {
  const uri = stringAt(objectAt(physical["artifactLocation"])["uri"]);
  if (!uri) return undefined;
  const region = objectAt(physical["region"]);
  const [line, endLine, column] = [region["startLine"], region["endLine"], region["startColumn"]];
  return {
    file: cut(decoded(uri.replace(/^file:\/\//, "")), 1_000),
    ...(isCount(line) ? { line } : {}),
    ...(isCount(endLine) ? { endLine } : {}),
    ...(isCount(column) ? { column } : {}),
  };
}

function isCount(value: JsonValue | undefined): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value > 0;
}

function decoded(uri: string): string {
  try {
    return decodeURI(uri);
  } catch {
    // A stray percent sign: the name as it stands says enough.
    return uri;
  }
}

/** `security-severity` is CVSS-like, 0 to 10, as GitHub reads it; the level is all that most tools give. */
function severityOf(result: JsonObject, rule: JsonObject): Severity {
  const score = [result, rule].map((part) => Number(objectAt(part["properties"])["security-severity"]));
  const given = score.find((value) => Number.isFinite(value) && value > 0);
  if (given !== undefined)
    return given >= 9 ? "CRITICAL" : given >= 7 ? "HIGH" : given >= 4 ? "MEDIUM" : "LOW";
  const level = stringAt(result["level"]) ?? stringAt(objectAt(rule["defaultConfiguration"])["level"]);
  return levels[level ?? "warning"] ?? "UNKNOWN";
}

const levels: Readonly<Record<string, Severity>> = {
  error: "HIGH",
  warning: "MEDIUM",
  note: "LOW",
  none: "LOW",
};

function cut(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
}
