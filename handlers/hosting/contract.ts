import type { ChangeTrace } from "../../src/core/drift.ts";
import type { Diagnostic } from "../../src/core/diagnostic.ts";
import type { Environment } from "../../src/core/environment.ts";
import type { Finding } from "../../src/core/finding.ts";
import type { HealthService, ServiceWish } from "../../src/core/health.ts";
import type { Identity } from "../../src/core/identity.ts";
import type { Resource } from "../../src/core/resource.ts";
import type { PermissionService } from "./permissions/contract.ts";

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
  /**
   * Asks the cloud's own API for each resource; one answer a resource, in the same order. `onAnswer` hears of each
   * as it comes, so that those which came before the session broke off are not lost.
   */
  readonly exists: (
    resources: readonly Resource[],
    signal: AbortSignal,
    onAnswer?: (answer: Existence) => void,
  ) => Promise<readonly Existence[]>;
  /** Reads how open, encrypted and careless with secrets these resources really are. */
  readonly posture?: (resources: readonly Resource[], signal: AbortSignal) => Promise<Inspection>;
  /** Reads whether somebody would hear of it when one of these resources is in trouble. */
  readonly monitoring?: (resources: readonly Resource[], signal: AbortSignal) => Promise<Inspection>;
  /**
   * Asks how well these are, once. Answers come in the order of the questions; a resource of a type that has no
   * health of its own gets none. `onAnswer` hears of each as it comes.
   */
  readonly health?: (
    request: HealthRequest,
    signal: AbortSignal,
    onAnswer?: (answer: HealthAnswer) => void,
  ) => Promise<readonly HealthAnswer[]>;
  /** Everything that carries all of these tags, in the session's region, in `regions`, and in no region. */
  readonly tagged?: (
    tags: Readonly<Record<string, string>>,
    signal: AbortSignal,
    regions?: readonly string[],
  ) => Promise<Inventory>;
  /** What there is under the name of something that is planned; reads alone. */
  readonly locate?: (planned: Resource, signal: AbortSignal) => Promise<Located>;
  /** Absent where a hosting knows no quotas. */
  readonly quotas?: ServiceQuotas;
  /** Who changed these, by the cloud's own record, in the same order; `since` is an ISO 8601 time. */
  readonly whoChanged?: (
    resources: readonly Resource[],
    signal: AbortSignal,
    since?: string,
  ) => Promise<readonly ChangeTrace[]>;
  /** The page of a resource in the cloud's console; absent where there is no console. */
  readonly consoleLink?: (resource: Resource) => string | undefined;
  /** What keeps these from being deleted, where that passes or can be taken away; nothing for what stays. */
  readonly obstacle?: (
    diagnostics: readonly Diagnostic[],
    doomed: readonly Resource[],
  ) => Obstacle | undefined;
  /** Deletes everything that a resource holds, versions included; returns how many things that were. */
  readonly empty?: (resource: Resource, signal: AbortSignal) => Promise<number>;
  /** Finds and removes what runs that died left behind, outside of every state. */
  readonly reaper?: Reaper;
  /** What an encoded authorisation message says, as JSON; nothing when the caller may not ask. */
  readonly decode?: (encoded: string) => Promise<string | undefined>;
  /** A URL that Terraform prints, as it can be reached from here. */
  readonly reachable: (url: string) => string;
  /** Absent where a hosting stores no objects. */
  readonly objects?: ObjectStorage;
  /** Permissions of the deploy identity; absent where a hosting has none to give. */
  readonly permissions?: () => Promise<PermissionService>;
}

/** What is there already, where a plan wants to make something; ARN and URL where only the cloud can tell them. */
export interface Located {
  readonly arn?: string;
  readonly url?: string;
  readonly account: string;
  readonly region: string;
  /** Why there is no answer. */
  readonly why?: string;
}

/** https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference/Welcome.html; throws FaberError. */
export interface ServiceQuotas {
  readonly read: (quota: QuotaName) => Promise<Quota>;
  /** Asks for more; the answer comes some other day. Returns the request's ID and state. */
  readonly request: (quota: QuotaName, value: number) => Promise<QuotaRequest>;
}

export interface QuotaName {
  /** E.g. `ec2`. */
  readonly service: string;
  /** E.g. `L-0263D0A3`. */
  readonly code: string;
}

export interface Quota {
  readonly name: string;
  readonly value: number;
  readonly adjustable: boolean;
  /** A request that is waiting for its answer. */
  readonly open?: QuotaRequest & { readonly value: number };
}

export interface QuotaRequest {
  readonly id: string;
  readonly status: string;
}

/** Why a destroy stopped half way. */
export interface Obstacle {
  readonly kind: "dependency" | "throttling" | "busy" | "not-empty";
  /** For a person: `a network interface is still in use`. */
  readonly why: string;
  /** Seconds before each further try. */
  readonly waits: readonly number[];
  /** Addresses of what must be emptied first. */
  readonly toEmpty: readonly string[];
}

