import { describe, expect, test } from "vitest";
import { createAcceptance, type AcceptanceRules } from "../../../../src/checks/acceptance.ts";
import { counts, type Finding } from "../../../../src/core/finding.ts";
import type { Waiver } from "../../../../src/core/policy.ts";
import { createRandom } from "../../../helpers/random.ts";

const rules: AcceptanceRules = {
  waivers: [],
  today: "2026-11-21",
  root: "infra",
  needsExpiry: false,
  adopt: false,
};
const all = { complete: true, looksForAll: true };

function found(rule: string, address: string, more: Partial<Finding> = {}): Finding {
  return { rule, severity: "HIGH", message: "m", address, at: { file: "main.tf" }, scanners: ["s"], ...more };
}

function waiver(rule: string, more: Partial<Waiver> = {}): Waiver {
  return { rule, reason: "why", owner: "ada", source: "waivers.yaml:2:3", expires: "2026-12-31", ...more };
}

describe("waivers", () => {
  test("rule and address decide; what is waived says by whom, why and until when", () => {
    const { accept } = createAcceptance({ ...rules, waivers: [waiver("A", { address: "module.*.b" })] });
    const accepted = accept([found("A", "module.x.b"), found("A", "c"), found("B", "module.x.b")]);
    expect(accepted.map((finding) => finding.waived)).toEqual([
      { reason: "why", by: "ada", until: "2026-12-31" },
      undefined,
      undefined,
    ]);
    expect(new Set(accepted.map((finding) => finding.id)).size).toBe(3);
  });

  test.each([
    ["2026-11-21", true],
    ["2026-11-20", false],
    [undefined, true],
  ] as const)("one until %s holds today: %s", (expires, holds) => {
    const { expires: _, ...endless } = waiver("A");
    const waivers = [expires === undefined ? endless : { ...endless, expires }];
    const acceptance = createAcceptance({ ...rules, waivers });
    const findings = acceptance.accept([found("A", "a")]);
    expect(findings.every(counts)).toBe(!holds);
    const { waivers: reviewed } = acceptance.review(findings, all);
    expect([reviewed?.applied.length, reviewed?.expired.length]).toEqual(holds ? [1, 0] : [0, 1]);
  });

  test("in a protected environment, one without an end holds for nothing and is told", () => {
    const { expires: _, ...endless } = waiver("A");
    const acceptance = createAcceptance({ ...rules, waivers: [endless], needsExpiry: true });
    const findings = acceptance.accept([found("A", "a")]);
    expect(findings.every(counts)).toBe(true);
    expect(acceptance.review(findings, all).waivers?.without_expiry).toHaveLength(1);
  });

  test("an unmatched one is told where every test ran, and nowhere else", () => {
    const acceptance = createAcceptance({ ...rules, waivers: [waiver("A"), waiver("B")] });
    const findings = acceptance.accept([found("B", "b")]);
    const unmatched = (seen: typeof all) =>
      acceptance.review(findings, seen).waivers?.unmatched.map((entry) => entry.rule);
    expect(unmatched(all)).toEqual(["A"]);
    expect(unmatched({ ...all, complete: false })).toEqual([]);
    expect(unmatched({ ...all, looksForAll: false })).toEqual([]);
  });

  test("a waiver for a rule that was merged into another's finding is no unmatched one", () => {
    const acceptance = createAcceptance({ ...rules, waivers: [waiver("tfsec-rule")] });
    const merged = found("CKV", "a", { also: ["tfsec-rule"], waived: { reason: "why", by: "ada" } });
    expect(acceptance.review([merged], all).waivers).toMatchObject({
      applied: [{ rule: "tfsec-rule", findings: 1 }],
      unmatched: [],
    });
  });

  test("without waivers and baseline there is nothing to tell", () => {
    expect(createAcceptance(rules).review([], all)).toEqual({});
  });
});

