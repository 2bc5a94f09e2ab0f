import fc from "fast-check";
import type { Finding } from "../../src/core/finding.ts";
import { severities } from "../../src/core/finding.ts";
import type { ReportInput } from "../../reports/contract.ts";
import { finding, reportedTest, runReport, testReport } from "./sample-reports.ts";

/** Names that somebody could give a resource, a file or a rule to break what shows them. */
export const hostileTexts: readonly string[] = [
  `</script><script>alert(1)</script>`,
  `"><img src=x onerror=alert(1)>`,
  `' onmouseover='alert(1)`,
  `a]]>b<![CDATA[`,
  `<!-- x --> & &amp; &#0; &lt;`,
  "::error::owned\n::stop-commands::x\r\n##[error]y",
  "nul\u0000 bell\u0007 esc\u001b[31m del\u007f c1\u009b",
  "right\u202eto left\u2066isolate\u2069 \u200f",
  "half \ud83d pair \udc00 and \ufffe\uffff",
  "| a | b |\n| --- | --- |",
  "@octocat #1 GH-2 [x](javascript:alert(1)) ![i](http://e.vil/x.png) https://e.vil www.e.vil",
  "``` `code` ~~x~~ **b** _i_ <details>",
  "1. one",
  "- minus",
  "$(touch /tmp/x) `id` ${x} %0A %3A",
  "",
  " ",
  "__proto__",
  "x".repeat(5000),
  "行\u0301 🙂 é",
];

/** A text that may be anything, and often is one of the above. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...hostileTexts),
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.array(fc.constantFrom(...hostileTexts), { maxLength: 3 }).map((parts) => parts.join("")),
);

const anyFinding: fc.Arbitrary<Finding> = fc.record(
  {
    rule: anyText,
    severity: fc.constantFrom(...severities),
    message: anyText,
    scanners: fc.array(anyText, { maxLength: 3 }),
    address: anyText,
    at: fc.record({ file: anyText, line: fc.integer(), endLine: fc.integer() }, { requiredKeys: ["file"] }),
    remedy: fc.oneof(anyText, fc.webUrl()),
    also: fc.array(anyText, { maxLength: 2 }),
    waived: fc.record({ reason: anyText, by: anyText, until: anyText }, { requiredKeys: ["reason", "by"] }),
    known: fc.constant(true as const),
  },
  { requiredKeys: ["rule", "severity", "message", "scanners"] },
);

/** A report in which everything that comes from outside is anything. */
export const anyInput: fc.Arbitrary<ReportInput> = fc
  .record({
    findings: fc.array(anyFinding, { maxLength: 6 }),
    text: anyText,
    status: fc.constantFrom("PASS", "WARN", "FAIL", "ERROR", "SKIPPED"),
    hasRun: fc.boolean(),
    hasReason: fc.boolean(),
  })
  .map(({ findings, text, status, hasRun, hasReason }): ReportInput => {
    const test = reportedTest(text, status, {
      findings,
      figure: text,
      ...(hasReason ? { reason: text } : {}),
      estimated_monthly_cost: "12.30",
      resource_breakdown: { [`x${text}`]: "12.30" },
      top_cost_drivers: [{ address: text, monthly_cost: "12.30" }],
    });
    const report = testReport([test], {
      environment: text,
      run_id: text,
      recommendations: [text, `HIGH ${text}: ${text} (${text})`],
    });
    return { tests: [report], history: [], ...(hasRun ? { run: hostileRun(text), sourceRoot: text } : {}) };
  });

/** A run whose every word is `text`. */
function hostileRun(text: string): NonNullable<ReportInput["run"]> {
  return runReport({
    run_id: text,
    command: text,
    project: text,
    environment: text,
    hosting: text,
    stages: [
      {
        stage: "validate",
        status: "ERROR",
        headline: text,
        duration_ms: 1,
        diagnostics: [{ severity: "error", summary: text, detail: text, address: text, at: { file: text } }],
      },
    ],
    endpoints: { [`x${text}`]: text },
    skipped_by_request: [text],
    exit: { code: 5, name: "deploy-failed", reason: text },
  });
}

/** One report that holds every hostile text in every place. */
export function hostileInput(): ReportInput {
  const tests = hostileTexts.map((text) =>
    reportedTest(text, "FAIL", {
      reason: text,
      findings: [
        finding({ rule: text, message: text, address: text, at: { file: text, line: 1 }, remedy: text }),
        finding({ rule: text, message: text, waived: { reason: text, by: text, until: text } }),
      ],
    }),
  );
  return { run: hostileRun(hostileTexts.join(" ")), tests: [testReport(tests)], history: [] };
}
