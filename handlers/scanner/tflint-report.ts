import type { Finding, Severity } from "../../src/core/finding.ts";
import {
  arrayAt,
  isObject,
  objectAt,
  stringAt,
  type JsonObject,
  type JsonValue,
} from "../../src/core/json.ts";
import type { ScanFolder } from "./scan-folder.ts";
import { blockAround } from "./tfsec-report.ts";

export interface TflintReport {
  readonly issues: readonly JsonObject[];
  readonly errors: readonly string[];
}

/** Reads what `tflint --format=json` prints; nothing when it is no such document. */
export function readTflintReport(stdout: string): TflintReport | undefined {
  const document = parse(stdout);
  if (!isObject(document) || !Array.isArray(document["issues"]) || !Array.isArray(document["errors"]))
    return undefined;
  return {
    issues: arrayAt(document["issues"]).filter(isObject),
    errors: arrayAt(document["errors"]).map((error) => {
      const { message, summary, range } = objectAt(error);
      const file = stringAt(objectAt(range)["filename"]);
      const text = stringAt(message) || stringAt(summary) || "unknown error";
      return file === undefined || file === "" ? text : `${file}: ${text}`;
    }),
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

const severityOf: Readonly<Record<string, Severity>> = {
  error: "HIGH",
  warning: "MEDIUM",
  info: "LOW",
  notice: "LOW",
};

/** One issue as a finding; the address is that of the block it stands in. */
export async function tflintFinding(issue: JsonObject, folder: ScanFolder): Promise<Finding> {
  const { name, severity, link } = objectAt(issue["rule"]);
  const range = objectAt(issue["range"]);
  const file = stringAt(range["filename"]) || undefined;
  const [line, endLine] = [range["start"], range["end"]].map((place) => lineAt(objectAt(place)["line"]));
  const address =
    file === undefined || line === undefined ? undefined : blockAround((await folder.text(file)) ?? "", line);
  const rule = stringAt(name) || "unknown";
  const remedy = stringAt(link);
  return {
    rule,
    severity: severityOf[stringAt(severity) ?? ""] ?? "UNKNOWN",
    message: stringAt(issue["message"]) || rule,
    ...(address === undefined ? {} : { address }),
    ...(file === undefined ? {} : { at: folder.place(file, line, endLine) }),
    ...(remedy ? { remedy } : {}),
    scanners: ["tflint"],
  };
}

function lineAt(value: JsonValue | undefined): number | undefined {
  return typeof value === "number" && value > 0 ? value : undefined;
}