describe("baseline", () => {
  const adopted = (findings: readonly Finding[], more: Partial<AcceptanceRules> = {}) => {
    const acceptance = createAcceptance({ ...rules, ...more, adopt: true });
    return acceptance.baseline(acceptance.accept(findings), all);
  };

  test("what was there is known, what is new counts, what is gone is told", () => {
    const baseline = adopted([found("A", "a"), found("B", "b")]);
    expect(baseline.map(({ rule, address, file }) => [rule, address, file])).toEqual([
      ["A", "a", "main.tf"],
      ["B", "b", "main.tf"],
    ]);
    const acceptance = createAcceptance({ ...rules, baseline });
    const findings = acceptance.accept([found("A", "a", { message: "said otherwise" }), found("A", "c")]);
    expect(findings.map(counts)).toEqual([false, true]);
    expect(acceptance.review(findings, all).baseline).toMatchObject({
      known: 1,
      new: 1,
      fixed: 1,
      gone: [{ rule: "B", address: "b" }],
    });
    expect(acceptance.review(findings, { ...all, complete: false }).baseline?.fixed).toBe(0);
  });

  test("the same rule in another file, another root or another module is new", () => {
    const baseline = adopted([found("A", "a")]);
    const { accept } = createAcceptance({ ...rules, baseline });
    const others = [
      found("A", "a", { at: { file: "b.tf" } }),
      found("A", "module.m.a"),
      found("A", 'a["x"]'),
    ];
    expect(accept(others).every(counts)).toBe(true);
    const elsewhere = createAcceptance({ ...rules, root: "other", baseline });
    expect(elsewhere.accept([found("A", "a")]).every(counts)).toBe(true);
  });

  test("a second finding of the same identity is new", () => {
    const { accept } = createAcceptance({ ...rules, baseline: adopted([found("A", "a")]) });
    expect(accept([found("A", "a"), found("A", "a")]).map(counts)).toEqual([false, true]);
    const two = adopted([found("A", "a"), found("A", "a")]);
    expect(two).toMatchObject([{ count: 2 }]);
    const both = createAcceptance({ ...rules, baseline: two });
    expect(both.accept([found("A", "a"), found("A", "a")]).map(counts)).toEqual([false, false]);
  });

  test("what a waiver covers is not taken over: it counts again when the waiver ends", () => {
    const waivers = [waiver("A")];
    const acceptance = createAcceptance({ ...rules, waivers, adopt: true });
    const [first, ...rest] = acceptance.accept([found("A", "a"), found("also-a", "a"), found("B", "b")]);
    const merged = [{ ...found("A", "a"), ...first, also: ["also-a"] }, ...rest.slice(1)];
    expect(acceptance.baseline(merged, all).map((entry) => entry.rule)).toEqual(["B"]);
  });

  test("where a test did not run, what was known stays known", () => {
    const baseline = adopted([found("A", "a"), found("B", "b")]);
    const acceptance = createAcceptance({ ...rules, baseline, adopt: true });
    const findings = acceptance.accept([found("A", "a")]);
    expect(acceptance.baseline(findings, { ...all, complete: false })).toEqual(baseline);
    expect(acceptance.baseline(findings, all)).toHaveLength(1);
  });

  test("a new resource never hides behind an old one, whatever the two are called", () => {
    const { pick } = createRandom(7);
    const name = (): string =>
      `${pick(["", "module.m.", 'module.m["a"].', "module.m.module.n."])}${pick(["aws_a", "aws_b"])}.${pick(["x", "xx", "y"])}${pick(["", "[0]", "[1]", '["x"]'])}`;
    for (let round = 0; round < 300; round += 1) {
      const make = (): Finding =>
        found(pick(["R", "S"]), name(), { at: { file: pick(["main.tf", "m/main.tf"]) } });
      const old = Array.from({ length: 5 }, make);
      const now = Array.from({ length: 5 }, make);
      const { accept } = createAcceptance({ ...rules, baseline: adopted(old) });
      const same = (a: Finding) => (b: Finding) =>
        a.rule === b.rule && a.address === b.address && a.at?.file === b.at?.file;
      for (const finding of accept(now)) {
        if (!old.some(same(finding))) expect(counts(finding)).toBe(true);
      }
      for (const finding of now) {
        const known = accept(now).filter((each) => same(finding)(each) && !counts(each)).length;
        expect(known).toBeLessThanOrEqual(old.filter(same(finding)).length);
      }
    }
  });
});
