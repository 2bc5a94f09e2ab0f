import { counts, severities, type Severity } from "../src/core/finding.ts";
import type { ReportInput } from "./contract.ts";
import { allFindings, placeOf } from "./findings.ts";

/** One thing to do; all texts are untrusted. */
export interface Advice {
  readonly severity?: Severity;
  readonly rule?: string;
  readonly message: string;
  /** Address or file of the first place. */
  readonly where?: string;
  /** Further places of the same. */
  readonly more: number;
}

/** The worst findings, each rule once; what the report recommends where it lists no findings. */
export function adviceOf(input: ReportInput, most: number): readonly Advice[] {
  const byRule = new Map<string, Advice>();
  for (const { finding } of allFindings(input)) {
    if (!counts(finding)) continue;
    const { rule, severity, message } = finding;
    const key = JSON.stringify([rule, severity]);
    const before = byRule.get(key);
    const where = finding.address ?? placeOf(finding);
    if (before !== undefined) byRule.set(key, { ...before, more: before.more + 1 });
    else byRule.set(key, { severity, rule, message, more: 0, ...(where === "" ? {} : { where }) });
  }
  if (byRule.size > 0) return [...byRule.values()].slice(0, most);
  const said = [...new Set(input.tests.flatMap((report) => report.recommendations))];
  return said.slice(0, most).map(readAdvice);
}

/** The pipeline writes `SEVERITY RULE: message (address)`; anything else stays as it is. */
function readAdvice(text: string): Advice {
  const [, level, rule, rest] = /^([A-Z]+) ([^:\n]{1,100}): ([\s\S]*)$/.exec(text) ?? [];
  const severity = severities.find((name) => name === level);
  if (severity === undefined || rule === undefined || rest === undefined) return { message: text, more: 0 };
  const at = rest.endsWith(")") ? rest.lastIndexOf(" (") : -1;
  if (at < 0) return { severity, rule, message: rest, more: 0 };
  return { severity, rule, message: rest.slice(0, at), where: rest.slice(at + 2, -1), more: 0 };
}
