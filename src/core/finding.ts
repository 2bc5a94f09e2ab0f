/** Worst first. `UNKNOWN` is honest: open-source Checkov gives no severity. */
export const severities = ["CRITICAL", "HIGH", "MEDIUM", "LOW", "UNKNOWN"] as const;
export type Severity = (typeof severities)[number];

/** A place in a source file; lines count from 1. */
export interface Place {
  readonly file: string;
  readonly line?: number;
  readonly endLine?: number;
  readonly column?: number;
}

/** One thing that a test found in the user's infrastructure. */
export interface Finding {
  /** The same for the same finding in every run: see finding-identity.ts. */
  readonly id?: string;
  /** The scanner's own ID, e.g. `CKV_AWS_119`, `aws-sqs-enable-queue-encryption`. */
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly address?: string;
  readonly at?: Place;
  /** What to do about it: a sentence or a link. */
  readonly remedy?: string;
  readonly scanners: readonly string[];
  /** Rules of the other scanners that saw the same. */
  readonly also?: readonly string[];
  /** Somebody decided to live with it; `until` is the last day, ISO 8601. */
  readonly waived?: { readonly reason: string; readonly by: string; readonly until?: string };
  /** It was there when the baseline was written. */
  readonly known?: true;
}

export type SeverityCounts = Readonly<Record<Severity, number>>;

/** Whether the gate looks at it: it is neither waived nor of the baseline. */
export function counts(finding: Finding): boolean {
  return finding.waived === undefined && finding.known === undefined;
}

/** Counts what the gate looks at. */
export function countBySeverity(findings: readonly Finding[]): SeverityCounts {
  const counted = { CRITICAL: 0, HIGH: 0, MEDIUM: 0, LOW: 0, UNKNOWN: 0 };
  for (const finding of findings) if (counts(finding)) counted[finding.severity] += 1;
  return counted;
}

export function worstFirst(a: Finding, b: Finding): number {
  return (
    severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
    a.rule.localeCompare(b.rule) ||
    (a.address ?? "").localeCompare(b.address ?? "")
  );
}
