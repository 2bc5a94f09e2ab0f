import type { ReportInput } from "../contract.ts";
import { costFigures, costNotesOf, type CostFigures, type CostShare } from "../cost.ts";
import { cut } from "../well-formed.ts";
import { formatMoney } from "../words.ts";
import { markup, type Markup } from "./escape.ts";

const shownShares = 12;
/** From this share of a budget on the gate warns. */
const budgetWarning = 0.8;

/** What it costs, against the budget, by service and by resource. */
export function cost(input: ReportInput): Markup | undefined {
  const figures = costFigures(input);
  if (figures === undefined) return undefined;
  const { monthly, atMost, difference, budget, breakdown, drivers } = figures;
  const facts = [
    "a month",
    ...(atMost === monthly ? [] : [`at most ${formatMoney(atMost)}`]),
    ...(difference === undefined
      ? []
      : [`${difference < 0 ? "" : "+"}${formatMoney(difference)} by this change`]),
    ...(budget === undefined ? [] : [`budget ${formatMoney(budget)}`]),
  ];
  return markup`<section aria-labelledby="cost"><h2 id="cost">Cost</h2><div class="card">
<p class="big">${formatMoney(monthly)} <small>${facts.join(" · ")}</small></p>
${budget === undefined || budget <= 0 ? undefined : budgetBar(atMost / budget)}
<div class="grid">${shares("By service", breakdown, false)}${shares("Most expensive", drivers, true)}</div>
${costNotes(figures)}</div></section>
`;
}

function costNotes({ usagePriced, unknown, pricesAsOf }: CostFigures): Markup | undefined {
  const notes = costNotesOf({ usagePriced, unknown });
  const all = [...notes, ...(pricesAsOf === undefined ? [] : [`prices of ${pricesAsOf}`])];
  return all.length === 0 ? undefined : markup`<p class="more">${all.join(" · ")}</p>`;
}

function budgetBar(share: number): Markup {
  const tone = share > 1 ? "FAIL" : share > budgetWarning ? "WARN" : "PASS";
  const words = `${(share * 100).toFixed(0)} % of the budget`;
  return markup`<svg class="bar ${tone}" viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label="${words}"><title>${words}</title>${bar(share)}</svg>
<p class="more">${words}</p>`;
}

function shares(title: string, all: readonly CostShare[], mono: boolean): Markup | undefined {
  if (all.length === 0) return undefined;
  const largest = Math.max(...all.map(({ usd }) => usd), 0);
  const rest = all.slice(shownShares);
  const rows = all
    .slice(0, shownShares)
    .map(
      ({ name, usd }) =>
        markup`<span${mono ? markup` class="mono"` : undefined}>${cut(name, 120)}</span><svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">${bar(largest === 0 ? 0 : usd / largest)}</svg><span class="num">${formatMoney(usd)}</span>`,
    );
  const restSum = formatMoney(rest.reduce((sum, { usd }) => sum + usd, 0));
  const more =
    rest.length === 0 ? undefined : markup`<p class="more">and ${rest.length} more: ${restSum}</p>`;
  return markup`<div><h3>${title}</h3><div class="bars${mono ? " wide" : ""}">${rows}</div>${more}</div>`;
}

function bar(share: number): Markup {
  const width = Math.max(0, Math.min(1, share)) * 100;
  return markup`<rect class="bg" width="100" height="10"/><rect class="fg" width="${width.toFixed(1)}" height="10"/>`;
}
