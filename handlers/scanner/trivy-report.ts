import { severities, type Finding } from "../../src/core/finding.ts";
import {
  arrayAt,
  isObject,
  objectAt,
  stringAt,
  type JsonObject,
  type JsonValue,
} from "../../src/core/json.ts";
import type { ScanFolder } from "./scan-folder.ts";
import { fullAddress } from "./tfsec-report.ts";

/** A misconfiguration and the file it is in, as Trivy names it. */
export interface TrivyFailure {
  readonly target: string;
  readonly misconfiguration: JsonObject;
}

export interface TrivyReport {
  /** Files that it judged. */
  readonly results: number;
  readonly passed: number;
  readonly failed: readonly TrivyFailure[];
}

/** Reads what `trivy config --format=json` prints; nothing when it is no such document. */
export function readTrivyReport(stdout: string): TrivyReport | undefined {
  const document = parse(stdout);
  if (!isObject(document) || !("SchemaVersion" in document)) return undefined;
  const results = arrayAt(document["Results"]).filter(isObject);
  return {
    results: results.length,
    passed: results
      .map((result) => objectAt(result["MisconfSummary"])["Successes"])
      .reduce<number>((sum, count) => sum + (typeof count === "number" ? count : 0), 0),
    failed: results.flatMap((result) =>
      arrayAt(result["Misconfigurations"])
        .filter(isObject)
        // A status that nobody knows is no pass.
        .filter(({ Status }) => Status !== "PASS" && Status !== "EXCEPTION")
        .map((misconfiguration) => ({ target: stringAt(result["Target"]) ?? "", misconfiguration })),
    ),
  };
}

function parse(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    // Half a document is no report.
    return undefined;
  }
}

/** One misconfiguration as a finding. */
export async function trivyFinding(failure: TrivyFailure, folder: ScanFolder): Promise<Finding> {
  const { target, misconfiguration } = failure;
  const cause = objectAt(misconfiguration["CauseMetadata"]);
  const [line, endLine] = [lineAt(cause["StartLine"]), lineAt(cause["EndLine"])];
  const file = target === "" || target === "." ? undefined : target;
  const address = await fullAddress(
    stringAt(cause["Resource"]) || undefined,
    { ...(file === undefined ? {} : { file }), ...(line === undefined ? {} : { line }) },
    folder,
  );
  const rule = firstText(misconfiguration, ["AVDID", "ID"]) ?? "unknown";
  const remedy = firstText(misconfiguration, ["Resolution", "PrimaryURL"]);
  return {
    rule,
    severity: severities.find((known) => known === misconfiguration["Severity"]) ?? "UNKNOWN",
    message: firstText(misconfiguration, ["Message", "Title"]) ?? rule,
    ...(address === undefined ? {} : { address }),
    ...(file === undefined ? {} : { at: folder.place(file, line, endLine) }),
    ...(remedy === undefined ? {} : { remedy }),
    scanners: ["trivy"],
  };
}

function firstText(object: JsonObject, keys: readonly string[]): string | undefined {
  return keys.map((key) => stringAt(object[key])).find((text) => text);
}

function lineAt(value: JsonValue | undefined): number | undefined {
  return typeof value === "number" && value > 0 ? value : undefined;
}

/** Trivy ends well over files that it could not read, and says so only in its log. */
export function unparsedByTrivy(stderr: string): string | undefined {
  return stderr
    .split("\n")
    .find((line) => /\b(?:error parsing|failed to parse|failed to load|parse error)\b/i.test(line))
    ?.trim();
}
