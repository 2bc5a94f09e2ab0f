import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { basePolicySchema, type BasePolicyFile } from "../../../../src/config/base-policy-schema.ts";
import type { BasePolicy } from "../../../../src/config/base-policy.ts";
import {
  approvalGuards,
  tightenFix,
  tightenGate,
  tightenPolicy,
  tightenTests,
} from "../../../../src/config/tighten.ts";
import { policyOf } from "../../../../src/config/policy.ts";

function base(value: BasePolicyFile): BasePolicy {
  const place = (path: readonly (string | number)[]): string => `policy.yaml:${path.length}:1`;
  return { label: "policy.yaml", value, at: place, invalid: () => new Error("invalid") as never };
}
const hours = (max_age_hours: number) => ({ value: { environments: {}, approvals: { max_age_hours } } });
const sourced = <T>(value: T) => ({ value, origin: { kind: "file" as const, at: "faber.yaml:1:1" } });

const anyBase = fc
  .record(
    {
      gate: fc.record({ max_critical: fc.nat(5), max_high: fc.nat(5) }, { requiredKeys: [] }),
      fix: fc.constantFrom("ask" as const, "never" as const),
      deletions: fc.record(
        { max: fc.nat(9), protected_types: fc.array(fc.constantFrom("a", "b")) },
        { requiredKeys: [] },
      ),
      waivers: fc.constant(false as const),
      skip_tests: fc.constant(false as const),
      approvals: fc.record(
        { yes: fc.constant(false as const), max_age_hours: fc.integer({ min: 1, max: 168 }) },
        { requiredKeys: [] },
      ),
      required_tests: fc.array(fc.constantFrom("cost_estimation" as const, "tfsec_security" as const)),
    },
    { requiredKeys: [] },
  )
  .map((value) => base(basePolicySchema.parse(JSON.parse(JSON.stringify(value)))));

describe("base policies", () => {
  test("never make anything weaker, and more of them never less strict", () => {
    const modes = ["never", "ask", "auto"];
    fc.assert(
      fc.property(
        fc.array(anyBase, { maxLength: 3 }),
        anyBase,
        fc.nat(9),
        fc.constantFrom("ask", "auto", "never"),
        (bases, one, limit, fix) => {
          const gate = { maxCritical: sourced(limit), maxHigh: sourced(limit) };
          const few = tightenGate(gate, bases);
          const more = tightenGate(gate, [...bases, one]);
          expect(few.maxHigh.value).toBeLessThanOrEqual(limit);
          expect(more.maxHigh.value).toBeLessThanOrEqual(few.maxHigh.value);
          expect(more.maxCritical.value).toBeLessThanOrEqual(few.maxCritical.value);
          const mode = sourced(fix as "ask" | "auto" | "never");
          expect(modes.indexOf(tightenFix(mode, bases).value)).toBeLessThanOrEqual(modes.indexOf(fix));
          const tests = tightenTests({ optional: ["tfsec_security"], required: [] }, [...bases, one]);
          expect(tests.optional.filter((name) => tests.required.includes(name))).toEqual([]);
          const [before, after] = [
            approvalGuards(hours(4), bases),
            approvalGuards(hours(4), [...bases, one]),
          ];
          expect(before.maxAgeHours).toBeLessThanOrEqual(4);
          expect([
            after.yes && !before.yes,
            after.skipTests && !before.skipTests,
            after.waivers && !before.waivers,
          ]).toEqual([false, false, false]);
        },
      ),
      { numRuns: 500 },
    );
  });

  test("can lengthen an approval where faber.yaml cannot", () => {
    expect(approvalGuards(hours(100), []).maxAgeHours).toBe(24);
    expect(approvalGuards(undefined, [base({ approvals: { max_age_hours: 100 } })]).maxAgeHours).toBe(100);
    expect(
      approvalGuards(undefined, [
        base({ approvals: { max_age_hours: 100 } }),
        base({ approvals: { max_age_hours: 2 } }),
      ]).maxAgeHours,
    ).toBe(2);
  });

  test("add to tags and deletions, and take away what the repository excuses itself from", async () => {
    const own = await policyOf(undefined, {}, { folder: "/p", cwd: "/p" });
    const policy = {
      ...own,
      tags: { required: ["A"], values: { A: { allowed: ["x", "y"] } }, strict: false, ignore: ["*"] },
      deletions: { max: 10, protectedTypes: ["a"] },
      practices: { severity: { "open-door": "off" as const } },
      waivers: [{ rule: "r", reason: "s", owner: "o", source: "faber.yaml:1" }],
      baselineFile: "/p/baseline.json",
    };
    const tightened = tightenPolicy(policy, [
      base({
        waivers: false,
        deletions: { max: 3, protected_types: ["b"] },
        tags: { required: ["B"], values: { A: { allowed: ["y", "z"] } }, strict: true },
      }),
    ]);
    expect(tightened.tags).toEqual({
      required: ["A", "B"],
      values: { A: { allowed: ["y"] } },
      strict: true,
      ignore: [],
    });
    expect(tightened.deletions).toEqual({ max: 3, protectedTypes: ["a", "b"] });
    expect([tightened.waivers, tightened.practices.severity, tightened.baselineFile]).toEqual([
      [],
      {},
      undefined,
    ]);
    expect(tightenPolicy(policy, [])).toBe(policy);
  });

  test("hold the value of a tag to both patterns, the repository's as well as the policy's", async () => {
    const own = await policyOf(undefined, {}, { folder: "/p", cwd: "/p" });
    const policy = { ...own, tags: { ...own.tags, values: { Team: { pattern: "shop-[a-z-]+" } } } };
    const { tags } = tightenPolicy(policy, [base({ tags: { values: { Team: { pattern: ".+-eu|x" } } } })]);
    const whole = new RegExp(`^(?:${tags.values["Team"]?.pattern})$`, "u");
    const values = ["shop-orders-eu", "shop-orders-us", "bakery-orders-eu", "x"];
    expect(values.filter((value) => whole.test(value))).toEqual(["shop-orders-eu"]);
  });
});
