/** What past failures and grants of this project tell. None of it is proof: a denial can be forged. */
export interface Experience {
  /** Resource types that were granted for before, in this environment. */
  readonly grantedTypes: readonly string[];
  /** Actions that were denied before, by resource type. */
  readonly deniedActions: Readonly<Record<string, readonly string[]>>;
}

export const noExperience: Experience = { grantedTypes: [], deniedActions: {} };
