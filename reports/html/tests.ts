import { countBySeverity, severities } from "../../src/core/finding.ts";
import type { ReportedTest } from "../../src/core/report.ts";
import type { TestStatus } from "../../src/core/result.ts";
import type { ReportInput } from "../contract.ts";
import { cut } from "../well-formed.ts";
import { formatDuration } from "../words.ts";
import { markup, type Markup } from "./escape.ts";
import { figures } from "./figures.ts";
import { ruleGroups } from "./rules.ts";

const order: readonly TestStatus[] = ["FAIL", "ERROR", "WARN", "SKIPPED", "PASS"];

/** The tests as rows that open, what blocks first, and what they are filtered by. */
export function tests(input: ReportInput): Markup | undefined {
  const all = input.tests
    .flatMap((report) => report.tests)
    .sort((a, b) => order.indexOf(a.status) - order.indexOf(b.status));
  if (all.length === 0) return undefined;
  return markup`<section aria-labelledby="tests"><h2 id="tests">Tests</h2>
${filters(all)}${all.map(testRow)}<p id="none" class="card" hidden>Nothing fits these filters.</p></section>
`;
}

function filters(all: readonly ReportedTest[]): Markup {
  const names = [...new Set(all.map(({ name }) => name))];
  const statuses = order.filter((status) => all.some((test) => test.status === status));
  const chips = statuses.map(
    (status) =>
      markup`<button class="chip ${status}" data-filter="status" data-value="${status}" aria-pressed="false">${status}</button>`,
  );
  const keys = [
    ["/", "search"],
    ["j k", "move"],
    ["Enter", "open"],
    ["Esc", "clear"],
    ["t", "light or dark"],
  ] as const;
  return markup`<div class="filters" role="search"><input id="text" type="search" placeholder="filter: rule, resource, file, words" aria-label="filter by text" autocomplete="off" spellcheck="false"><select id="test" aria-label="filter by test"><option value="">all tests</option>${names.map((name) => markup`<option>${name}</option>`)}</select>${chips}<button id="clear" hidden>clear</button></div>
<p class="shown"><span id="shown" aria-live="polite"></span><span class="keys">${keys.map(([key, what]) => markup`<kbd>${key}</kbd> ${what} `)}</span></p>
`;
}

function testRow(test: ReportedTest): Markup {
  const isOpen = test.status === "FAIL" || test.status === "ERROR";
  return markup`<details class="test ${test.status}" data-test="${test.name}"${isOpen ? markup` open` : undefined}><summary><span class="st">${test.status}</span><span class="name">${test.name}</span><span class="sum">${summary(test)}</span><span class="num">${formatDuration(test.duration_ms)}</span></summary><div class="body">
${test.reason === undefined ? undefined : markup`<p class="note">${test.reason}</p>`}${figures(test)}${ruleGroups(test.findings)}</div></details>
`;
}

function summary(test: ReportedTest): Markup {
  const totals = countBySeverity(test.findings);
  const waived = test.findings.filter((finding) => finding.waived !== undefined).length;
  const known = test.findings.filter((finding) => finding.known === true).length;
  const parts = [
    ...severities
      .filter((severity) => totals[severity] > 0)
      .map((severity) => markup`<b class="${severity}">${totals[severity]} ${severity.toLowerCase()}</b>`),
    ...(waived === 0 ? [] : [markup`${waived} waived`]),
    ...(known === 0 ? [] : [markup`${known} known`]),
  ];
  if (parts.length === 0) return markup`${cut(test.reason ?? "", 140)}`;
  return markup`${parts.map((part, index) => (index === 0 ? part : markup` · ${part}`))}`;
}
