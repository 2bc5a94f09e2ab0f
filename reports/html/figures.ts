import type { Finding } from "../../src/core/finding.ts";
import type { JsonValue } from "../../src/core/json.ts";
import type { ReportedTest } from "../../src/core/report.ts";
import { cut } from "../well-formed.ts";
import { markup, type Markup } from "./escape.ts";

/** The test's own figures that fit in a line; lists and tables are in the JSON report, money has its chart. */
export function figures(test: ReportedTest): Markup | undefined {
  const shown = Object.entries(test).flatMap(([key, value]) => {
    const text = shownElsewhere.has(key) ? undefined : figureText(value);
    return text === undefined ? [] : [[key.replaceAll("_", " "), text] as const];
  });
  if (shown.length === 0) return undefined;
  return markup`<dl class="figs">${shown.map(([key, text]) => markup`<div><dt>${key}</dt><dd>${text}</dd></div>`)}</dl>
`;
}

const shownElsewhere: ReadonlySet<string> = new Set([
  "name",
  "status",
  "duration_ms",
  "findings",
  "reason",
  "by_severity",
  "top_cost_drivers",
]);

function figureText(value: JsonValue | readonly Finding[] | undefined): string | undefined {
  if (typeof value === "string") return value === "" ? undefined : cut(value, 120);
  if (typeof value === "number") return value.toLocaleString("en-US");
  if (typeof value === "boolean") return value ? "yes" : "no";
  return Array.isArray(value) && value.length > 0 ? String(value.length) : undefined;
}
