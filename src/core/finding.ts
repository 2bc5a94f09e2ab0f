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
  /** The scanner's own ID, e.g. `CKV_AWS_119`, `aws-sqs-enable-queue-encryption`. */
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly address?: string;
  readonly at?: Place;
  /** What to do about it: a sentence or a link. */
  readonly remedy?: string;
  readonly scanners: readonly string[];
  readonly waived?: { readonly reason: string; readonly by: string };
}

export type SeverityCounts = Readonly<Record<Severity, number>>;

/** Counts what is not waived. */
export function countBySeverity(findings: readonly Finding[]): SeverityCounts {
  const counts = { CRITICAL: 0, HIGH: 0, MEDIUM: 0, LOW: 0, UNKNOWN: 0 };
  for (const finding of findings) if (!finding.waived) counts[finding.severity] += 1;
  return counts;
}

export function worstFirst(a: Finding, b: Finding): number {
  return (
    severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
    a.rule.localeCompare(b.rule) ||
    (a.address ?? "").localeCompare(b.address ?? "")
  );
}
