import { FaberError } from "../../../src/core/error.ts";
import { stringAt } from "../../../src/core/json.ts";
import type { Resource } from "../../../src/core/resource.ts";
import type { ClientSettings } from "../client-config.ts";

/** How to ask whether resources of some types exist, by the service's own API. */
export interface ExistenceProbe {
  readonly types: readonly string[];
  /** `service:Operation`, as in IAM policies where the two agree. */
  readonly call: string;
  /** False: the service answers, and the thing is not there. Throws what the API throws. */
  readonly ask: (resource: Resource) => Promise<boolean>;
}

/** One row of a service's table; an answer of `false` means missing, any other answer found. */
export interface ProbeRow<Client> {
  readonly types: readonly string[];
  readonly call: string;
  readonly ask: (client: Client, of: Attributes, resource: Resource) => Promise<unknown>;
}

/** The text attributes of a resource of the state. */
export interface Attributes {
  /** Throws when the state holds none: without it, the question cannot be put. */
  readonly text: (name: string) => string;
  readonly maybe: (name: string) => string | undefined;
}

export type ProbesOf = (settings: ClientSettings) => readonly ExistenceProbe[];

/** The probes of one service, whose SDK is loaded, once, by the first question. */
export function probesOf<Client>(
  open: (settings: ClientSettings) => Promise<Client>,
  rows: readonly ProbeRow<Client>[],
): ProbesOf {
  return (settings) => {
    let client: Promise<Client> | undefined;
    return rows.map(({ types, call, ask }) => ({
      types,
      call,
      ask: async (resource) => {
        client ??= open(settings);
        return (await ask(await client, attributesOf(resource), resource)) !== false;
      },
    }));
  };
}

export function attributesOf(resource: Resource): Attributes {
  const maybe = (name: string): string | undefined =>
    stringAt(resource.attributes[name]) || (name === "id" ? resource.id : undefined) || undefined;
  const text = (name: string): string => {
    const value = maybe(name);
    if (value !== undefined) return value;
    throw new FaberError({
      code: "attribute-missing",
      exit: "verification-failed",
      message: `the state holds no ${name}`,
    });
  };
  return { text, maybe };
}
