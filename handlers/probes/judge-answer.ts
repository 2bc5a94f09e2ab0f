import { runInNewContext } from "node:vm";
import { matchesPattern } from "../../src/core/address-pattern.ts";
import type { HttpWish } from "../../src/core/health.ts";
import { isObject } from "../../src/core/json.ts";
import { shown, type Followed } from "./follow-redirects.ts";
import { bodyLimit } from "./request-once.ts";

/** A regular expression may take this long; milliseconds. */
const matchBudgetMs = 250;
/** Of a body, a message shows this much; characters. */
const bodyShown = 160;

/** What an answer lacks of what was asked for, in words; nothing when it is as it should be. */
export function objections(wish: HttpWish, followed: Followed, ms: number): readonly string[] {
  const { received } = followed;
  return [
    ...(received.truncated ? [`its body is larger than ${bodyLimit / 1_000_000} MB`] : []),
    ...statusObjections(wish, followed),
    ...headerObjections(wish, followed),
    ...(received.truncated ? [] : bodyObjections(wish, received.body)),
    ...(wish.maxLatencyMs !== undefined && ms > wish.maxLatencyMs
      ? [`it took ${ms} ms, more than ${wish.maxLatencyMs} ms`]
      : []),
  ];
}

function statusObjections(wish: HttpWish, { received, location }: Followed): readonly string[] {
  const { status, body } = received;
  if (wish.redirectTo !== undefined) {
    if (location === undefined) return [`status ${status}, not a redirect`];
    const isIt = matchesPattern(wish.redirectTo, location.href);
    return isIt ? [] : [`it redirects to ${shown(location.href)}, not to ${shown(wish.redirectTo)}`];
  }
  if (wish.status.includes(status)) return [];
  const wanted = wish.status.join(" or ");
  if (location !== undefined)
    return [`status ${status}, not ${wanted}: it redirects to ${shown(location.href)}`];
  return [`status ${status}, not ${wanted}${quoted(body)}`];
}

function headerObjections(wish: HttpWish, { received }: Followed): readonly string[] {
  return Object.entries(wish.responseHeaders).flatMap(([name, wanted]) => {
    const given = received.headers[name.toLowerCase()];
    const text = Array.isArray(given) ? given.join(", ") : given;
    if (text === undefined) return [`header ${name} is missing`];
    return matchesPattern(wanted, text) ? [] : [`header ${name} is ${text.slice(0, 80)}, not ${wanted}`];
  });
}

function bodyObjections({ contains, matches, json }: HttpWish, body: string): readonly string[] {
  const found: string[] = [];
  if (contains !== undefined && !body.includes(contains))
    found.push(`its body does not contain ${JSON.stringify(contains)}${quoted(body)}`);
  if (matches !== undefined) {
    const matched = matchWithin(matches, body);
    if (matched === undefined)
      found.push(`its body takes longer than ${matchBudgetMs} ms to be matched with /${matches}/`);
    else if (!matched) found.push(`its body does not match /${matches}/${quoted(body)}`);
  }
  return [...found, ...jsonObjections(json, body)];
}

/** Whether a text matches; nothing when that takes too long, as some patterns do on texts made for it. */
function matchWithin(pattern: string, text: string): boolean | undefined {
  try {
    const code = "new RegExp(pattern, 'u').test(text)";
    return Boolean(runInNewContext(code, { pattern, text }, { timeout: matchBudgetMs }));
  } catch (error) {
    // Of the other context, so no instance of this one's Error.
    if (isObject(error) && error["code"] === "ERR_SCRIPT_EXECUTION_TIMEOUT") return undefined;
    throw error;
  }
}

function jsonObjections(wanted: HttpWish["json"], body: string): readonly string[] {
  const paths = Object.entries(wanted);
  if (paths.length === 0) return [];
  const document = parsed(body);
  if (document === undefined) return [`its body is not JSON${quoted(body)}`];
  return paths.flatMap(([path, value]) => {
    const found = at(document.value, path);
    if (found === value) return [];
    if (found === undefined) return [`its JSON has no ${path}${quoted(body)}`];
    return [`its JSON has ${path} = ${JSON.stringify(found).slice(0, 80)}, not ${JSON.stringify(value)}`];
  });
}

function parsed(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The value at a dotted path, with or without `$.` before it; numbers count into lists. */
function at(value: unknown, path: string): unknown {
  const steps = path.replace(/^\$\.?/, "").split(".");
  return steps.reduce<unknown>((inner, step) => {
    if (Array.isArray(inner)) return inner[Number(step)];
    return isObject(inner) && Object.hasOwn(inner, step) ? inner[step] : undefined;
  }, value);
}

function quoted(body: string): string {
  const text = body.trim().slice(0, bodyShown);
  return text === "" ? "" : `: ${text}${body.trim().length > bodyShown ? "…" : ""}`;
}
