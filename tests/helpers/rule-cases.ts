import { describe, expect, test } from "vitest";
import type { ConfigurationFacts } from "../../src/core/configuration-facts.ts";
import type { DeletionPolicy } from "../../src/core/policy.ts";
import type { Severity } from "../../src/core/finding.ts";
import { viewPlan } from "../../src/practices/plan/plan-view.ts";
import type { Hit, Rule } from "../../src/practices/rule.ts";
import { planDocument, type PlannedPart, type PlanParts } from "./plan-document.ts";

export interface RuleCase extends PlanParts {
  readonly facts?: ConfigurationFacts;
  readonly deletions?: DeletionPolicy;
  /** Where the rule objects, when it objects to a resource. */
  readonly at?: string;
  readonly says?: RegExp;
  readonly severity?: Severity;
}

/** What makes a rule object, and the nearest thing that does not. */
export type RuleCases = Readonly<
  Record<string, { readonly objects: RuleCase | PlannedPart; readonly quiet: RuleCase | PlannedPart }>
>;

/** Tests every rule of a theme both ways; a rule without a case fails. */
export function testRules(rules: readonly Rule[], cases: RuleCases): void {
  test("every rule has a case, and every case a rule", () => {
    expect(Object.keys(cases).sort()).toEqual(rules.map(({ id }) => id).sort());
  });
  for (const rule of rules) {
    const both = cases[rule.id];
    if (both === undefined) continue;
    describe(rule.id, () => {
      test("objects", () => {
        const wanted = asCase(both.objects);
        const hits = hitsOf(rule, wanted);
        expect(hits).not.toEqual([]);
        if (wanted.at !== undefined) expect(hits.map(({ address }) => address)).toContain(wanted.at);
        if (wanted.says !== undefined)
          expect(hits.map(({ message }) => message).join("\n")).toMatch(wanted.says);
        if (wanted.severity !== undefined)
          expect(hits.map(({ severity }) => severity)).toContain(wanted.severity);
      });
      test("is quiet where nothing is wrong", () => {
        expect(hitsOf(rule, asCase(both.quiet))).toEqual([]);
      });
    });
  }
}

export function hitsOf(rule: Rule, { facts, deletions, ...parts }: RuleCase): readonly Hit[] {
  return rule.check({
    plan: viewPlan(planDocument(parts)),
    ...(facts === undefined ? {} : { facts }),
    today: "2026-11-21",
    deletions: deletions ?? { protectedTypes: [] },
  });
}

function asCase(either: RuleCase | PlannedPart): RuleCase {
  return "address" in either ? { resources: [either], at: either.address } : either;
}
