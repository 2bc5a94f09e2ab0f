import { FaberError } from "../../../src/core/error.ts";
import { stringAt } from "../../../src/core/json.ts";
import type { Resource } from "../../../src/core/resource.ts";
import type { ClientConfig } from "../client-config.ts";
import type { Inspection, Observation, Unchecked } from "../contract.ts";
import type { SessionLabel } from "../credential-error.ts";
import { inParallel, interruption } from "../existence/parallel.ts";
import { accountIn, clientsOf, deskOf, type Clients, type Desk, type PostureReader } from "./desk.ts";
import { readerOf } from "./readers.ts";

export interface ReadingContext {
  readonly config: ClientConfig;
  readonly label: SessionLabel;
  readonly signal: AbortSignal;
}

/** Looks at the live account, resource by resource; throws FaberError when the session as a whole cannot ask. */
export async function readPosture(
  resources: readonly Resource[],
  { config, label, signal }: ReadingContext,
): Promise<Inspection> {
  const interrupted = interruption(signal);
  const clientsFor = clientsByRegion(config);
  const account = resources.map(({ arn }) => accountIn(arn)).find((one) => one !== undefined);
  const seen = new Map<string, readonly Observation[]>();
  const unchecked: Unchecked[] = [];
  const known = resources.flatMap((resource) => {
    const reader = readerOf(resource.type);
    return reader === undefined ? [] : [{ resource, reader }];
  });
  try {
    await inParallel(known, async ({ resource, reader }) => {
      const desk = deskOf({ clients: clientsFor(resource), label, account, resource, unchecked });
      const look = (): Promise<readonly Observation[]> => readOne(reader, desk, resource);
      seen.set(resource.address, await interrupted.unless(look));
    });
  } finally {
    interrupted.close();
  }
  const doubtful = new Set(unchecked.map(({ address }) => address));
  return {
    observations: known.flatMap(({ resource }) => seen.get(resource.address) ?? []),
    checked: known.map(({ resource }) => resource.address).filter((address) => !doubtful.has(address)),
    unchecked,
    figures: {},
  };
}

async function readOne(
  reader: PostureReader,
  desk: Desk,
  resource: Resource,
): Promise<readonly Observation[]> {
  try {
    return await reader.read(desk, resource);
  } catch (error) {
    if (!(error instanceof FaberError) || error.code !== "attribute-missing") throw error;
    desk.note("state", error.message);
    return [];
  }
}

/** Each thing is asked about where it is. */
export function clientsByRegion(config: ClientConfig): (resource: Resource) => Clients {
  const regions = new Map<string, Clients>();
  return (resource) => {
    const region = regionOf(resource) ?? config.region;
    const clients = regions.get(region) ?? clientsOf({ ...config, region });
    regions.set(region, clients);
    return clients;
  };
}

/** From the resource itself, else from its ARN: `arn:partition:service:region:account:…`. */
export function regionOf(resource: Resource): string | undefined {
  return stringAt(resource.attributes["region"]) || resource.arn?.split(":")[3] || undefined;
}
