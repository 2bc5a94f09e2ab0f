import { askIdentity } from "./identify.ts";
import type { ClientConfig, Credentials } from "./client-config.ts";
import type { HostingSession } from "./contract.ts";
import { sessionError, type SessionLabel } from "./credential-error.ts";

export interface SessionParts {
  readonly config: ClientConfig;
  readonly processEnv: Readonly<Record<string, string>>;
  readonly label: SessionLabel;
  readonly account: string | undefined;
  readonly signal: AbortSignal;
  /** Throws for an access key that must not be used here. */
  readonly checkKey: (accessKeyId: string) => void;
  readonly reachable: (url: string) => string;
}

/** What the real AWS and its emulators have in common. */
export function createSession(parts: SessionParts): HostingSession {
  const secrets = new Set<string>();
  learn(secrets, parts.processEnv);
  return {
    processEnv: parts.processEnv,
    // Grows when a profile's keys become known: read it again after `identify`.
    get secrets() {
      return [...secrets];
    },
    identify: async () => {
      const credentials = await resolve(parts);
      parts.checkKey(credentials.accessKeyId);
      learn(secrets, {
        AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
        AWS_SESSION_TOKEN: credentials.sessionToken,
      });
      return askIdentity(parts.config, parts.label, { account: parts.account, signal: parts.signal });
    },
    exists: async (resources, signal, onAnswer) => {
      const { askEach } = await import("./existence/ask-each.ts");
      const asking = { config: parts.config, label: parts.label, signal };
      return askEach(resources, onAnswer === undefined ? asking : { ...asking, onAnswer });
    },
    posture: async (resources, signal) => {
      const { readPosture } = await import("./posture/read-posture.ts");
      return readPosture(resources, { config: parts.config, label: parts.label, signal });
    },
    monitoring: async (resources, signal) => {
      const { readMonitoring } = await import("./monitoring/read-monitoring.ts");
      return readMonitoring(resources, { config: parts.config, label: parts.label, signal });
    },
    health: async (request, signal, onAnswer) => {
      const { readHealth } = await import("./health/read-health.ts");
      return readHealth(request, { config: parts.config, label: parts.label, signal }, onAnswer);
    },
    tagged: async (tags, signal, regions = []) => {
      const { findTagged } = await import("./inventory/find-tagged.ts");
      return findTagged(tags, regions, { config: parts.config, label: parts.label, signal });
    },
    decode: async (encoded) => {
      const { decodeAuthorization } = await import("./decode-authorization.ts");
      return decodeAuthorization(parts.config, encoded);
    },
    reachable: parts.reachable,
    objects: {
      put: async (address, body) => (await import("./object-storage.ts")).putObject(parts, address, body),
      get: async (address, atMost) => (await import("./object-storage.ts")).getObject(parts, address, atMost),
    },
  };
}

async function resolve(parts: SessionParts): Promise<Credentials> {
  try {
    return await parts.config.credentials();
  } catch (error) {
    throw sessionError(error, parts.label) ?? error;
  }
}

/** A short value is a dummy such as `test`: hiding it would blank out ordinary words. */
function learn(secrets: Set<string>, env: Readonly<Record<string, string | undefined>>): void {
  for (const name of ["AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"]) {
    const value = env[name];
    if (value !== undefined && value.length >= 12) secrets.add(value);
  }
}
