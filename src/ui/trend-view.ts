import type { TestPhase, TestStatus } from "../core/result.ts";
import { safeLine } from "../core/safe-text.ts";
import { costSeries, severitiesSeen, severitySeries, type Trend, type TrendPoint } from "../core/trend.ts";
import { paintOfStatus, statusMarks } from "./marks.ts";
import type { Style } from "./style.ts";
import { padEnd, padStart } from "./width.ts";

interface TrendLook {
  readonly width: number;
  readonly style: Style;
  /** `orders test` */
  readonly subject: string;
  /** What makes a report, for where there is none. */
  readonly command: string;
}

const labelWidth = 12;
const nameWidth = 16;
const numberWidth = 9;
/** More columns than this say nothing more. */
const mostColumns = 60;
const fewestColumns = 8;

/** How an environment has been doing, as lines of a terminal: results, findings and cost, newest on the right. */
export function renderTrendChart(trend: Trend, look: TrendLook): string[] {
  const { points } = trend;
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined)
    return [`${safeLine(look.subject)} · no reports yet`, `  make one: ${look.command}`];
  const span = `${day(first)} to ${day(last)}`;
  const count = `${points.length} report${points.length === 1 ? "" : "s"}`;
  return [
    `${look.style.strong(safeLine(look.subject))} · ${count} · ${span}`,
    "",
    ...resultLines(trend, look),
    ...trend.phases.flatMap(({ phase }) =>
      findingLines(
        phase,
        points.filter((point) => point.phase === phase),
        look,
      ),
    ),
    ...costLines(points, look),
  ];
}

function resultLines({ phases, points }: Trend, look: TrendLook): string[] {
  return phases.flatMap(({ phase, pass_rate, reports, by_status }, index) => {
    const marks = points
      .filter((point) => point.phase === phase)
      .slice(-columns(look))
      .map(({ status }) => paintOfStatus(status, look.style)(statusMarks[status]));
    const rate = padStart(`${pass_rate ?? 0} %`, numberWidth);
    const statuses: readonly TestStatus[] = ["PASS", "WARN", "FAIL", "ERROR", "SKIPPED"];
    const words = statuses
      .filter((status) => by_status[status] !== undefined)
      .map((status) => `${by_status[status]} ${status}`);
    return [
      row([index === 0 ? "pass rate" : "", phase, rate, marks.join("")], look),
      row(["", "", "", look.style.dim(`${words.join(", ")} of ${reports}`)], look),
    ];
  });
}

/** What each phase finds is another thing: one curve for both would jump up and down. */
function findingLines(phase: TestPhase, points: readonly TrendPoint[], look: TrendLook): string[] {
  const isBefore = phase === "pre-deployment";
  const label = isBefore ? "findings" : "afterwards";
  const seen = severitiesSeen(points);
  const counted = points.filter(({ by_severity }) => by_severity !== undefined).length;
  if (counted === 0) return [];
  if (seen.length === 0 && !isBefore) return [];
  if (seen.length === 0) return ["", row([label, "none", padStart("0", numberWidth), ""], look)];
  const rows = seen.map((severity, index) => {
    const series = severitySeries(points, severity);
    const now = padStart(String(series.at(-1) ?? 0), numberWidth);
    const isBad = severity === "CRITICAL" || severity === "HIGH";
    const paint = isBad ? look.style.bad : look.style.warn;
    const chart = paint(sparkline(series.slice(-columns(look))));
    const range = look.style.dim(` at most ${Math.max(...series)}`);
    return row([index === 0 ? label : "", severity.toLowerCase(), now, chart + range], look);
  });
  return ["", ...rows];
}

function costLines(points: readonly TrendPoint[], look: TrendLook): string[] {
  const series = costSeries(points).map(({ usd }) => usd);
  const last = series.at(-1);
  if (last === undefined) return [];
  const chart = look.style.accent(sparkline(series.slice(-columns(look))));
  const range = look.style.dim(` $${Math.min(...series).toFixed(2)} to $${Math.max(...series).toFixed(2)}`);
  return ["", row(["cost", "a month", padStart(`$${last.toFixed(2)}`, numberWidth), chart + range], look)];
}

function row([label, name, value, rest]: readonly [string, string, string, string], look: TrendLook): string {
  const head = `${look.style.dim(padEnd(label, labelWidth))}${padEnd(name, nameWidth)}`;
  return `  ${head}${padEnd(value, numberWidth)}  ${rest}`.trimEnd();
}

/** Room for the picture, with the words that follow it. */
function columns(look: TrendLook): number {
  const room = look.width - 2 - labelWidth - nameWidth - numberWidth - 2 - 24;
  return Math.max(fewestColumns, Math.min(mostColumns, room));
}

/** Block characters from nothing to the largest value. */
function sparkline(series: readonly number[]): string {
  const most = Math.max(...series, 0);
  return series
    .map((value) => {
      const share = most <= 0 ? 0 : Math.max(0, value) / most;
      return blocks[Math.min(blocks.length - 1, Math.ceil(share * (blocks.length - 1)))] ?? "▁";
    })
    .join("");
}

const blocks = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

function day({ timestamp }: TrendPoint): string {
  return safeLine(timestamp.slice(0, 10));
}
