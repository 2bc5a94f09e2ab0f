import type { Finding, Severity } from "../core/finding.ts";
import type { PracticePolicy } from "../core/policy.ts";
import type { Hit, Look, Rule } from "./rule.ts";

export interface PracticeSetting {
  readonly rules: readonly Rule[];
  readonly practices: PracticePolicy;
  /** Whether the environment is protected. */
  readonly protected: boolean;
}

/** What the rules find in a plan, each place once for each rule. */
export function judgePractices(
  look: Look,
  setting: PracticeSetting,
): { readonly findings: readonly Finding[]; readonly applied: number } {
  const active = setting.rules.flatMap((rule) => {
    const severity = severityOf(rule, setting);
    return severity === "off" ? [] : [{ rule, severity }];
  });
  const findings = active.flatMap(({ rule, severity }) =>
    onePerPlace(rule.check(look)).map((hit) =>
      findingOf(rule, hit, severityOfHit(rule, severity, hit, setting)),
    ),
  );
  return { findings, applied: active.length };
}

function severityOf(rule: Rule, { practices, ...setting }: PracticeSetting): Severity | "off" {
  return (
    practices.severity[rule.id] ?? (setting.protected ? rule.severity.protected : rule.severity.standard)
  );
}

/** What a project says of a rule holds for all of it. */
function severityOfHit(rule: Rule, severity: Severity, hit: Hit, { practices }: PracticeSetting): Severity {
  return practices.severity[rule.id] === undefined ? (hit.severity ?? severity) : severity;
}

function onePerPlace(hits: readonly Hit[]): readonly Hit[] {
  const seen = new Set<string>();
  return hits.filter(({ address, message }) => {
    const key = address ?? message;
    return !seen.has(key) && seen.add(key);
  });
}

function findingOf(rule: Rule, hit: Hit, severity: Severity): Finding {
  return {
    rule: rule.id,
    severity,
    message: `${rule.title}: ${hit.message}`,
    ...(hit.address === undefined ? {} : { address: hit.address }),
    remedy: `${rule.fix} Why: ${rule.why} ${rule.source}`,
    scanners: ["faber"],
  };
}
