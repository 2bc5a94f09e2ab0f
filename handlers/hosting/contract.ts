import type { Environment } from "../../src/core/environment.ts";
import type { Identity } from "../../src/core/identity.ts";
import type { Resource } from "../../src/core/resource.ts";

/** A cloud, or what plays one: one folder, one value of this type, one line in the registry. */
export interface HostingHandler {
  readonly name: string;
  /** Starts what must run (an emulator) and refuses what must not be mixed; throws FaberError. */
  readonly open: (setting: HostingSetting) => Promise<HostingSession>;
}

export interface HostingSetting {
  readonly environment: Environment;
  /** The surroundings of faber itself; the session decides what of it a child process may see. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  readonly say: (text: string) => void;
}

export interface HostingSession {
  /** Environment for Terraform and other tools: the caller's, with this hosting's credentials and endpoint and no others. */
  readonly processEnv: Readonly<Record<string, string>>;
  /** Values that must never appear in any output. */
  readonly secrets: readonly string[];
  /** Asks the cloud who is calling; throws FaberError (exit 8) when it does not say, or says another account. */
  readonly identify: () => Promise<Identity>;
  /** Asks the cloud's own API for each resource; one answer a resource, in the same order. */
  readonly exists: (resources: readonly Resource[], signal: AbortSignal) => Promise<readonly Existence[]>;
  /** What an encoded authorisation message says, as JSON; nothing when the caller may not ask. */
  readonly decode?: (encoded: string) => Promise<string | undefined>;
  /** A URL that Terraform prints, as it can be reached from here. */
  readonly reachable: (url: string) => string;
  /** Absent where a hosting stores no objects. */
  readonly objects?: ObjectStorage;
}

/** Whole objects by their address, `s3://BUCKET/KEY`; throws FaberError. */
export interface ObjectStorage {
  /** Resolves when the storage has acknowledged every byte, and not before. */
  readonly put: (address: string, body: Uint8Array) => Promise<void>;
  /** Refuses what is larger than `atMost` bytes. */
  readonly get: (address: string, atMost: number) => Promise<Uint8Array>;
}

export interface Existence {
  readonly address: string;
  /** `unverifiable`: this hosting has no way to ask for that type; `unknown`: it asked and got no clear answer. */
  readonly answer: "found" | "missing" | "unverifiable" | "unknown";
  /** The call that answered, e.g. `sqs:GetQueueUrl`. */
  readonly by?: string;
  readonly why?: string;
  /** Set with `unverifiable` for what no cloud holds: it lives in the state alone or on this machine. */
  readonly cloudless?: true;
}
