import { matchesPattern } from "../core/address-pattern.ts";
import { FaberError } from "../core/error.ts";
import { usualApprovalHours, type ApprovalGuards } from "../core/environment.ts";
import type { JsonValue } from "../core/json.ts";
import type { Policy } from "../core/policy.ts";
import type { BasePolicyFile } from "./base-policy-schema.ts";
import type { BasePolicy } from "./base-policy.ts";
import type { Guarded, ResolvedGate } from "./guards.ts";
import type { LoadedConfig } from "./load.ts";
import { describeOrigin, type Setting, type Sourced } from "./origin.ts";
import type { Path } from "./problem.ts";

/** Protected by a base policy, whatever the settings say; throws where faber.yaml says the opposite in so many words. */
export function protectedByBase(
  own: Sourced<boolean>,
  { name, entry, config }: Guarded,
  bases: readonly BasePolicy[],
): Sourced<boolean> {
  if (own.value) return own;
  for (const base of bases) {
    const index = (base.value.protected ?? []).findIndex((pattern) => matchesPattern(pattern, name));
    if (index < 0) continue;
    const at = base.at(["protected", index]);
    if (entry.protected === false && config !== undefined)
      throw config.invalid(
        ["environments", name, "protected"],
        `cannot be false: ${name} is protected by policy ${at}`,
      );
    return { value: true, origin: { kind: "policy", at } };
  }
  return own;
}

/** The lower of faber.yaml's limits and the policies'. */
export function tightenGate(gate: ResolvedGate, bases: readonly BasePolicy[]): ResolvedGate {
  return {
    maxCritical: lowest(gate.maxCritical, bases, ["gate", "max_critical"], (file) => file.gate?.max_critical),
    maxHigh: lowest(gate.maxHigh, bases, ["gate", "max_high"], (file) => file.gate?.max_high),
  };
}

const careful = ["never", "ask", "auto"] as const;
type FixMode = (typeof careful)[number];

/** The more careful mode; an option or variable that asks for more is refused. */
export function tightenFix(fix: Sourced<FixMode>, bases: readonly BasePolicy[]): Sourced<FixMode> {
  let tightened = fix;
  for (const base of bases) {
    const most = base.value.fix;
    if (most === undefined || careful.indexOf(tightened.value) <= careful.indexOf(most)) continue;
    const at = base.at(["fix"]);
    if (fix.origin.kind === "flag" || fix.origin.kind === "variable")
      throw new FaberError({
        code: "guard-cannot-be-weakened",
        exit: "wrong-usage",
        message: `${describeOrigin(fix.origin)} is ${fix.value}, but policy ${at} allows ${most} at most`,
        hints: ["leave it out: flags and variables can make an environment stricter, never less strict"],
      });
    tightened = { value: most, origin: { kind: "policy", at } };
  }
  return tightened;
}

/** What is asked of the infrastructure, with what the policies add; what the repository excuses itself from may go. */
export function tightenPolicy(policy: Policy, bases: readonly BasePolicy[]): Policy {
  let tightened = policy;
  for (const { value } of bases) {
    const { baselineFile: _baseline, ...rest } = tightened;
    const kept = value.waivers === false ? { ...rest, waivers: [], practices: { severity: {} } } : tightened;
    tightened = {
      ...kept,
      tags: tightenTags(tightened, value),
      deletions: tightenDeletions(tightened, value),
    };
  }
  return tightened;
}

function tightenTags({ tags }: Policy, { tags: base }: BasePolicyFile): Policy["tags"] {
  if (base === undefined) return tags;
  const values = Object.entries(base.values ?? {}).map(([tag, { allowed, pattern }]) => {
    const own = tags.values[tag]?.allowed;
    const both =
      own === undefined || allowed === undefined ? undefined : own.filter((one) => allowed.includes(one));
    const narrowed = both ?? allowed ?? own;
    const shape = bothPatterns(pattern, tags.values[tag]?.pattern);
    return [
      tag,
      {
        ...(narrowed === undefined ? {} : { allowed: narrowed }),
        ...(shape === undefined ? {} : { pattern: shape }),
      },
    ] as const;
  });
  return {
    required: [...new Set([...tags.required, ...(base.required ?? [])])],
    values: { ...tags.values, ...Object.fromEntries(values) },
    strict: tags.strict || base.strict === true,
    // An exception that the repository makes for itself is none from a policy above it.
    ignore: [],
  };
}

/** One that a value matches whole only if it matches both whole. */
function bothPatterns(base: string | undefined, own: string | undefined): string | undefined {
  return base === undefined || own === undefined ? (base ?? own) : `(?=(?:${base})$)(?:${own})`;
}

function tightenDeletions({ deletions }: Policy, { deletions: base }: BasePolicyFile): Policy["deletions"] {
  const limits = [deletions.max, base?.max].filter((max) => max !== undefined);
  return {
    ...(limits.length === 0 ? {} : { max: Math.min(...limits) }),
    protectedTypes: [...new Set([...deletions.protectedTypes, ...(base?.protected_types ?? [])])],
  };
}

/** What counts as an approval, and what may be left out. faber.yaml can shorten the time, a policy can also lengthen it. */
export function approvalGuards(
  config: Pick<LoadedConfig, "value"> | undefined,
  bases: readonly BasePolicy[],
): ApprovalGuards {
  const ownHours = config?.value.approvals?.max_age_hours;
  const hours = bases.flatMap(({ value }) => value.approvals?.max_age_hours ?? []);
  const most = hours.length === 0 ? usualApprovalHours : Math.min(...hours);
  return {
    maxAgeHours: Math.min(most, ownHours ?? most),
    yes: bases.every(({ value }) => value.approvals?.yes !== false),
    skipTests: bases.every(({ value }) => value.skip_tests !== false),
    waivers: bases.every(({ value }) => value.waivers !== false),
    neverSkipped: [...new Set(bases.flatMap(({ value }) => value.required_tests ?? []))],
  };
}

/** Tests that a policy asks for are required, and optional no more. */
export function tightenTests(
  tests: { readonly optional: readonly string[]; readonly required: readonly string[] },
  bases: readonly BasePolicy[],
): { readonly optional: readonly string[]; readonly required: readonly string[] } {
  const asked = bases.flatMap(({ value }) => value.required_tests ?? []);
  return {
    optional: tests.optional.filter((name) => !asked.some((test) => test === name)),
    required: [...new Set([...tests.required, ...asked])],
  };
}

/** Rows of `faber config show` for what a policy says and no setting of faber.yaml shows. */
export function policySettings(bases: readonly BasePolicy[]): readonly Setting[] {
  return bases.flatMap((base) =>
    (Object.entries(base.value) as readonly (readonly [string, JsonValue | undefined])[]).flatMap(
      ([key, value]) =>
        value === undefined
          ? []
          : [{ key: `policy.${key}`, value, origin: { kind: "policy" as const, at: base.at([key]) } }],
    ),
  );
}

function lowest(
  own: Sourced<number>,
  bases: readonly BasePolicy[],
  path: Path,
  limitIn: (file: BasePolicyFile) => number | undefined,
): Sourced<number> {
  let least = own;
  for (const base of bases) {
    const limit = limitIn(base.value);
    if (limit !== undefined && limit < least.value)
      least = { value: limit, origin: { kind: "policy", at: base.at(path) } };
  }
  return least;
}
