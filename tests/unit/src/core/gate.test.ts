import { describe, expect, test } from "vitest";
import { countBySeverity, worstFirst, type Finding, type Severity } from "../../../../src/core/finding.ts";
import { blocks, overallStatus, statusOfFindings } from "../../../../src/core/gate.ts";
import type { TestResult, TestStatus } from "../../../../src/core/result.ts";
import { testResult } from "../ui/samples.ts";

function finding(severity: Severity, more: Partial<Finding> = {}): Finding {
  return { rule: "R", severity, message: "m", scanners: ["s"], ...more };
}

function findings(counts: Partial<Record<Severity, number>>): readonly Finding[] {
  return Object.entries(counts).flatMap(([severity, count]) =>
    Array.from({ length: count }, () => finding(severity as Severity)),
  );
}

describe("what a scanner found", () => {
  const numbers = [0, 1, 2, 3];
  const pairs = numbers.flatMap((first) => numbers.map((second) => [first, second] as const));

  test("is judged by the published rule, whatever the counts and the limits", () => {
    const cases = pairs.flatMap((limit) =>
      pairs.flatMap((found) => [0, 1, 50].map((MEDIUM) => ({ limit, found, MEDIUM }))),
    );
    for (const { limit, found, MEDIUM } of cases) {
      const [maxCritical, maxHigh] = limit;
      const [CRITICAL, HIGH] = found;
      const status = statusOfFindings(findings({ CRITICAL, HIGH, MEDIUM, LOW: 7, UNKNOWN: 7 }), {
        maxCritical,
        maxHigh,
      });
      const over = CRITICAL > maxCritical || HIGH > maxHigh;
      const expected = over ? "FAIL" : CRITICAL + HIGH + MEDIUM > 0 ? "WARN" : "PASS";
      expect(status, JSON.stringify({ limit, found, MEDIUM })).toBe(expected);
    }
  });

  test.each<[Partial<Record<Severity, number>>, TestStatus]>([
    [{}, "PASS"],
    [{ LOW: 99 }, "PASS"],
    [{ UNKNOWN: 99 }, "PASS"],
    [{ MEDIUM: 1 }, "WARN"],
    [{ HIGH: 2 }, "WARN"],
    [{ HIGH: 3 }, "FAIL"],
    [{ CRITICAL: 1 }, "FAIL"],
  ])("by the default limits %j is %s", (counts, status) => {
    expect(statusOfFindings(findings(counts), { maxCritical: 0, maxHigh: 2 })).toBe(status);
  });

  test("does not count what is waived", () => {
    const waived = finding("CRITICAL", { waived: { reason: "known", by: "ada" } });
    expect(statusOfFindings([waived], { maxCritical: 0, maxHigh: 2 })).toBe("PASS");
    expect(countBySeverity([waived, finding("LOW")])).toMatchObject({ CRITICAL: 0, LOW: 1 });
  });

  test("is told worst first, and in the same order each time", () => {
    const sorted = [
      finding("LOW"),
      finding("CRITICAL", { rule: "B" }),
      finding("CRITICAL", { rule: "A" }),
      finding("UNKNOWN"),
    ];
    expect(sorted.sort(worstFirst).map(({ severity, rule }) => `${severity} ${rule}`)).toEqual([
      "CRITICAL A",
      "CRITICAL B",
      "LOW R",
      "UNKNOWN R",
    ]);
  });
});

describe("a run of tests", () => {
  const statuses = ["PASS", "WARN", "FAIL", "ERROR", "SKIPPED"] as const;
  const requirements = ["required", "expected", "optional"] as const;
  const every: readonly TestResult[] = statuses.flatMap((status) =>
    requirements.map((requirement) => testResult("t", { status, requirement })),
  );

  test.each(every.map((result) => [result.status, result.requirement, result] as const))(
    "blocks on %s (%s) as published",
    (status, requirement, result) => {
      const expected =
        status === "FAIL" ||
        (status === "ERROR" && requirement !== "optional") ||
        (status === "SKIPPED" && requirement === "required");
      expect(blocks(result)).toBe(expected);
      expect(overallStatus([testResult("good"), result])).toBe(expected ? "FAIL" : overallWithout(result));
    },
  );

  /** Beside a test that passes, what does not block leaves a doubt or does not. */
  function overallWithout({ status, requirement }: TestResult): TestStatus {
    if (status === "PASS") return "PASS";
    return status === "SKIPPED" && requirement === "optional" ? "PASS" : "WARN";
  }

  test("is never passed when nothing was checked", () => {
    expect(overallStatus([])).toBe("WARN");
    for (const first of every) {
      for (const second of every) {
        const nothing = [first, second].every(({ status }) => status === "SKIPPED" || status === "ERROR");
        if (nothing) expect(overallStatus([first, second]), JSON.stringify([first, second])).not.toBe("PASS");
      }
    }
  });

  test("fails as soon as one blocks, wherever it stands among all combinations of three", () => {
    for (const a of every) {
      for (const b of every) {
        for (const c of every) {
          const tests = [a, b, c];
          expect(overallStatus(tests) === "FAIL").toBe(tests.some(blocks));
          expect(overallStatus(tests)).toBe(overallStatus([c, a, b]));
        }
      }
    }
  });
});
