import type { Diagnostic } from "../../../src/core/diagnostic.ts";
import type { Place } from "../../../src/core/finding.ts";
import { isObject, objectAt, stringAt, type JsonValue } from "../../../src/core/json.ts";
import { stripAnsi } from "../../../src/core/safe-text.ts";

/**
 * One diagnostic of Terraform's machine-readable output (`validate -json`, and `-json` streams).
 * Format: https://developer.hashicorp.com/terraform/internals/machine-readable-ui
 */
export function readDiagnostic(value: JsonValue | undefined): Diagnostic | undefined {
  if (!isObject(value)) return undefined;
  const at = readPlace(value["range"]);
  const snippet = objectAt(value["snippet"]);
  const address = stringAt(value["address"]);
  const excerpt = mayQuote(at) ? stringAt(snippet["code"]) : undefined;
  return {
    severity: value["severity"] === "warning" ? "warning" : "error",
    summary: stringAt(value["summary"]) ?? "unknown problem",
    detail: stringAt(value["detail"]) ?? "",
    ...(address === undefined ? {} : { address }),
    ...(at === undefined ? {} : { at }),
    ...(excerpt === undefined ? {} : { excerpt }),
  };
}

/** Lines of variable files are values, and any of them may be a secret. */
function mayQuote(at: Place | undefined): boolean {
  return !/\.tfvars(?:\.json)?$/.test(at?.file ?? "");
}

function readPlace(range: JsonValue | undefined): Place | undefined {
  if (!isObject(range)) return undefined;
  const file = stringAt(range["filename"]);
  if (file === undefined) return undefined;
  const start = objectAt(range["start"]);
  const end = objectAt(range["end"]);
  return {
    file,
    ...(typeof start["line"] === "number" ? { line: start["line"] } : {}),
    ...(typeof start["column"] === "number" ? { column: start["column"] } : {}),
    ...(typeof end["line"] === "number" ? { endLine: end["line"] } : {}),
  };
}

/**
 * Diagnostics out of text meant for people, for commands that have no `-json` (init before 1.9, state pull):
 * each starts with `Error: summary` or `Warning: summary`, then place and detail, inside a drawn box.
 */
export function readTextDiagnostics(text: string): readonly Diagnostic[] {
  const lines = stripAnsi(text)
    .split("\n")
    .map((line) => line.replace(/^[╷│╵|]\s?/, "").trimEnd());
  const found: Diagnostic[] = [];
  let current: { severity: "error" | "warning"; summary: string; rest: string[] } | undefined;
  const close = (): void => {
    if (current) found.push(fromText(current));
  };
  for (const line of lines) {
    const head = /^(Error|Warning): (.+)$/.exec(line);
    if (head) {
      close();
      current = { severity: head[1] === "Error" ? "error" : "warning", summary: head[2] ?? "", rest: [] };
    } else {
      current?.rest.push(line);
    }
  }
  close();
  return found;
}

function fromText(block: {
  severity: "error" | "warning";
  summary: string;
  rest: readonly string[];
}): Diagnostic {
  const place = block.rest
    .map((line) => /^\s+on (\S.*) line (\d+)/.exec(line))
    .find((match) => match !== null);
  const at = place?.[1] === undefined ? undefined : { file: place[1], line: Number(place[2]) };
  const source = block.rest.map((line) => /^\s+\d+: (.*)$/.exec(line)).find((match) => match !== null);
  const detail = block.rest
    .filter((line) => !/^\s+(?:on \S.* line \d+|\d+:|with )/.test(line))
    .join("\n")
    .trim();
  return {
    severity: block.severity,
    summary: block.summary,
    detail,
    ...(at === undefined ? {} : { at }),
    ...(source?.[1] === undefined || !mayQuote(at) ? {} : { excerpt: source[1] }),
  };
}
