import type { HttpWish } from "../../src/core/health.ts";
import type { Clock } from "../../src/core/world.ts";
import { expiryObjection, trusted } from "./certificate.ts";
import type { Probed, ProbeSetting } from "./contract.ts";
import { followRedirects, shown, type Followed } from "./follow-redirects.ts";
import { objections } from "./judge-answer.ts";
import { networkTrouble } from "./network-trouble.ts";
import type { Progress } from "./request-once.ts";

/** Asks a URL once, redirects included, and judges the answer. */
export async function probeHttp(
  clock: Clock,
  url: string,
  { wish, setting }: { readonly wish: HttpWish; readonly setting: ProbeSetting },
): Promise<Probed> {
  const start = addressOf(url);
  if (start === undefined)
    return { ok: false, final: true, saw: `${shown(url)} is not an http or https address` };
  const trust = await trusted(wish.caFile);
  if ("why" in trust) return { ok: false, final: true, saw: trust.why };
  const budget = AbortSignal.timeout(setting.timeoutMs);
  const progress: Progress = { step: "connecting" };
  const began = clock.monotonic();
  try {
    const asked = {
      method: wish.method,
      headers: wish.headers,
      ...(wish.send === undefined ? {} : { body: wish.send }),
      ...trust,
      signal: AbortSignal.any([setting.signal, budget]),
    };
    const limit = wish.redirectTo === undefined ? wish.redirects : 0;
    const followed = await followRedirects(start, asked, progress, { limit, reachable: setting.reachable });
    if ("refused" in followed) return hide(wish, { ok: false, saw: followed.refused });
    const ms = Math.round(clock.monotonic() - began);
    return hide(wish, judge(clock, { wish, followed, ms }));
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (budget.aborted) return { ok: false, saw: lateWords(progress, setting.timeoutMs) };
    return hide(wish, { ok: false, saw: networkTrouble(error) });
  }
}

function addressOf(url: string): URL | undefined {
  if (!URL.canParse(url)) return undefined;
  const parsed = new URL(url);
  return /^https?:$/.test(parsed.protocol) ? parsed : undefined;
}

function judge(
  clock: Clock,
  { wish, followed, ms }: { readonly wish: HttpWish; readonly followed: Followed; readonly ms: number },
): Probed {
  const { received, url } = followed;
  const expiry =
    wish.minDays === undefined
      ? undefined
      : url.protocol === "https:"
        ? expiryObjection(received.validTo, wish.minDays, clock.now().toISOString())
        : "it is asked without TLS, so it shows no certificate";
  const wrong = [...objections(wish, followed, ms), ...(expiry === undefined ? [] : [expiry])];
  return wrong.length === 0
    ? { ok: true, saw: `status ${received.status} in ${ms} ms` }
    : { ok: false, saw: wrong.join("; ") };
}

function lateWords({ step, status }: Progress, timeoutMs: number): string {
  const within = `within ${timeoutMs / 1_000} s`;
  if (step === "connecting") return `no connection ${within}`;
  if (step === "waiting") return `it hangs: no answer ${within}`;
  if (step === "headers") return `it hangs: its headers did not end ${within}`;
  return `it hangs: status ${status ?? "unknown"}, but its body did not end ${within}`;
}

/** What is sent in headers may be a credential, and a server may repeat it. */
function hide({ headers }: HttpWish, probed: Probed): Probed {
  const secrets = Object.values(headers).flatMap((value) => [value, ...value.split(/\s+/)]);
  const saw = secrets
    .filter((secret) => secret.length >= 8)
    .reduce((text, secret) => text.replaceAll(secret, "(redacted)"), probed.saw);
  return { ...probed, saw };
}
