import type { Diagnostic } from "../../src/core/diagnostic.ts";
import type { RunReport } from "../../src/core/report.ts";
import { placeText } from "../findings.ts";
import { formatDuration, plural } from "../words.ts";
import { markup, type Markup } from "./escape.ts";

const shownChanges = 300;

/** The run around the tests: stages, plan, what was applied, where it can be reached. */
export function runParts(run: RunReport | undefined): Markup | undefined {
  if (run === undefined) return undefined;
  return markup`<section aria-labelledby="run"><h2 id="run">Run</h2><div class="card"><table>${run.stages.map(stageRow)}</table></div>
${planPart(run)}${appliedPart(run)}${endpointsPart(run)}</section>
`;
}

function stageRow({
  stage,
  status,
  headline,
  duration_ms,
  diagnostics,
}: RunReport["stages"][number]): Markup {
  return markup`<tr><td class="st ${status}">${status}</td><td><b>${stage}</b> <span class="more">${headline}</span>${diagnostics.map(diagnosticPart)}</td><td class="num">${formatDuration(duration_ms)}</td></tr>
`;
}

function diagnosticPart({ severity, summary, detail, address, at, excerpt }: Diagnostic): Markup {
  const lines = [address, placeText(at), detail, excerpt].filter((line) => line !== undefined && line !== "");
  const what = markup`<b>${severity}</b> ${summary}`;
  if (lines.length === 0) return markup`<p class="more">${what}</p>`;
  return markup`<details class="said"><summary class="more">${what}</summary><pre>${lines.join("\n")}</pre></details>`;
}

function planPart({ plan, approval }: RunReport): Markup | undefined {
  if (plan === undefined) return undefined;
  const { add, change, replace, destroy } = plan.counts;
  const left = plan.changes.length - shownChanges;
  const by = approval === undefined ? "" : ` · approved by ${approval.by} (${approval.via})`;
  const rows = plan.changes
    .slice(0, shownChanges)
    .map(({ address, action }) => markup`<tr><td>${action}</td><td><code>${address}</code></td></tr>`);
  return markup`<details class="test plan"><summary><span class="st">plan</span><span class="name">${plan.digest.slice(0, 12)}</span><span class="sum">${add} to add, ${change} to change, ${replace} to replace, ${destroy} to destroy${by}</span></summary><div class="body"><table>${rows}</table>${left > 0 ? markup`<p class="more">${plural(left, "change")} more in the JSON report</p>` : undefined}</div></details>
`;
}

function appliedPart({ applied }: RunReport): Markup | undefined {
  if (applied === undefined) return undefined;
  const lists = [
    ["failed", applied.failed],
    ["tainted", applied.tainted],
    ["uncertain", applied.uncertain],
    ["not begun", applied.not_begun],
  ] as const;
  const rows = lists
    .filter(([, addresses]) => addresses.length > 0)
    .map(
      ([name, addresses]) =>
        markup`<p><b>${name}</b> ${addresses.slice(0, shownChanges).map((address) => markup`<code>${address}</code> `)}</p>`,
    );
  const state = applied.in_state === undefined ? "" : `, ${applied.in_state} in the state`;
  return markup`<div class="card"><h3>Applied</h3><p>${plural(applied.changed.length, "resource")} changed${state}</p>${rows}</div>
`;
}

function endpointsPart({ endpoints }: RunReport): Markup | undefined {
  const rows = Object.entries(endpoints ?? {}).map(
    ([name, url]) => markup`<tr><td>${name}</td><td><code>${url}</code></td></tr>`,
  );
  if (rows.length === 0) return undefined;
  return markup`<div class="card"><h3>Endpoints</h3><table>${rows}</table></div>
`;
}
