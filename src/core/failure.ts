import type { Place } from "./finding.ts";

export const categories = [
  "permission",
  "config",
  "resource",
  "state",
  "network",
  "quota",
  "unknown",
] as const;
export type Category = (typeof categories)[number];

/** Which layer of AWS's policy evaluation said no, as far as the text tells. */
export type DenyingLayer =
  | "identity-policy"
  | "resource-policy"
  | "explicit-deny"
  | "organization-policy"
  | "permissions-boundary"
  | "session-policy"
  | "endpoint-policy";

/** How sure the reading is: `high`: a code or several signs that agree; `low`: a guess. */
export type Certainty = "high" | "medium" | "low";

/** An error that stopped something, read out of whatever it was wrapped in. */
export interface Failure {
  readonly category: Category;
  readonly secondaryCategory?: Category;
  readonly confidence: Certainty;
  /** The service's or tool's own code, e.g. `AccessDeniedException`. */
  readonly code?: string;
  readonly httpStatus?: number;
  /** Terraform's type (`aws_sqs_queue`), or the service (`sqs`) where no resource is named. */
  readonly resourceType?: string;
  readonly resourceAddress?: string;
  /** IAM action that was denied, e.g. `sqs:CreateQueue`. */
  readonly action?: string;
  readonly principal?: string;
  readonly resourceArn?: string;
  readonly deniedBy?: DenyingLayer;
  /** AWS's encoded authorisation message, still encoded. */
  readonly encodedMessage?: string;
  readonly at?: Place;
  /** Whether the same call may pass when it is simply made again later. */
  readonly transient: boolean;
  /** The failure's own text, without wrappers; not yet redacted. */
  readonly message: string;
  /** The same with everything replaced that differs from case to case: what the identity is made of. */
  readonly normalizedMessage: string;
  /** Values that steps of a solution may name: `lock_id`, `argument`, `bucket`, `limit`, … */
  readonly details: Readonly<Record<string, string>>;
}

/** All failures of one text; `root` is the index of the one that the others follow from. */
export interface Reading {
  readonly failures: readonly Failure[];
  readonly root: number;
}

/** Names one kind of failure for good. A better algorithm gets a new version and keeps the old IDs as aliases. */
export interface FailureIdentity {
  /** sha256 in hex of normalised message, `|`, resource type. */
  readonly id: string;
  readonly algorithm: number;
}
