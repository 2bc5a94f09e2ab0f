import { describe, expect, test } from "vitest";
import { countBySeverity, worstFirst, type Finding, type Severity } from "../../../../src/core/finding.ts";
import { blocks, gate, overallStatus } from "../../../../src/core/gate.ts";
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

function byDefault(found: readonly Finding[]): TestStatus {
  return gate({ kind: "findings", findings: found, limits: { maxCritical: 0, maxHigh: 2 } });
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
      const status = gate({
        kind: "findings",
        findings: findings({ CRITICAL, HIGH, MEDIUM, LOW: 7, UNKNOWN: 7 }),
        limits: { maxCritical, maxHigh },
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
    expect(byDefault(findings(counts))).toBe(status);
  });

  test("does not count what is waived or of the baseline", () => {
    const waived = finding("CRITICAL", { waived: { reason: "known", by: "ada" } });
    expect(byDefault([waived])).toBe("PASS");
    expect(byDefault([finding("CRITICAL", { known: true })])).toBe("PASS");
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

describe("tags and names", () => {
  test.each<[readonly Finding[], boolean, TestStatus]>([
    [[], true, "PASS"],
    [[], false, "PASS"],
    [[finding("LOW")], false, "WARN"],
    [[finding("LOW")], true, "FAIL"],
    [[finding("MEDIUM"), finding("MEDIUM")], true, "FAIL"],
    [[finding("MEDIUM", { waived: { reason: "old", by: "ada" } })], true, "PASS"],
  ])("%# are judged by how strict the environment is", (found, strict, status) => {
    expect(gate({ kind: "conformance", findings: found, strict })).toBe(status);
  });
});

describe("cost", () => {
  type Cost = Omit<Extract<Parameters<typeof gate>[0], { readonly kind: "cost" }>, "kind">;
  const nothing: Cost = { monthly: 0, increase: 0, budget: {}, unknown: 0, onUnknown: "ignore" };

  test.each<[Partial<Cost>, TestStatus]>([
    [{ monthly: 1e9 }, "PASS"],
    [{ monthly: 80, budget: { monthlyUsd: 100 } }, "PASS"],
    [{ monthly: 80.01, budget: { monthlyUsd: 100 } }, "WARN"],
    [{ monthly: 100, budget: { monthlyUsd: 100 } }, "WARN"],
    [{ monthly: 100.01, budget: { monthlyUsd: 100 } }, "FAIL"],
    [{ monthly: 1, increase: 51, budget: { monthlyUsd: 100, increaseUsd: 50 } }, "FAIL"],
    [{ monthly: 1, increase: 41, budget: { increaseUsd: 50 } }, "WARN"],
    [{ monthly: 1, increase: -60, budget: { increaseUsd: 50 } }, "PASS"],
    [{ monthly: 0, budget: { monthlyUsd: 0 } }, "PASS"],
    [{ monthly: 0.01, budget: { monthlyUsd: 0 } }, "FAIL"],
    [{ unknown: 1 }, "PASS"],
    [{ unknown: 1, onUnknown: "warn" }, "WARN"],
    [{ unknown: 1, onUnknown: "fail" }, "FAIL"],
    [{ unknown: 0, onUnknown: "fail" }, "PASS"],
    [{ unknown: 1, onUnknown: "warn", monthly: 101, budget: { monthlyUsd: 100 } }, "FAIL"],
  ])("%j is %s", (cost, status) => {
    expect(gate({ kind: "cost", ...nothing, ...cost })).toBe(status);
  });
});