type Tags = Readonly<Record<string, string>>;

export interface Reaper {
  /** Everything that carries all tags of one of these sets, also kinds that a search by tags leaves out. */
  readonly find: (search: ReapSearch, signal: AbortSignal) => Promise<Inventory>;
  /** What an ARN names. */
  readonly identify: (arn: string) => ReapTarget;
  /** The name by which `identify` will know a planned resource; nothing where the plan does not tell. */
  readonly plannedName: (type: string, attributes: Readonly<Record<string, string>>) => string | undefined;
  /** Lower ones go first: what uses others before what is used. */
  readonly order: (target: ReapTarget) => number;
  /** What services made on behalf of these resources and leave behind: the log group of a function. */
  readonly orphansOf: (resources: readonly Resource[], signal: AbortSignal) => Promise<readonly Orphan[]>;
  /**
   * Removes one thing, if the service itself says, asked right before, that it carries the tags. Throws FaberError
   * when the session as a whole cannot ask.
   */
  readonly remove: (target: ReapTarget, guard: ReapGuard, signal: AbortSignal) => Promise<Removal>;
}

export interface ReapSearch {
  readonly tags: readonly Tags[];
  readonly regions: readonly string[];
  /** Names of things that a journal knows, by resource type: asked for one by one where no search finds them. */
  readonly named: readonly { readonly type: string; readonly name: string }[];
}

export interface ReapTarget {
  readonly arn: string;
  /** Resource type in Terraform's words; absent where it is not known. */
  readonly type?: string;
  readonly name: string;
  /** Absent in ARNs that carry none. */
  readonly account?: string;
  readonly region?: string;
  /** Whether `remove` knows how. */
  readonly removable: boolean;
  /** What a person would run to remove it. */
  readonly command: string;
}

export interface ReapGuard {
  readonly account: string;
  /** Whether what the service itself says of its tags makes it ours. */
  readonly isOurs: (tags: Tags) => boolean;
  /** Of a thing that is older, where its service tells its age, it is not ours; ISO 8601, UTC. */
  readonly notBefore?: string;
  /** A thing whose service does not tell its age is left as it is. */
  readonly mustTellAge?: true;
}

export type Removal =
  | { readonly kind: "removed" }
  | { readonly kind: "gone" }
  /** Left as it was; `later`: another thing has to go first. */
  | { readonly kind: "kept"; readonly why: string; readonly later: boolean };

export interface Orphan {
  readonly arn: string;
  /** `log group /aws/lambda/orders`. */
  readonly text: string;
  /** Address of the resource that it was made for. */
  readonly of: string;
  readonly remove: () => Promise<void>;
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

/** What a look at the live account came to. */
export interface Inspection {
  readonly observations: readonly Observation[];
  /** Addresses of the resources that were asked about and answered for in full. */
  readonly checked: readonly string[];
  /** Questions without an answer: refused, not offered by this account or emulator, or broken. */
  readonly unchecked: readonly Unchecked[];
  readonly figures: Readonly<Record<string, number>>;
}

export type Observation = Pick<Finding, "rule" | "severity" | "message" | "remedy"> & {
  readonly address: string;
};

export interface Unchecked {
  readonly address: string;
  /** `service:Operation`. */
  readonly call: string;
  readonly why: string;
}

export interface HealthRequest {
  /** The whole state: named parts are looked for in it, and it tells what is a dead-letter queue. */
  readonly resources: readonly Resource[];
  readonly questions: readonly HealthQuestion[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** About a resource of the state, or about what a person named. */
export type HealthQuestion =
  | { readonly id: string; readonly resource: Resource }
  | {
      readonly id: string;
      readonly service: HealthService;
      /** Name, ARN, address of the state, or what else the service is known by. */
      readonly named: string;
      readonly wish: ServiceWish;
    };

export interface HealthAnswer {
  /** Of the question. */
  readonly id: string;
  /** `degraded`: it works, and somebody must look at it; `unchecked`: it was asked for and there was no answer. */
  readonly state: "healthy" | "degraded" | "unhealthy" | "unchecked";
  /** What was seen, or why there was no answer; text of the service, not yet made safe for a terminal. */
  readonly saw: string;
  /** `service:Operation`. */
  readonly call: string;
  readonly remedy?: string;
  /** Waiting will not change it. */
  readonly final?: true;
}

/** What a search by tags found. */
export interface Inventory {
  readonly resources: readonly TaggedResource[];
  /** The searches that answered, e.g. `tag:GetResources in us-east-1`. */
  readonly checked: readonly string[];
  /** Why others did not. */
  readonly unavailable: readonly string[];
}

export interface TaggedResource {
  readonly arn: string;
  readonly tags: Readonly<Record<string, string>>;
}
