import type { Diagnosis } from "./diagnosis.ts";

/** What somebody else's program says about a failure that nobody knows; unproven, whatever it claims. */
export interface AgentAdvice {
  readonly steps: readonly string[];
  /** A unified diff: shown, never applied. */
  readonly patch?: string;
  readonly note?: string;
}

export type AgentAnswer =
  | { readonly kind: "advice"; readonly advice: AgentAdvice }
  /** None is named. */
  | { readonly kind: "absent" }
  /** It has nothing to say, or said what cannot be used. */
  | { readonly kind: "nothing"; readonly why: string };

/** Asks with a diagnosis that is redacted already; never throws for what the program does. */
export type AskAgent = (diagnosis: Diagnosis) => Promise<AgentAnswer>;
