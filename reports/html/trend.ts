import { severities } from "../../src/core/finding.ts";
import type { TestPhase } from "../../src/core/result.ts";
import type { HistoryEntry } from "../../src/core/report.ts";
import {
  costSeries,
  severitiesSeen,
  trendOf,
  type PhaseTrend,
  type Trend,
  type TrendPoint,
} from "../../src/core/trend.ts";
import { formatDay, formatMoney, formatTime, plural } from "../words.ts";
import { markup, type Markup } from "./escape.ts";

/** Reports in the pictures; older ones are in the history. */
const shownPoints = 90;

/** How the environment has been doing: results, findings and cost over its past reports. */
export function trend(history: readonly HistoryEntry[]): Markup | undefined {
  if (history.length < 2) return undefined;
  const whole = trendOf(history);
  const points = whole.points.slice(-shownPoints);
  return markup`<section aria-labelledby="trend"><h2 id="trend">Trend</h2><div class="grid three">
${results(whole, points)}${findings("pre-deployment", points)}${costs(points)}${findings("post-deployment", points)}</div></section>
`;
}

function results({ phases }: Trend, points: readonly TrendPoint[]): Markup {
  const x = (index: number): string => ((index / points.length) * 100).toFixed(1);
  const breadth = ((100 / points.length) * 0.86).toFixed(2);
  const bars = points.map(
    ({ status, timestamp, phase }, index) =>
      markup`<rect class="${status}" x="${x(index)}" width="${breadth}" height="10"><title>${status} · ${phase} · ${formatTime(timestamp)}</title></rect>`,
  );
  return markup`<div class="card"><h3>Results</h3><svg class="strip" viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label="results of the last ${points.length} reports">${bars}</svg>${axis(points)}${phases.map(phaseLine)}</div>
`;
}

function phaseLine({ phase, pass_rate, reports, by_status }: PhaseTrend): Markup {
  const others = (["WARN", "FAIL"] as const)
    .filter((status) => by_status[status] !== undefined)
    .map((status) => markup`, <b class="tone ${status}">${by_status[status] ?? 0} ${status}</b>`);
  return markup`<p><b>${pass_rate ?? 0} %</b> PASS <span class="more">of ${plural(reports, "report")} ${phase}${others}</span></p>`;
}

/** What each phase finds is another thing: one picture of both would jump up and down. */
function findings(phase: TestPhase, all: readonly TrendPoint[]): Markup | undefined {
  const points = all.filter((point) => point.phase === phase && point.by_severity !== undefined);
  const seen = severitiesSeen(points);
  if (points.length < 2 || (seen.length === 0 && phase === "post-deployment")) return undefined;
  const title = phase === "pre-deployment" ? "Findings before deploys" : "Findings after deploys";
  const totals = points.map(({ by_severity }) =>
    severities.reduce((sum, name) => sum + (by_severity?.[name] ?? 0), 0),
  );
  const most = Math.max(1, ...totals);
  const x = (index: number): string => ((index / points.length) * 100).toFixed(1);
  const breadth = ((100 / points.length) * 0.86).toFixed(2);
  const bars = points.map((point, index) => {
    let top = 100;
    return seen.toReversed().map((severity) => {
      const count = point.by_severity?.[severity] ?? 0;
      const height = (count / most) * 100;
      top -= height;
      if (count === 0) return undefined;
      return markup`<rect class="${severity}" x="${x(index)}" y="${top.toFixed(1)}" width="${breadth}" height="${height.toFixed(1)}"><title>${count} ${severity.toLowerCase()} · ${formatTime(point.timestamp)}</title></rect>`;
    });
  });
  const legend = seen.map((severity) => markup`<span class="${severity}">${severity.toLowerCase()}</span>`);
  return markup`<div class="card"><h3>${title}</h3><svg class="chart" viewBox="0 0 100 100" preserveAspectRatio="none" role="img" aria-label="findings by severity over time, at most ${most}">${bars}</svg>${axis(points)}<p><b>${totals.at(-1) ?? 0}</b> now <span class="more">at most ${most}</span></p><p class="legend">${legend}</p></div>
`;
}

function costs(points: readonly TrendPoint[]): Markup | undefined {
  const series = costSeries(points);
  if (series.length < 2) return undefined;
  const most = Math.max(...series.map(({ usd }) => usd));
  const least = Math.min(...series.map(({ usd }) => usd));
  const path = series
    .map(({ usd }, index) => {
      const x = (index / (series.length - 1)) * 100;
      const y = 97 - (most <= 0 ? 0 : Math.max(0, usd) / most) * 92;
      return `${index === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`;
    })
    .join("");
  const last = formatMoney(series.at(-1)?.usd ?? 0);
  return markup`<div class="card"><h3>Cost a month</h3><svg class="chart" viewBox="0 0 100 100" preserveAspectRatio="none" role="img" aria-label="monthly cost over time, now ${last}"><path class="area" d="${path}L100 100L0 100Z"/><path class="line" d="${path}"/></svg>${axis(series)}<p><b>${last}</b> now <span class="more">from ${formatMoney(least)} to ${formatMoney(most)}</span></p></div>
`;
}

function axis(points: readonly { readonly timestamp: string }[]): Markup {
  const first = points[0]?.timestamp ?? "";
  return markup`<p class="axis"><span>${formatDay(first)}</span><span>${formatDay(points.at(-1)?.timestamp ?? "")}</span></p>`;
}
