import { counts } from "../../src/core/finding.ts";
import type { ReportInput } from "../contract.ts";
import { allFindings, placeOf, type PlacedFinding } from "../findings.ts";
import { cut } from "../well-formed.ts";
import { plural } from "../words.ts";
import { code, link, prose } from "./escape.ts";

const longestMessage = 240;
const longestName = 160;

/** The findings that count, worst first, as many as fit in `room` characters; how many did not is said. */
export function findingTable(input: ReportInput, room: number): readonly string[] {
  const findings = allFindings(input).filter(({ finding }) => counts(finding));
  if (findings.length === 0) return [];
  const rows: string[] = [];
  let used = 400; // The heading, the table's head and the sentence below it.
  for (const placed of findings) {
    const row = rowOf(placed);
    used += row.length + 1;
    if (used > room) break;
    rows.push(row);
  }
  const left = findings.length - rows.length;
  const out = `_${plural(left, "finding")} more ${left === 1 ? "is" : "are"} left out here; the whole list is in the report itself._`;
  if (rows.length === 0) return ["### Findings", "", out, ""];
  return [
    "### Findings",
    "",
    "| Severity | Rule | Where | What |",
    "| --- | --- | --- | --- |",
    ...rows,
    "",
    ...(left === 0 ? [] : [out, ""]),
  ];
}

function rowOf({ finding }: PlacedFinding): string {
  const where = [finding.address ?? "", placeOf(finding)].map((part) => code(cut(part, longestName)));
  const cells = [
    finding.severity,
    code(cut(finding.rule, longestName)),
    where.filter((part) => part !== "").join("<br>"),
    [prose(cut(finding.message, longestMessage)), link("how to fix it", finding.remedy)]
      .filter(Boolean)
      .join(" · "),
  ];
  return `| ${cells.join(" | ")} |`;
}
