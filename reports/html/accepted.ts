import type { ReportedWaiver } from "../../src/core/report.ts";
import type { ReportInput } from "../contract.ts";
import { plural } from "../words.ts";
import { markup, type Markup } from "./escape.ts";

/** What somebody decided to live with: waivers and the baseline, and what became of them. */
export function accepted(input: ReportInput): Markup | undefined {
  const waivers = input.tests.flatMap((report) => (report.waivers === undefined ? [] : [report.waivers]));
  const baselines = input.tests.flatMap((report) => (report.baseline === undefined ? [] : [report.baseline]));
  const rows = [
    ...waivers.flatMap(({ expired }) => expired.map((one) => row("expired", "FAIL", one))),
    ...waivers.flatMap((list) => list.without_expiry.map((one) => row("no last day", "FAIL", one))),
    ...waivers.flatMap(({ unmatched }) => unmatched.map((one) => row("unmatched", "WARN", one))),
    ...waivers.flatMap(({ applied }) => applied.map((one) => row("in force", "PASS", one))),
  ];
  if (rows.length + baselines.length === 0) return undefined;
  return markup`<section aria-labelledby="accepted"><h2 id="accepted">Waivers and baseline</h2><div class="card">
${baselines.map((one) => markup`<p>baseline: ${one.known} known, ${one.new} new, ${one.fixed} fixed</p>`)}${rows.length === 0 ? undefined : markup`<table>${rows}</table>`}</div></section>
`;
}

function row(what: string, tone: string, waiver: ReportedWaiver): Markup {
  const { rule, address, reason, owner, expires, source, findings } = waiver;
  const facts = [
    owner,
    ...(expires === undefined ? [] : [`until ${expires}`]),
    plural(findings, "finding"),
    source,
  ];
  return markup`<tr><td class="st ${tone}">${what}</td><td><code>${rule}${address === undefined ? "" : ` ${address}`}</code> ${reason} <span class="more">${facts.join(" · ")}</span></td></tr>
`;
}
