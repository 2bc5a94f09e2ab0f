import type { HealthAnswer } from "../../../handlers/hosting/contract.ts";
import type { Probed, Probes } from "../../../handlers/probes/contract.ts";
import type { HealthCheck, HealthHow, HttpWish, ServiceWish } from "../../core/health.ts";
import type { Resource } from "../../core/resource.ts";
import type { CheckContext } from "../contract.ts";
import { envNamesIn, fill, type Fillings } from "./fill.ts";
import { shownText, type Seen } from "./seen.ts";

/** What every look at a configured check needs. */
export interface Surroundings {
  readonly context: CheckContext;
  readonly fillings: Fillings;
  /** The whole state; empty where nothing is asked by name. */
  readonly resources: readonly Resource[];
  readonly signal: AbortSignal;
}

type Saw = Omit<Seen, "id" | "kind" | "check" | "attempts">;

/** Looks once at what an entry of `health:` names. Throws what concerns the whole session. */
export async function lookAt(check: HealthCheck, surroundings: Surroundings): Promise<Saw> {
  const target = fill(check.target, surroundings.fillings);
  if (!target.ok) return broken(target.why);
  const { how } = check;
  if (how.kind === "http" || how.kind === "tcp" || how.kind === "tls") {
    const { probes } = surroundings.context;
    if (probes === undefined) return unchecked("this run makes no probes");
    return probe(probes, { check, how, target: target.text }, surroundings);
  }
  return askHosting({ check, wish: how, service: how.kind, target: target.text }, surroundings);
}

async function probe(
  probes: Probes,
  asked: {
    readonly check: HealthCheck;
    readonly how: Extract<HealthHow, { readonly kind: "http" | "tcp" | "tls" }>;
    readonly target: string;
  },
  { context, fillings, signal }: Surroundings,
): Promise<Saw> {
  const { check, how, target } = asked;
  const reachable = context.hosting?.reachable ?? ((url: string) => url);
  const setting = { timeoutMs: check.budget.timeoutMs, signal, reachable };
  if (how.kind === "tcp") return seenBy(await probes.tcp(target, setting));
  if (how.kind === "tls") return seenBy(await probes.tls(target, how, setting));
  const wish = filledWish(how, fillings);
  if ("why" in wish) return broken(wish.why);
  return seenBy(await probes.http(reachable(target), wish, setting), secretsOf(check, how, fillings));
}

/** The same wish with its names replaced. */
function filledWish(wish: HttpWish, fillings: Fillings): HttpWish | { readonly why: string } {
  const headers: Record<string, string> = {};
  for (const [name, text] of Object.entries(wish.headers)) {
    const filled = fill(text, fillings);
    if (!filled.ok) return filled;
    headers[name] = filled.text;
  }
  const parts: Partial<Record<"send" | "contains" | "redirectTo", string>> = {};
  for (const part of ["send", "contains", "redirectTo"] as const) {
    const filled = fill(wish[part] ?? "", fillings);
    if (!filled.ok) return filled;
    if (wish[part] !== undefined) parts[part] = filled.text;
  }
  return { ...wish, ...parts, headers };
}

function secretsOf({ target }: HealthCheck, how: HttpWish, { env }: Fillings): readonly string[] {
  const texts = [target, how.send ?? "", ...Object.values(how.headers)];
  return texts.flatMap(envNamesIn).flatMap((name) => env[name] ?? []);
}

async function askHosting(
  asked: {
    readonly check: HealthCheck;
    readonly wish: ServiceWish;
    readonly service: Exclude<HealthHow["kind"], "http" | "tcp" | "tls">;
    readonly target: string;
  },
  { context, resources, signal }: Surroundings,
): Promise<Saw> {
  const { hosting, clock } = context;
  if (hosting === undefined) return unchecked("the root uses no cloud");
  if (hosting.health === undefined) return unchecked("this hosting cannot be asked");
  const { check, wish, service, target } = asked;
  const questions = [{ id: check.name, service, named: target, wish }];
  const [answer] = await hosting.health({ resources, questions, now: clock.now().getTime() }, signal);
  return answer === undefined ? unchecked("this hosting has no answer for it") : seenAs(answer);
}

export function seenAs({ state, saw, final, remedy }: HealthAnswer): Saw {
  return {
    state,
    saw: shownText(saw),
    final: final === true,
    ...(remedy === undefined ? {} : { remedy }),
  };
}

function seenBy({ ok, saw, final }: Probed, secrets: readonly string[] = []): Saw {
  const state = ok ? "healthy" : final === true ? "broken" : "unhealthy";
  return { state, saw: shownText(saw, secrets), final: ok || final === true };
}

function broken(why: string): Saw {
  return { state: "broken", saw: shownText(why), final: true };
}

function unchecked(why: string): Saw {
  return { state: "unchecked", saw: shownText(why), final: true };
}
