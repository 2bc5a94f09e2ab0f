import { matchesPattern } from "../core/address-pattern.ts";
import type { Baseline, BaselineEntry } from "../core/baseline.ts";
import { counts, type Finding } from "../core/finding.ts";
import { findingIdentity } from "../core/finding-identity.ts";
import type { Waiver } from "../core/policy.ts";
import type { ReportedBaseline, ReportedWaiver, ReportedWaivers } from "../core/report.ts";

export interface AcceptanceRules {
  readonly waivers: readonly Waiver[];
  /** Absent: there is no baseline. */
  readonly baseline?: Baseline;
  /** ISO 8601 date of today, UTC. */
  readonly today: string;
  /** The Terraform root relative to the project: a part of a finding's identity. */
  readonly root: string;
  /** In a protected environment, a waiver without an end holds for nothing. */
  readonly needsExpiry: boolean;
  /** Everything that is found becomes the baseline. */
  readonly adopt: boolean;
}

/** How the findings of one run are taken: what is waived, what was there before. Asked as often as there are tests. */
export interface Acceptance {
  /** The findings in the same order, each with its identity, and marked where it does not count. */
  readonly accept: (findings: readonly Finding[]) => readonly Finding[];
  /** What became of the waivers and the baseline, over the findings of a whole report. */
  readonly review: (findings: readonly Finding[], seen: Completeness) => AcceptanceReview;
  /** The baseline that this run makes; `findings` are those of its report. */
  readonly baseline: (findings: readonly Finding[], seen: Completeness) => Baseline;
}

interface Completeness {
  /** Every test ran: what was not found is not there. */
  readonly complete: boolean;
  /** Whether this is the phase that waivers are looked for in. */
  readonly looksForAll: boolean;
}

export interface AcceptanceReview {
  readonly waivers?: ReportedWaivers;
  readonly baseline?: ReportedBaseline;
}

export function createAcceptance(rules: AcceptanceRules): Acceptance {
  const live = byRule(rules.waivers.filter((waiver) => stateOf(waiver, rules) === "holds"));
  const asked: Finding[] = [];
  return {
    accept: (findings) => {
      const left = new Map(rules.baseline?.map((entry) => [entry.id, entry.count ?? 1]));
      const accepted = findings.map((finding) => {
        const id = findingIdentity(finding, rules.root);
        const waiver = live.get(finding.rule)?.find((candidate) => covers(candidate, finding));
        const remaining = left.get(id) ?? 0;
        left.set(id, remaining - 1);
        return {
          ...finding,
          id,
          ...(waiver === undefined ? {} : { waived: markOf(waiver) }),
          ...(remaining > 0 || (rules.adopt && waiver === undefined) ? { known: true as const } : {}),
        };
      });
      asked.push(...accepted);
      return accepted;
    },
    review: (findings, seen) => ({
      ...(rules.waivers.length === 0 ? {} : { waivers: reviewWaivers(rules, findings, seen) }),
      ...(rules.baseline === undefined && !rules.adopt
        ? {}
        : { baseline: reviewBaseline(rules, { asked, findings }, seen) }),
    }),
    baseline: (findings, seen) => baselineOf(rules, { asked, findings }, seen),
  };
}

interface Told {
  /** As each test found them. */
  readonly asked: readonly Finding[];
  /** As the report lists them, merged. */
  readonly findings: readonly Finding[];
}

/** What was not seen because a test did not run is kept. */
function baselineOf({ baseline = [] }: AcceptanceRules, told: Told, { complete }: Completeness): Baseline {
  const entries = new Map<string, BaselineEntry>();
  // A waiver has an end, and what it covers must count again then: also what other rules say of it.
  const waived = new Set(told.findings.filter((finding) => finding.waived !== undefined).flatMap(namesOf));
  for (const finding of told.asked) {
    if (finding.id === undefined || finding.waived !== undefined || waived.has(nameOf(finding))) continue;
    const before = entries.get(finding.id);
    const count = (before?.count ?? (before ? 1 : 0)) + 1;
    entries.set(finding.id, { ...entryOf(finding, finding.id), ...(count === 1 ? {} : { count }) });
  }
  const unseen = complete ? [] : baseline.filter((entry) => !entries.has(entry.id));
  return [...entries.values(), ...unseen].sort(byPlace);
}

