import type { HistoryEntry } from "../../src/core/report.ts";
import type { Renderer, ReportInput } from "../contract.ts";
import { verdictOf } from "../verdict.ts";
import { formatTime, plural } from "../words.ts";
import { accepted } from "./accepted.ts";
import { cost } from "./cost.ts";
import { markup } from "./escape.ts";
import { banner, head, tiles } from "./head.ts";
import { page } from "./page.ts";
import { runParts } from "./run.ts";
import { tests } from "./tests.ts";
import { todo } from "./todo.ts";
import { trend } from "./trend.ts";

/** One page that holds everything, for a person: see escape.ts for what keeps untrusted text harmless. */
export const html: Renderer = { format: "html", extension: "html", render: renderReport };

function renderReport(input: ReportInput): string {
  const verdict = verdictOf(input);
  const title = [verdict.label, verdict.sentence, formatTime(verdict.time)].filter(Boolean).join(" · ");
  const run = verdict.runId === "" ? "" : ` · run ${verdict.runId}`;
  return page(
    title,
    markup`${head(input, verdict)}<main>
${todo(input, verdict)}${tiles(input)}${tests(input)}${accepted(input)}${cost(input)}${trend(input.history)}${runParts(input.run)}<footer>faber${run}</footer></main>`,
  );
}

/** The trend of an environment alone. */
export function renderTrend(environment: string, history: readonly HistoryEntry[]): string {
  const last = history.at(-1);
  const label = last?.overall_status ?? "SKIPPED";
  const facts = [
    plural(history.length, "report"),
    ...(last === undefined ? [] : [formatTime(last.timestamp)]),
  ];
  const few = markup`<p class="card">There are too few reports for a trend: it takes two.</p>`;
  return page(
    `${environment}: trend`,
    markup`${banner({ label, sentence: `How ${environment} has been doing`, environment, facts, reason: "" })}<main>
${trend(history) ?? few}<footer>faber</footer></main>`,
  );
}
