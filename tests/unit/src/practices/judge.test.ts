import { describe, expect, test } from "vitest";
import { judgePractices } from "../../../../src/practices/judge.ts";
import { viewPlan } from "../../../../src/practices/plan/plan-view.ts";
import type { Look, Rule } from "../../../../src/practices/rule.ts";
import { practiceRules } from "../../../../src/practices/rules/index.ts";
import { planDocument } from "../../../helpers/plan-document.ts";

const look: Look = {
  plan: viewPlan(planDocument({})),
  today: "2026-11-21",
  deletions: { protectedTypes: [] },
};
const rule: Rule = {
  id: "a-rule",
  theme: "changes",
  title: "Something",
  why: "It hurts.",
  fix: "Mend it.",
  source: "https://example.com/",
  severity: { standard: "off", protected: "HIGH" },
  check: () => [
    { address: "a.b", message: "is wrong" },
    { address: "a.b", message: "is wrong again" },
    { address: "a.c", message: "is less wrong", severity: "LOW" },
  ],
};
const judge = (isProtected: boolean, severity: Readonly<Record<string, "off" | "MEDIUM">> = {}) =>
  judgePractices(look, { rules: [rule], practices: { severity }, protected: isProtected });

describe("judging a plan by rules", () => {
  test("a place is told once, with what to do, why, and who says so", () => {
    expect(judge(true).findings).toEqual([
      {
        rule: "a-rule",
        severity: "HIGH",
        message: "Something: is wrong",
        address: "a.b",
        remedy: "Mend it. Why: It hurts. https://example.com/",
        scanners: ["faber"],
      },
      expect.objectContaining({ address: "a.c", severity: "LOW" }),
    ]);
  });
  test("a rule that is off here is not applied", () => {
    expect(judge(false)).toEqual({ findings: [], applied: 0 });
    expect(judge(true, { "a-rule": "off" })).toEqual({ findings: [], applied: 0 });
  });
  test("what faber.yaml says of a rule holds for every place, in every environment", () => {
    expect(judge(false, { "a-rule": "MEDIUM" }).findings.map(({ severity }) => severity)).toEqual([
      "MEDIUM",
      "MEDIUM",
    ]);
  });
});

describe("the rule set", () => {
  test("has names of its own, in kebab-case", () => {
    const ids = practiceRules.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !/^[a-z0-9]+(?:-[a-z0-9]+)+$/.test(id) && id !== "provisioner")).toEqual([]);
  });
  test("says for every rule why, how to mend it, and who says so", () => {
    expect(practiceRules.length).toBeGreaterThanOrEqual(45);
    for (const { id, title, why, fix, source } of practiceRules) {
      expect([id, title.endsWith("."), why.endsWith("."), fix.endsWith(".")]).toEqual([
        id,
        false,
        true,
        true,
      ]);
      expect(source).toMatch(
        /^https:\/\/(?:docs\.aws\.amazon\.com|developer\.hashicorp\.com|registry\.terraform\.io)\//,
      );
    }
  });
  test("is silent about a plan without anything", () => {
    const found = judgePractices(look, {
      rules: practiceRules,
      practices: { severity: {} },
      protected: true,
    });
    expect(found.findings).toEqual([]);
  });
});