function entryOf({ rule, address, at }: Finding, id: string): BaselineEntry {
  return {
    id,
    rule,
    ...(address === undefined ? {} : { address }),
    ...(at === undefined ? {} : { file: at.file }),
  };
}

function nameOf({ rule, address = "" }: Finding): string {
  return `${rule} ${address}`;
}

function namesOf(finding: Finding): readonly string[] {
  return [finding.rule, ...(finding.also ?? [])].map((rule) => nameOf({ ...finding, rule }));
}

function byPlace(a: BaselineEntry, b: BaselineEntry): number {
  const keyOf = ({ address = "", rule, file = "", id }: BaselineEntry): string =>
    [address, rule, file, id].join("\0");
  return keyOf(a) < keyOf(b) ? -1 : 1;
}

type WaiverState = "holds" | "expired" | "endless";

function stateOf({ expires }: Waiver, { today, needsExpiry }: AcceptanceRules): WaiverState {
  if (expires === undefined) return needsExpiry ? "endless" : "holds";
  // Its last day is a day that it holds; dates of this form sort as text.
  return expires < today ? "expired" : "holds";
}

function byRule(waivers: readonly Waiver[]): ReadonlyMap<string, readonly Waiver[]> {
  const rules = new Map<string, Waiver[]>();
  for (const waiver of waivers) rules.set(waiver.rule, [...(rules.get(waiver.rule) ?? []), waiver]);
  return rules;
}

function covers(waiver: Waiver, finding: Finding): boolean {
  return waiver.address === undefined || matchesPattern(waiver.address, finding.address ?? "");
}

function markOf({ reason, owner, expires }: Waiver): NonNullable<Finding["waived"]> {
  return { reason, by: owner, ...(expires === undefined ? {} : { until: expires }) };
}

function reviewWaivers(
  rules: AcceptanceRules,
  findings: readonly Finding[],
  { complete, looksForAll }: Completeness,
): ReportedWaivers {
  const reviewed = rules.waivers.map((waiver) => ({
    state: stateOf(waiver, rules),
    waiver: reported(
      waiver,
      findings.filter((finding) => concerns(waiver, finding)),
    ),
  }));
  const inState = (state: WaiverState): readonly ReportedWaiver[] =>
    reviewed.filter((entry) => entry.state === state).map((entry) => entry.waiver);
  const holding = inState("holds");
  return {
    applied: holding.filter((waiver) => waiver.findings > 0),
    expired: inState("expired"),
    unmatched: complete && looksForAll ? holding.filter((waiver) => waiver.findings === 0) : [],
    without_expiry: inState("endless"),
  };
}

function concerns(waiver: Waiver, finding: Finding): boolean {
  return [finding.rule, ...(finding.also ?? [])].includes(waiver.rule) && covers(waiver, finding);
}

function reported(
  { rule, address, reason, owner, expires, source }: Waiver,
  findings: readonly Finding[],
): ReportedWaiver {
  return {
    rule,
    ...(address === undefined ? {} : { address }),
    reason,
    owner,
    ...(expires === undefined ? {} : { expires }),
    source,
    findings: findings.length,
  };
}

function reviewBaseline(
  { baseline = [], adopt }: AcceptanceRules,
  { asked, findings }: Told,
  { complete, looksForAll }: Completeness,
): ReportedBaseline {
  const known = findings.filter((finding) => finding.known === true && finding.waived === undefined).length;
  const fresh = findings.filter((finding) => finding.id !== undefined && counts(finding)).length;
  const seen = new Set(asked.map((finding) => finding.id));
  const gone = complete && looksForAll && !adopt ? baseline.filter((entry) => !seen.has(entry.id)) : [];
  return { known, new: fresh, fixed: gone.length, gone };
}
