import type { Problem } from "./problem.ts";

/**
 * What goes wrong around the state. `inner` problems are told with their cause: the state is the outer problem and
 * decides, the cause stays part of the identity.
 */
export interface StateProblem extends Problem {
  readonly inner: boolean;
}

export const stateProblems: readonly StateProblem[] = [
  {
    name: "state-not-migrated",
    category: "state",
    inner: true,
    phrases: [
      "error copying state from the previous",
      "error migrating the workspace",
      "error copying state from",
      "failed to migrate state",
      "error while copying the state",
    ],
  },
  {
    name: "state-not-saved",
    category: "state",
    inner: true,
    phrases: [
      "failed to save state",
      "error saving state",
      "failed to upload state",
      "failed to persist state",
      "error uploading state",
      "error persisting state",
      "failed to write state",
    ],
  },
  {
    name: "state-lock",
    category: "state",
    inner: true,
    phrases: ["error acquiring the state lock", "error locking state", "failed to lock state"],
  },
  {
    name: "state-unlock",
    category: "state",
    inner: true,
    phrases: [
      "error releasing the state lock",
      "failed to unlock state",
      "failed to force-unlock",
      "error unlocking the state",
    ],
  },
  {
    name: "state-digest-mismatch",
    category: "state",
    inner: false,
    phrases: [
      "state data in s3 does not have the expected content",
      "checksum calculated for the state … does not match the checksum",
      "update the digest value stored in the dynamodb table",
    ],
  },
  {
    name: "state-too-new",
    category: "state",
    phrases: ["state snapshot was created by terraform", "state file … newer than"],
    inner: false,
  },
  {
    name: "state-provider-too-new",
    category: "state",
    phrases: ["resource instance managed by newer provider version", "built by a newer provider version"],
    inner: false,
  },
  {
    name: "state-version-unsupported",
    category: "state",
    phrases: ["does not support state version"],
    inner: false,
  },
  {
    name: "state-bucket-missing",
    category: "state",
    inner: false,
    phrases: [
      "s3 bucket … does not exist. the referenced s3 bucket must have been previously created",
      "s3 bucket does not exist. the referenced",
      "existing workspaces: … bucket does not exist",
      "error loading state: … bucket does not exist",
      "error refreshing state: … bucket does not exist",
    ],
  },
  {
    name: "state-unreadable",
    category: "state",
    inner: false,
    phrases: [
      "unsupported state file format",
      "state file could not be parsed",
      "the state file could not be read",
    ],
  },
  {
    name: "state-resource-missing",
    category: "state",
    inner: false,
    phrases: [
      "no matching objects found",
      "invalid target address",
      "no instance found for the given address",
    ],
  },
  {
    name: "state-lineage",
    category: "state",
    phrases: ["cannot import state with lineage", "refusing to write … with a different lineage"],
    inner: false,
  },
  {
    name: "state-serial",
    category: "state",
    phrases: ["cannot overwrite existing state with serial"],
    inner: false,
  },
];

/** The lock is held by another run; what the backends say then. */
export const lockHeld: readonly string[] = [
  "conditionalcheckfailedexception",
  "the conditional request failed",
  "preconditionfailed",
  "resource temporarily unavailable",
  "state already locked",
  "state blob is already locked",
  "workspace is already locked",
  "already locked by",
];

/** Reading a state that is not allowed is a question of permission; the state comes second. */
export const stateReadings: readonly string[] = [
  "error loading state",
  "error reloading remote state",
  "error loading the backend",
  "failed to load state",
  "failed to read state",
  "error reading state",
  "unable to list objects in s3 bucket",
  "failed to get existing workspaces",
  "error inspecting states in the",
  "error configuring the backend",
  "unable to access object … in s3 bucket",
  "error refreshing state: ",
];
