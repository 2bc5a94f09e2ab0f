import { severities } from "../../src/core/finding.ts";
import type { ReportInput } from "../contract.ts";
import { severityTotals } from "../findings.ts";
import type { Verdict } from "../verdict.ts";
import { formatDuration, formatTime } from "../words.ts";
import { markup, type Markup } from "./escape.ts";

/** The verdict, the environment and the time. */
export function head(input: ReportInput, verdict: Verdict): Markup {
  const { run } = input;
  const phases = run === undefined ? [...new Set(input.tests.map(({ phase }) => phase))].join(", ") : "";
  const facts = [
    verdict.time === "" ? "" : formatTime(verdict.time),
    phases,
    verdict.duration_ms === 0 ? "" : formatDuration(verdict.duration_ms),
    run?.hosting ?? "",
    ...(run?.identity === undefined ? [] : [run.identity.account, run.identity.region]),
  ];
  return banner({
    label: verdict.label,
    sentence: verdict.sentence,
    environment: verdict.environment,
    facts: facts.filter((fact) => fact !== ""),
    reason: verdict.reason,
  });
}

/** The band at the top of every page. */
export function banner(said: {
  readonly label: string;
  readonly sentence: string;
  readonly environment: string;
  readonly facts: readonly string[];
  readonly reason: string;
}): Markup {
  const { label, sentence, environment, facts, reason } = said;
  return markup`<header class="${label}"><div class="in">
<div class="row"><span class="label">${label}</span><h1>${sentence}</h1><button id="theme" title="light or dark (t)" aria-label="light or dark" hidden>◐</button></div>
<p class="facts"><b>${environment}</b>${facts.map((fact) => markup`<span>${fact}</span>`)}</p>
${reason === "" ? undefined : markup`<p class="why">${reason}</p>`}
</div></header>
`;
}

/** One tile a severity, which filters by it. */
export function tiles(input: ReportInput): Markup | undefined {
  if (input.tests.length === 0) return undefined;
  const totals = severityTotals(input);
  const each = severities.map((severity) => {
    const count = totals[severity];
    const none = count === 0 ? " none" : "";
    return markup`<button class="tile ${severity}${none}" data-filter="severity" data-value="${severity}" aria-pressed="false"><b>${count.toLocaleString("en-US")}</b><span>${severity.toLowerCase()}</span></button>`;
  });
  return markup`<div class="tiles" role="group" aria-label="findings by severity">${each}</div>
`;
}
