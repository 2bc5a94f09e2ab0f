import type { ServiceWish } from "../../../src/core/health.ts";
import type { Resource } from "../../../src/core/resource.ts";
import type { HealthAnswer } from "../contract.ts";
import { attributesOf, type Attributes } from "../existence/probe.ts";
import type { Desk } from "../posture/desk.ts";

/** What a reader saw of one thing. */
export type Seen = Omit<HealthAnswer, "id" | "call">;

/** What is asked of one thing beyond its being well. */
export interface Asked {
  readonly desk: Desk;
  readonly resource: Resource;
  readonly of: Attributes;
  /** Absent: nobody asked for it by name. */
  readonly wish?: ServiceWish;
  /** ARNs of the state's dead-letter queues. */
  readonly deadLetters: ReadonlySet<string>;
  /** Seconds since 1970. */
  readonly now: number;
}

/** Looks at resources of some types, by a call of their service. */
export interface HealthReader {
  readonly types: readonly string[];
  /** `service:Operation`. */
  readonly call: string;
  /** Throws what the API throws; `undefined`: the service does not know it. */
  readonly read: (asked: Asked) => Promise<Seen | undefined>;
}

export function askedOf(
  desk: Desk,
  resource: Resource,
  { wish, ...more }: Pick<Asked, "deadLetters" | "now"> & { readonly wish: ServiceWish | undefined },
): Asked {
  return { desk, resource, of: attributesOf(resource), ...more, ...(wish === undefined ? {} : { wish }) };
}

export function healthy(saw: string): Seen {
  return { state: "healthy", saw };
}

/** What may come up while somebody waits. */
export function down(saw: string, remedy?: string): Seen {
  return { state: "unhealthy", saw, ...(remedy === undefined ? {} : { remedy }) };
}

/** What waiting does not mend. */
export function broken(saw: string, remedy?: string): Seen {
  return { ...down(saw, remedy), final: true };
}

export function degraded(saw: string, remedy?: string): Seen {
  return { ...down(saw, remedy), state: "degraded" };
}

/** What the statuses of a service mean; any other is one to wait for. */
export interface Statuses {
  readonly well: readonly string[];
  /** It works, but somebody should look. */
  readonly poor?: readonly string[];
  /** It will not come up by itself. */
  readonly lost?: RegExp;
}

/** Judges a status by a table; `reason` is what the service says of it. */
export function byStatus(status: string | undefined, table: Statuses, reason?: string): Seen | undefined {
  if (status === undefined || status === "") return undefined;
  const saw = reason === undefined || reason === "" ? status : `${status}: ${reason}`;
  if (table.well.includes(status)) return healthy(status);
  if (table.poor?.includes(status)) return degraded(saw);
  return table.lost?.test(status) ? broken(saw) : down(saw);
}
