import { setTimeout as wait } from "node:timers/promises";
import { FaberError } from "../../../src/core/error.ts";
import { stringAt } from "../../../src/core/json.ts";
import type { Resource } from "../../../src/core/resource.ts";
import { describeError, troubleOf } from "../api-error.ts";
import { clientSettings, type ClientConfig } from "../client-config.ts";
import type { Existence } from "../contract.ts";
import { sessionError, type SessionLabel } from "../credential-error.ts";
import { inParallel, interruption } from "./parallel.ts";
import type { ExistenceProbe } from "./probe.ts";
import { allProbes } from "./services.ts";

export interface AskContext {
  readonly config: ClientConfig;
  readonly label: SessionLabel;
  readonly signal: AbortSignal;
  /** Hears of each first answer as it comes: it stays known when the session breaks off. */
  readonly onAnswer?: (answer: Existence) => void;
}

/** The real APIs may not yet know what they have just made: a missing thing is asked for again after these. */
const askAgainAfterMs = [1_000, 3_000];

/** Asks for every resource, some at a time; throws FaberError when the session as a whole cannot ask. */
export async function askEach(
  resources: readonly Resource[],
  context: AskContext,
): Promise<readonly Existence[]> {
  const interrupted = interruption(context.signal);
  const probeFor = probesByRegion(context.config);
  const answers = new Map<number, Existence>();
  const ask = async (indexes: readonly number[]): Promise<void> =>
    inParallel(indexes, async (index) => {
      const resource = resources[index];
      if (resource === undefined) return;
      const answer = await interrupted.unless(() => askOne(resource, probeFor(resource), context.label));
      if (!answers.has(index)) context.onAnswer?.(answer);
      answers.set(index, answer);
    });
  try {
    await ask([...resources.keys()]);
    for (const pause of context.config.endpoint === undefined ? askAgainAfterMs : []) {
      const missing = [...answers]
        .filter(([, answer]) => answer.answer === "missing")
        .map(([index]) => index);
      if (missing.length === 0) break;
      await interrupted.unless(() => wait(pause));
      await ask(missing);
    }
  } finally {
    interrupted.close();
  }
  return resources.map((resource, index) => answers.get(index) ?? unknown(resource, "it was not asked for"));
}

/** A root may hold things of several regions, by provider aliases: each is asked for where it is. */
function probesByRegion(config: ClientConfig): (resource: Resource) => ExistenceProbe | undefined {
  const regions = new Map<string, ReadonlyMap<string, ExistenceProbe>>();
  return (resource) => {
    const region = regionOf(resource) ?? config.region;
    const probes = regions.get(region) ?? probesByType({ ...config, region });
    regions.set(region, probes);
    return probes.get(resource.type);
  };
}

function probesByType(config: ClientConfig): ReadonlyMap<string, ExistenceProbe> {
  const probes = allProbes(config, clientSettings(config));
  return new Map(probes.flatMap((probe) => probe.types.map((type) => [type, probe] as const)));
}

/** From the resource itself, else from its ARN: `arn:partition:service:region:account:…`. */
function regionOf(resource: Resource): string | undefined {
  return stringAt(resource.attributes["region"]) || resource.arn?.split(":")[3] || undefined;
}

async function askOne(
  resource: Resource,
  probe: ExistenceProbe | undefined,
  label: SessionLabel,
): Promise<Existence> {
  if (probe === undefined) return unverifiable(resource);
  const asked = { address: resource.address, by: probe.call };
  try {
    const found = await probe.ask(resource);
    return { ...asked, answer: found ? "found" : "missing" };
  } catch (error) {
    if (error instanceof FaberError && error.code === "attribute-missing") {
      return unknown(resource, error.message, probe.call);
    }
    const whole = sessionError(error, label);
    if (whole !== undefined) throw whole;
    const trouble = troubleOf(error);
    if (trouble === "not-found") return { ...asked, answer: "missing", why: describeError(error) };
    if (trouble === "other") return unknown(resource, describeError(error), probe.call);
    throw error;
  }
}

function unverifiable(resource: Resource): Existence {
  const { address, type } = resource;
  if (!isCloudless(resource))
    return { address, answer: "unverifiable", why: `no API call is known for ${type}` };
  return { address, answer: "unverifiable", cloudless: true, why: "not a cloud resource" };
}

function unknown(resource: Resource, why: string, by?: string): Existence {
  return { address: resource.address, answer: "unknown", why, ...(by === undefined ? {} : { by }) };
}

/** Providers whose resources live in the state alone or on this machine. */
const cloudlessProviders = new Set([
  "random",
  "null",
  "archive",
  "tls",
  "local",
  "time",
  "terraform",
  "external",
  "template",
  "cloudinit",
]);

function isCloudless(resource: Resource): boolean {
  return cloudlessProviders.has(resource.provider.split("/").at(-1) ?? "");
}
