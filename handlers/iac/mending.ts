import type { Told } from "../../src/core/diagnostic.ts";
import type { Place } from "../../src/core/finding.ts";
import type { JsonObject } from "../../src/core/json.ts";

/** What can be done about a project that is stuck, beyond planning and applying. Failing is data, as in IacProject. */
export interface IacMending {
  readonly imports: ImportDesk;
  readonly locks: LockDesk;
  readonly providers: ProviderDesk;
  readonly backend: BackendDesk;
  readonly state: StateDesk;
  readonly sources: SourceDesk;
}

/** Imports that every plan of this run brings along; nothing of them stays in the user's files. */
interface ImportDesk {
  /** Those that somebody said yes to. */
  readonly agreed: () => readonly AgreedImport[];
  readonly agree: (imports: readonly AgreedImport[]) => void;
  readonly withdraw: (addresses: readonly string[]) => void;
  /** The raw plan document with these imports and those agreed upon; nothing is kept of it. */
  readonly preview: (imports: readonly ImportWish[]) => Promise<Told<JsonObject>>;
  /** How the tool's provider names an existing object of this type. */
  readonly idFor: (planned: ResourceToImport) => ImportId;
}

export interface ImportWish {
  readonly address: string;
  readonly id: string;
}

export interface AgreedImport extends ImportWish {
  /** Canonical JSON of the planned change as it was shown; another one was not agreed upon. */
  readonly change: string;
}

export interface ResourceToImport {
  readonly type: string;
  /** As planned: what is known only after the apply is missing. */
  readonly attributes: JsonObject;
  readonly account?: string;
  readonly region?: string;
}

export type ImportId =
  | { readonly kind: "known"; readonly id: string }
  /** Only the cloud can tell: `url` or `arn`. */
  | { readonly kind: "look-up"; readonly what: "url" | "arn" }
  | { readonly kind: "unknown"; readonly why: string };

/** A lock on the state, as Terraform tells of it. */
export interface StateLock {
  readonly id: string;
  readonly path?: string;
  readonly operation?: string;
  /** `user@host`. */
  readonly who?: string;
  /** ISO 8601, UTC. */
  readonly created?: string;
}

export interface LockDesk {
  /** Whether a run of ours that is dead for certain holds it. */
  readonly holder: (lock: StateLock) => Promise<LockHolder>;
  readonly unlock: (id: string) => Promise<Told<void>>;
}

type LockHolder =
  | { readonly kind: "our-dead-run"; readonly runId: string; readonly pid: number; readonly command: string }
  | { readonly kind: "other"; readonly why: string };

/** A lock file before and after; absent text where there is no file. */
export interface LockFileChange {
  readonly before: string | undefined;
  readonly after: string | undefined;
}

export interface ProviderDesk {
  /** What choosing versions anew would make of the lock file; nothing is changed by asking. */
  readonly previewUpgrade: () => Promise<Told<LockFileChange>>;
  readonly upgrade: () => Promise<Told<void>>;
  /**
   * What adding the checksums of these platforms would make of the lock file; nothing is changed by asking. `mirror`:
   * the folder whose word they are, where the provider's own registry, who signs them, did not answer.
   */
  readonly previewPlatforms: (
    platforms: readonly string[],
  ) => Promise<Told<LockFileChange & { readonly mirror?: string }>>;
  /** `linux_amd64` and the like, of this machine. */
  readonly platform: string;
  readonly writeLockFile: (text: string | undefined) => Promise<void>;
  /** Source → chosen version. */
  readonly versionsIn: (lockFile: string | undefined) => Readonly<Record<string, string>>;
}

/** Where a state lies, and what it holds. */
export interface StatePlace {
  /** For a person: `s3 (bucket shop-state, key shop/test.tfstate)`. */
  readonly name: string;
  /** Absent when there is no state. */
  readonly state?: { readonly lineage: string; readonly serial: number; readonly resources: number };
}

export interface BackendDesk {
  /** The state where it was kept until now, and where the files say it is to be kept. */
  readonly compare: () => Promise<Told<{ readonly former: StatePlace; readonly next: StatePlace }>>;
  /** Initialises for what the files say, and carries nothing over. */
  readonly reconfigure: () => Promise<Told<void>>;
  /** Remembers what the data folder says about the backend; the answer puts it back. */
  readonly remember: () => Promise<() => Promise<void>>;
}

export interface StateBackup {
  /** Absolute; 0600. */
  readonly file: string;
  readonly lineage: string;
  readonly serial: number;
}

export type StateEdit =
  | { readonly kind: "rm"; readonly address: string }
  | { readonly kind: "mv"; readonly from: string; readonly to: string }
  | { readonly kind: "untaint"; readonly address: string }
  | { readonly kind: "replace-provider"; readonly from: string; readonly to: string };

export interface StateDesk {
  /** Copies the state into the state folder before anything else is done to it. */
  readonly backUp: (now: Date) => Promise<Told<StateBackup>>;
  /** Puts a backup back as the newest version. */
  readonly restore: (backup: StateBackup) => Promise<Told<void>>;
  readonly edit: (edit: StateEdit) => Promise<Told<void>>;
  /** The plan document of taking notice of what is really there, and how to do it. */
  readonly previewRefresh: () => Promise<
    Told<{ readonly document: JsonObject; readonly apply: () => Promise<Told<void>> }>
  >;
  readonly errored: () => Promise<ErroredState>;
}

/** The user's own files, a line at a time. */
export interface SourceDesk {
  /** The line that a tool points to, or why it is none of the user's to change. */
  readonly line: (at: Place) => Promise<SourceLine>;
}

export type SourceLine =
  | { readonly kind: "refused"; readonly why: string }
  | {
      readonly kind: "line";
      readonly text: string;
      /** Writes another text for it, if it is still what it was, and says whether it was. */
      readonly replace: (text: string) => Promise<boolean>;
    };

/** A state that could not be stored and was left in the root. */
export type ErroredState =
  | { readonly kind: "none" }
  | { readonly kind: "unusable"; readonly why: string; readonly hints: readonly string[] }
  | {
      readonly kind: "newer";
      readonly file: string;
      readonly serial: number;
      /** Of what is stored now; absent when nothing is. */
      readonly storedSerial?: number;
      readonly resources: number;
      readonly storedResources: number;
      /** Stores it, and renames the file. */
      readonly push: () => Promise<Told<void>>;
      /** Gives the file its name back. */
      readonly unname: () => Promise<void>;
    };
