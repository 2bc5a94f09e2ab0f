import { resolve } from "node:path";
import {
  defaultHealthPolicy,
  healthKinds,
  healthServices,
  type HealthCheck,
  type HealthHow,
  type HealthKind,
  type HealthPolicy,
  type HealthService,
  type HttpWish,
  type ServiceWish,
} from "../core/health.ts";
import { withoutUndefined } from "../core/without-undefined.ts";
import type { LoadedConfig } from "./load.ts";
import type { ConfigFile, EnvironmentConfig } from "./schema.ts";

type Written = NonNullable<EnvironmentConfig["health"]>[number];
type WrittenPolicy = NonNullable<EnvironmentConfig["health_policy"]>;

/** Days that a certificate must still hold where nobody says otherwise: time enough to renew it. */
const defaultTlsDays = 14;

/** What holds for every health check of an environment: its own policy, then the file's, then the default. */
export function healthPolicyOf(file: ConfigFile | undefined, entry: EnvironmentConfig): HealthPolicy {
  const of = <Key extends keyof WrittenPolicy>(key: Key) =>
    entry.health_policy?.[key] ?? file?.health_policy?.[key];
  const { budget, onFailure, derive } = defaultHealthPolicy;
  const interval = of("interval");
  return {
    budget: {
      ...budget,
      tries: of("tries") ?? budget.tries,
      intervalMs: interval === undefined ? budget.intervalMs : interval * 1_000,
    },
    onFailure: of("on_failure") ?? onFailure,
    derive: of("derive") ?? derive,
  };
}

/** The health checks of one environment; `config` is the file that they stand in. */
export function healthOf(
  config: LoadedConfig | undefined,
  environment: string,
  policy: HealthPolicy,
): readonly HealthCheck[] {
  const written = config?.value.environments[environment]?.health ?? [];
  if (config === undefined) return [];
  return written.map((check, index) => {
    const source = config.at(["environments", environment, "health", index]);
    const inFolder = (path: string): string => resolve(config.folder, path);
    return { ...checkOf(check, policy), how: howOf(check, inFolder), source };
  });
}

/** What one entry asks; the rules of the file make sure that there is exactly one. */
function kindsIn(check: Written): readonly HealthKind[] {
  return healthKinds.filter((kind) => check[kind] !== undefined);
}

function kindOf(check: Written): HealthKind {
  return kindsIn(check)[0] ?? "http";
}

function checkOf(check: Written, { budget, onFailure }: HealthPolicy): Omit<HealthCheck, "how" | "source"> {
  const target = check[kindOf(check)] ?? "";
  return {
    name: nameOf(check),
    target,
    budget: {
      tries: check.tries ?? budget.tries,
      intervalMs: check.interval === undefined ? budget.intervalMs : check.interval * 1_000,
      timeoutMs: check.timeout === undefined ? budget.timeoutMs : check.timeout * 1_000,
    },
    onFailure: check.on_failure ?? onFailure,
    required: check.required ?? false,
  };
}

function nameOf(check: Written): string {
  const kind = kindOf(check);
  return check.name ?? `${kind} ${check[kind] ?? ""}`;
}

function howOf(check: Written, inFolder: (path: string) => string): HealthHow {
  const kind = kindOf(check);
  const caFile = check.ca === undefined ? {} : { caFile: inFolder(check.ca) };
  if (kind === "tcp") return { kind };
  if (kind === "tls") return { kind, minDays: check.tls_days ?? defaultTlsDays, ...caFile };
  if (isService(kind)) return { kind, ...serviceWish(check) };
  return { kind: "http", ...httpWish(check), ...caFile };
}

function httpWish(check: Written): HttpWish {
  const { method = "GET", headers = {}, status = [200], json = {}, redirects = 0 } = check;
  return {
    method,
    headers,
    status: [status].flat(),
    json,
    responseHeaders: check.response_headers ?? {},
    redirects,
    ...withoutUndefined({
      send: check.send,
      contains: check.contains,
      matches: check.matches,
      maxLatencyMs: check.max_latency,
      redirectTo: check.redirect_to,
      minDays: check.tls_days,
    }),
  };
}

function isService(kind: HealthKind): kind is HealthService {
  return (healthServices as readonly string[]).includes(kind);
}

function serviceWish(check: Written): ServiceWish {
  return withoutUndefined({
    event: check.event === undefined ? undefined : JSON.stringify(check.event),
    maxMessages: check.max_messages,
    maxAgeS: check.max_age,
    deadLetterEmpty: check.dead_letter_empty,
  });
}

const common = ["name", "tries", "interval", "timeout", "on_failure", "required"] as const;
const ownKeys: Readonly<Partial<Record<HealthKind, readonly string[]>>> = {
  http: [
    "status",
    "method",
    "headers",
    "send",
    "contains",
    "matches",
    "json",
    "response_headers",
    "max_latency",
    "redirects",
    "redirect_to",
    "tls_days",
    "ca",
  ],
  tls: ["tls_days", "ca"],
  lambda: ["event"],
  queue: ["max_messages", "max_age", "dead_letter_empty"],
};

/** Entries of `health:` that ask nothing, several things, or what their kind does not know. */
export function brokenHealth(
  entry: EnvironmentConfig,
  complain: (path: readonly (string | number)[], text: string) => void,
): void {
  const names = new Set<string>();
  for (const [index, check] of (entry.health ?? []).entries()) {
    const path = ["health", index];
    const [kind, ...others] = kindsIn(check);
    if (kind === undefined || others.length > 0) {
      complain(path, `must have exactly one of ${healthKinds.join(", ")}`);
      continue;
    }
    const known: readonly string[] = [...common, kind, ...(ownKeys[kind] ?? [])];
    for (const key of Object.keys(check).filter((candidate) => !known.includes(candidate)))
      complain([...path, key], `is of no use with ${kind}`);
    const name = nameOf(check);
    if (names.has(name)) complain(path, `is called "${name}" as another one: give it a name of its own`);
    names.add(name);
    if (check.redirect_to !== undefined && check.redirects !== undefined)
      complain([...path, "redirects"], "and redirect_to exclude each other");
    for (const unknown of badTemplates(check))
      complain(path, `has {{${unknown}}}, which is neither outputs.NAME nor env.NAME`);
  }
}

/** What stands in double braces and is nothing that faber fills in. */
function badTemplates(check: Written): readonly string[] {
  const texts = [...Object.values(check), ...Object.values(check.headers ?? {})];
  return texts
    .filter((text) => typeof text === "string")
    .flatMap((text) => [...text.matchAll(/\{\{([^{}]{0,200})\}\}/g)])
    .map((match) => (match[1] ?? "").trim())
    .filter((inner) => !/^(?:outputs|env)\.[A-Za-z_][A-Za-z0-9_-]*$/.test(inner));
}
