import { counts, worstFirst, type Finding } from "../../src/core/finding.ts";
import { excuseOf, placeOf } from "../findings.ts";
import { isLink } from "../link.ts";
import { cut } from "../well-formed.ts";
import { markup, type Markup } from "./escape.ts";

/** Up to here the places of a rule are shown at once. */
const shownAtOnce = 4;
const longestMessage = 600;
const longestName = 300;

/**
 * Findings that say the same are said once, with all their places below. The markup is as short as it can be: there
 * may be thousands.
 */
export function ruleGroups(findings: readonly Finding[]): Markup {
  if (findings.length === 0) return markup`<p class="more">no findings</p>`;
  const groups = new Map<string, Finding[]>();
  const sorted = findings.toSorted((a, b) => Number(counts(b)) - Number(counts(a)) || worstFirst(a, b));
  for (const finding of sorted) {
    const { rule, severity, message, remedy } = finding;
    const key = JSON.stringify([rule, severity, message, remedy, excuseOf(finding)]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  return markup`${[...groups.values()].map(ruleGroup)}`;
}

function ruleGroup(group: readonly Finding[]): Markup {
  const [first] = group;
  if (first === undefined) return markup``;
  const excuse = excuseOf(first);
  const isOpen = group.length <= shownAtOnce && excuse === undefined;
  const off = excuse === undefined ? "" : " off";
  return markup`<details class="rule ${first.severity}${off}"${isOpen ? markup` open` : undefined}>${summary(group, first)}<ul>${group.map((finding) => place(finding, group.length === 1))}</ul>${excuse === undefined ? undefined : markup`<p>${excuse}`}${group.length === 1 ? undefined : fix(first.remedy)}${words(first.remedy)}</details>
`;
}

function summary(group: readonly Finding[], first: Finding): Markup {
  const tag = counts(first)
    ? undefined
    : markup` <em>${first.waived === undefined ? "known" : "waived"}</em>`;
  const many = group.length === 1 ? undefined : markup`<i>× ${group.length}</i>`;
  return markup`<summary><b>${first.severity.toLowerCase()}</b><span>${cut(first.message, longestMessage)} <code>${cut(first.rule, longestName)}</code>${tag}</span>${many}</summary>`;
}

/** One place of a rule. End tags that HTML can do without are left out. */
function place(finding: Finding, isOnly: boolean): Markup {
  const where = placeOf(finding);
  const also = finding.also === undefined ? "" : ` (${finding.also.join(", ")})`;
  const scanners = finding.scanners.length > 1 ? `by ${finding.scanners.join(", ")}${also}` : "";
  return markup`<li>${finding.address === undefined ? undefined : markup`<code>${cut(finding.address, longestName)}</code>`}${where === "" ? undefined : markup`<i>${cut(where, longestName)}</i>`}${scanners === "" ? undefined : markup`<span>${cut(scanners, longestName)}</span>`}${isOnly ? link(finding.remedy) : undefined}`;
}

function fix(remedy: string | undefined): Markup | undefined {
  const address = link(remedy);
  return address === undefined ? undefined : markup`<p>${address}`;
}

function link(remedy: string | undefined): Markup | undefined {
  return remedy === undefined || !isLink(remedy) ? undefined : markup`<a href="${remedy}">how to fix it</a>`;
}

/** A remedy that is a sentence. */
function words(remedy: string | undefined): Markup | undefined {
  return remedy === undefined || isLink(remedy) ? undefined : markup`<p>${cut(remedy, longestMessage)}`;
}
