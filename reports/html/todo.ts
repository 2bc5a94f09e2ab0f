import type { Diagnosis } from "../../src/core/diagnosis.ts";
import { adviceOf, type Advice } from "../advice.ts";
import type { ReportInput } from "../contract.ts";
import type { Verdict } from "../verdict.ts";
import { cut } from "../well-formed.ts";
import { markup, type Markup } from "./escape.ts";

const shownAdvice = 10;
const shownAtOnce = 5;
const shownSolutions = 2;
const longest = 400;

/** What to do: known solutions of what failed, the worst findings, the next command. */
export function todo(input: ReportInput, verdict: Verdict): Markup | undefined {
  const advice = adviceOf(input, shownAdvice);
  const diagnoses = input.run?.diagnoses ?? [];
  if (advice.length + diagnoses.length + verdict.next.length === 0) return undefined;
  return markup`<section aria-labelledby="todo"><h2 id="todo">What to do</h2><div class="card">
${diagnoses.map(diagnosis)}${adviceList(advice)}${nextLine(verdict.next)}</div></section>
`;
}

function adviceList(advice: readonly Advice[]): Markup | undefined {
  if (advice.length === 0) return undefined;
  const more = advice.slice(shownAtOnce);
  const rest =
    more.length === 0
      ? undefined
      : markup`<details><summary class="more">${more.length} more</summary><ul class="todo">${more.map(adviceItem)}</ul></details>`;
  return markup`<ul class="todo">${advice.slice(0, shownAtOnce).map(adviceItem)}</ul>${rest}`;
}

function adviceItem({ severity, rule, message, where, more }: Advice): Markup {
  const level =
    severity === undefined
      ? markup`<span></span>`
      : markup`<b class="${severity}">${severity.toLowerCase()}</b>`;
  const others = more === 0 ? undefined : markup` <span class="more">and ${more} more</span>`;
  const place = where === undefined ? undefined : markup`<br><code>${cut(where, longest)}</code>${others}`;
  const name = rule === undefined ? undefined : markup` <code class="more">${cut(rule, longest)}</code>`;
  return markup`<li>${level}<span>${cut(message, longest)}${name}${place}</span></li>`;
}

function nextLine(commands: readonly string[]): Markup | undefined {
  if (commands.length === 0) return undefined;
  return markup`<p class="next"><span>next</span>${commands.map((command) => markup`<code>${command}</code>`)}</p>
`;
}

function diagnosis(found: Diagnosis): Markup {
  const facts = [found.category, found.code, `issue ${found.issue_id.slice(0, 12)}`].filter(Boolean);
  const solutions = found.solutions.slice(0, shownSolutions).map(({ description, success_rate, steps }) => {
    const { successes, attempts } = success_rate;
    const record = attempts === 0 ? "not tried yet" : `worked ${successes} of ${attempts} times`;
    return markup`<li>${description} <span class="more">${record}</span>${steps.length === 0 ? undefined : markup`<ul>${steps.map((step) => markup`<li>${step}</li>`)}</ul>`}</li>`;
  });
  return markup`<div class="diag"><p><b>${found.root_cause ?? found.message}</b> <span class="more">${facts.join(" · ")}</span></p>
${solutions.length === 0 ? markup`<p class="more">nothing is known to help yet</p>` : markup`<ol>${solutions}</ol>`}</div>
`;
}
