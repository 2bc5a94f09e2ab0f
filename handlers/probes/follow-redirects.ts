import { requestOnce, type Asked, type Progress, type Received } from "./request-once.ts";

export interface Followed {
  readonly received: Received;
  readonly url: URL;
  /** Where its redirect leads to; absent when the answer is none. */
  readonly location?: URL;
}

/** Why a redirect is not followed. */
export interface Refused {
  readonly refused: string;
}

const redirectStatuses = new Set([301, 302, 303, 307, 308]);

/** Asks, and follows at most `limit` redirects: never in a circle, and never to anything but HTTP or away from TLS. */
export async function followRedirects(
  start: URL,
  asked: Asked,
  progress: Progress,
  { limit, reachable }: { readonly limit: number; readonly reachable: (url: string) => string },
): Promise<Followed | Refused> {
  const seen: string[] = [];
  let [url, next] = [start, asked];
  for (;;) {
    seen.push(url.href);
    const received = await requestOnce(url, next, progress);
    const location = locationOf(received, url);
    if (location === undefined) return { received, url };
    if (limit === 0) return { received, url, location };
    const target = new URL(isHttp(location) ? reachable(location.href) : location.href);
    const refused = refusal({ seen, from: url, location, target, limit });
    if (refused !== undefined) return { refused };
    next = onwards(next, { from: url, to: target, status: received.status });
    url = target;
  }
}

function locationOf({ status, headers }: Received, from: URL): URL | undefined {
  const { location } = headers;
  if (!redirectStatuses.has(status) || location === undefined || !URL.canParse(location, from.href))
    return undefined;
  return new URL(location, from);
}

interface Hop {
  readonly seen: readonly string[];
  readonly from: URL;
  readonly location: URL;
  readonly target: URL;
  readonly limit: number;
}

function refusal({ seen, from, location, target, limit }: Hop): string | undefined {
  if (!isHttp(location)) return `it redirects to ${location.protocol}, which is not followed`;
  if (from.protocol === "https:" && target.protocol === "http:")
    return `it redirects from https to ${shown(target.href)}, which is not followed`;
  if (seen.includes(target.href))
    return `it redirects in a circle: ${[...seen, target.href].map(shown).join(" → ")}`;
  if (seen.length > limit) return `it redirects more than ${limit} times, last to ${shown(target.href)}`;
  return undefined;
}

function isHttp({ protocol }: URL): boolean {
  return protocol === "http:" || protocol === "https:";
}

/** As browsers do: 303 becomes a GET, and so does a POST after 301 and 302; another host gets no headers of ours. */
function onwards(
  { body, ...asked }: Asked,
  { from, to, status }: { readonly from: URL; readonly to: URL; readonly status: number },
): Asked {
  const headers = from.origin === to.origin ? asked.headers : {};
  const becomesGet = (status === 303 && asked.method !== "HEAD") || (status < 303 && asked.method === "POST");
  if (becomesGet) return { ...asked, headers, method: "GET" };
  return { ...asked, headers, ...(body === undefined ? {} : { body }) };
}

/** Without user, password and query, which may hold secrets. */
export function shown(url: string): string {
  if (!URL.canParse(url)) return url.slice(0, 200);
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`.slice(0, 200);
}
