import { askIdentity } from "./identify.ts";
import type { ClientConfig, Credentials } from "./client-config.ts";
import type { HostingSession } from "./contract.ts";
import { sessionError, type SessionLabel } from "./credential-error.ts";
import { createQuestions } from "./questions.ts";
import { obstacleIn } from "./reap/obstacle.ts";
import { createReaper } from "./reap/reaper.ts";
import type { PermissionSetting } from "./permissions/setting.ts";

export interface SessionParts {
  readonly config: ClientConfig;
  readonly processEnv: Readonly<Record<string, string>>;
  readonly label: SessionLabel;
  readonly account: string | undefined;
  readonly signal: AbortSignal;
  /** Throws for an access key that must not be used here. */
  readonly checkKey: (accessKeyId: string) => void;
  readonly reachable: (url: string) => string;
  readonly consoleLink?: NonNullable<HostingSession["consoleLink"]>;
  readonly permissions: PermissionSetting;
}

/** What the real AWS and its emulators have in common. */
export function createSession(parts: SessionParts): HostingSession {
  const secrets = new Set<string>();
  learn(secrets, parts.processEnv);
  const identify: HostingSession["identify"] = async () => {
    const credentials = await resolve(parts);
    parts.checkKey(credentials.accessKeyId);
    learn(secrets, {
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_SESSION_TOKEN: credentials.sessionToken,
    });
    return askIdentity(parts.config, parts.label, { account: parts.account, signal: parts.signal });
  };
  return {
    processEnv: parts.processEnv,
    // Grows when a profile's keys become known: read it again after `identify`.
    get secrets() {
      return [...secrets];
    },
    identify,
    ...createQuestions(parts),
    quotas: {
      read: async (quota) => (await import("./service-quotas.ts")).readQuota(parts, quota),
      request: async (quota, value) =>
        (await import("./service-quotas.ts")).requestQuota(parts, quota, value),
    },
    ...(parts.consoleLink === undefined ? {} : { consoleLink: parts.consoleLink }),
    obstacle: obstacleIn,
    empty: async (resource, signal) => {
      const { emptyBucket } = await import("./reap/empty-bucket.ts");
      return emptyBucket(resource, parts.config, signal);
    },
    reaper: createReaper(parts),
    decode: async (encoded) => {
      const { decodeAuthorization } = await import("./decode-authorization.ts");
      return decodeAuthorization(parts.config, encoded);
    },
    reachable: parts.reachable,
    permissions: async () => {
      const { createPermissionService } = await import("./permissions/service.ts");
      return createPermissionService({ ...parts, ...parts.permissions, identify });
    },
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
