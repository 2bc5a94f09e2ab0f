import { severities, type Severity } from "./finding.ts";
import type { HistoryEntry } from "./report.ts";
import type { TestPhase, TestStatus } from "./result.ts";

/** What the reports of one phase came to, over time. */
export interface PhaseTrend {
  readonly phase: TestPhase;
  readonly reports: number;
  readonly by_status: Readonly<Partial<Record<TestStatus, number>>>;
  /** Share of PASS in percent, one decimal; null without reports. */
  readonly pass_rate: number | null;
}

/** One report as a point of the curves. */
export interface TrendPoint {
  readonly timestamp: string;
  readonly phase: TestPhase;
  readonly status: TestStatus;
  readonly run_id: string;
  /** Absent where the report is older than the counting. */
  readonly by_severity?: Readonly<Record<Severity, number>>;
  readonly monthly_cost_usd?: string;
}

/** How an environment has been doing. */
export interface Trend {
  readonly phases: readonly PhaseTrend[];
  /** Oldest first. */
  readonly points: readonly TrendPoint[];
}

export function trendOf(entries: readonly HistoryEntry[]): Trend {
  const phases = (["pre-deployment", "post-deployment"] as const).flatMap((phase) => {
    const own = entries.filter((entry) => entry.phase === phase);
    return own.length === 0 ? [] : [phaseTrend(phase, own)];
  });
  return { phases, points: entries.map(pointOf) };
}

/** The numbers of one severity, for the points that have them. */
export function severitySeries(points: readonly TrendPoint[], severity: Severity): readonly number[] {
  return points.flatMap((point) => (point.by_severity === undefined ? [] : [point.by_severity[severity]]));
}

/** Severities that were found at least once. */
export function severitiesSeen(points: readonly TrendPoint[]): readonly Severity[] {
  return severities.filter((severity) => severitySeries(points, severity).some((count) => count > 0));
}

/** US dollars a month, for the points that have an estimate. */
export function costSeries(
  points: readonly TrendPoint[],
): readonly { readonly timestamp: string; readonly usd: number }[] {
  return points.flatMap(({ timestamp, monthly_cost_usd }) => {
    const usd = Number(monthly_cost_usd);
    return monthly_cost_usd === undefined || !Number.isFinite(usd) ? [] : [{ timestamp, usd }];
  });
}

function phaseTrend(phase: TestPhase, entries: readonly HistoryEntry[]): PhaseTrend {
  const by_status: Partial<Record<TestStatus, number>> = {};
  for (const { overall_status } of entries) by_status[overall_status] = (by_status[overall_status] ?? 0) + 1;
  const passed = by_status.PASS ?? 0;
  const pass_rate = entries.length === 0 ? null : Math.round((passed / entries.length) * 1000) / 10;
  return { phase, reports: entries.length, by_status, pass_rate };
}

function pointOf(entry: HistoryEntry): TrendPoint {
  const { timestamp, phase, overall_status, run_id, by_severity, monthly_cost_usd } = entry;
  return {
    timestamp,
    phase,
    status: overall_status,
    run_id,
    ...(by_severity === undefined ? {} : { by_severity }),
    ...(monthly_cost_usd === undefined ? {} : { monthly_cost_usd }),
  };
}
