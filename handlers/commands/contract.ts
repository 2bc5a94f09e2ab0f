import type { Finding } from "../../src/core/finding.ts";
import type { JsonValue } from "../../src/core/json.ts";
import type { Plan } from "../../src/core/plan.ts";
import type { CustomTest, Hook, HookPoint } from "../../src/core/policy.ts";

/** Commands of the user's own: tests and hooks of faber.yaml. */
export interface UserCommands {
  readonly test: (test: CustomTest, told: ToldToCommand) => Promise<CommandTestOutcome>;
  readonly hook: (point: HookPoint, hook: Hook, told: ToldToCommand) => Promise<HookOutcome>;
}

/** What a command is told about the run, beyond what is the same for all of them. */
export interface ToldToCommand {
  readonly plan?: Plan;
  readonly outputs?: Readonly<Record<string, JsonValue>>;
  /** Outputs that are addresses of an emulator, as they can be reached from here. */
  readonly endpoints?: Readonly<Record<string, string>>;
  /** What the stage before came to, for the hooks after it. */
  readonly outcome?: string;
  readonly signal: AbortSignal;
}

/** A command that could not run, ran out of time or wrote what cannot be read is `broken`, never clean. */
export type CommandTestOutcome =
  | {
      readonly kind: "ran";
      readonly findings: readonly Finding[];
      readonly figures: Readonly<Record<string, JsonValue>>;
    }
  | { readonly kind: "missing"; readonly reason: string }
  | { readonly kind: "broken"; readonly reason: string; readonly timedOut: boolean };

export interface HookOutcome {
  readonly ok: boolean;
  /** `exit code 3`, `ran out of time`. */
  readonly ended: string;
  /** The end of what it printed, both streams; not yet redacted. */
  readonly output: string;
}
