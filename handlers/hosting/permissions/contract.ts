import type { Resource } from "../../../src/core/resource.ts";
import type { ActionsFor } from "../../../src/permissions/needed-action.ts";
import type { Deployer } from "../../../src/permissions/principal.ts";
import type { Question } from "../../../src/permissions/question.ts";
import type { Statement } from "../../../src/permissions/statement.ts";

/**
 * Permissions of the deploy identity, given and taken by another one: the grantor. What changes something, and `look`,
 * needs a grantor and throws FaberError without one, or where IAM refuses it. `view` and `simulate` ask as the deploy
 * identity itself where there is no grantor.
 */
export interface PermissionService {
  /** What the provider uses for a resource type. */
  readonly actionsFor: ActionsFor;
  /** `recorded`: seen; `documented`: read about; nothing for a type that is not known. */
  readonly sourceOf: (type: string) => "recorded" | "documented" | undefined;
  /** Actions that this cloud judges on `*` although AWS judges them on a resource: an emulator's; none on AWS. */
  readonly judgedAnywhere: ReadonlySet<string>;
  /** Who deploys; throws `not-a-grantee` for root, for a reserved role, and for what is neither user nor role. */
  readonly deployer: () => Promise<Deployer>;
  /** Checks that the grantor is somebody else in the same account, and reads what faber and others gave. */
  readonly look: () => Promise<Standing>;
  /** The same for a question: with what can be read, by whoever may. */
  readonly view: () => Promise<View>;
  /** Writes down what is about to be done, does it, and writes down what came of it. */
  readonly grant: (request: GrantRequest) => Promise<Granted>;
  /** Takes grants away and proves by reading that they are gone. */
  readonly revoke: (request: RevokeRequest) => Promise<readonly string[]>;
  /** What IAM would decide for the deploy identity; nothing where it cannot be asked. */
  readonly simulate: (request: SimulationRequest) => Promise<readonly SimulationAnswer[] | undefined>;
  /** Waits until the statements are in force, as the deploy identity itself finds. */
  readonly probe: (request: ProbeRequest) => Promise<Probed>;
  /** Writes a policy to a file for somebody else to attach; returns its absolute path. */
  readonly writeReview: (request: GrantRequest) => Promise<string>;
  /** What was granted before, by the audit file of this folder. */
  readonly grantedTypes: () => Promise<readonly string[]>;
}

/** What a deploy identity has. */
export interface View {
  readonly deployer: Deployer;
  /** ARN of who read it. */
  readonly reader: string;
  /** ARNs of its managed policies, faber's own among them. */
  readonly attached: readonly string[];
  /** Faber's own policies of this project and environment. */
  readonly own: readonly OwnPolicy[];
  /** Why its policies could not be read; then none are listed. */
  readonly unread?: string;
  /** Why it was not the grantor who read it, where one is configured. */
  readonly instead?: string;
}

/** What a deploy identity has, read by a grantor who may grant more. */
export interface Standing extends Omit<View, "unread" | "instead"> {
  /** ARN of the caller. */
  readonly grantor: string;
}

export interface OwnPolicy {
  readonly name: string;
  /** Absent for one that is written into the user or role itself. */
  readonly arn?: string;
  readonly statements: readonly Statement[];
}

export interface GrantRequest {
  readonly grant: string;
  readonly statements: readonly Statement[];
  readonly until: string;
  readonly types: readonly string[];
  readonly run: string;
  readonly by: string;
  /** IDs of the issues that it is for. */
  readonly why: readonly string[];
  /** ISO 8601. */
  readonly at: string;
}

export interface Granted {
  /** Names of the policies that were written. */
  readonly policies: readonly string[];
}

export interface RevokeRequest {
  /** IDs of grants, all of them, or those that have ended at `at`. */
  readonly which: readonly string[] | "all" | "expired";
  readonly run: string;
  readonly by: string;
  readonly at: string;
}

export interface SimulationRequest {
  readonly questions: readonly Question[];
  /** As if the deploy identity had these too. */
  readonly more?: readonly Statement[];
  /** The time that is asked about, ISO 8601. */
  readonly at: string;
}

export interface SimulationAnswer extends Question {
  readonly decision: "allowed" | "not-allowed" | "denied";
  /** The layer that stands in the way, where IAM says so. */
  readonly blockedBy?: "permissions-boundary" | "organization-policy";
}

export interface ProbeRequest {
  readonly statements: readonly Statement[];
  /** Resources whose reads show it, as they are planned. */
  readonly resources: readonly Resource[];
  /** ISO 8601. */
  readonly at: string;
  readonly signal: AbortSignal;
}

export interface Probed {
  readonly inForce: boolean;
  /** `iam:SimulatePrincipalPolicy`, `s3:HeadBucket`, …: what was asked. */
  readonly by: readonly string[];
  readonly tries: number;
}
