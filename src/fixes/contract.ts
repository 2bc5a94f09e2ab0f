import type { HostingSession } from "../../handlers/hosting/contract.ts";
import type { IacProject } from "../../handlers/iac/contract.ts";
import type { Diagnosis } from "../core/diagnosis.ts";
import type { Environment } from "../core/environment.ts";
import type { Certainty } from "../core/failure.ts";
import type { Automation, Impact } from "../core/issue.ts";
import type { Plan } from "../core/plan.ts";
import type { StageName } from "../core/result.ts";
import type { Clock } from "../core/world.ts";

/** Where fixes work: the same for all fixes of a run. */
export interface Workshop {
  readonly environment: Environment;
  readonly iac: IacProject;
  /** Absent when the root uses no cloud. */
  readonly hosting?: HostingSession;
  readonly runId: string;
  /** Who runs faber, for the record. */
  readonly person: string;
  readonly clock: Clock;
  /** Actions that were denied before, by resource type, as the issue log has them. */
  readonly deniedBefore?: () => Promise<Readonly<Record<string, readonly string[]>>>;
  /** 0700, of this run alone. */
  readonly scratchDir: string;
  /** The plan of this run, where one was made: what its resources are to be. */
  readonly plan?: () => Promise<Plan | undefined>;
}

/** The failure that a fix is to deal with. */
export interface FixSituation {
  readonly diagnosis: Diagnosis;
  /** All failures of the stage, this one among them: one fix may serve several. */
  readonly together: readonly Diagnosis[];
  /** The stage that failed. */
  readonly stage: StageName;
  /** Of a solution that names the fix and means one thing it can do, e.g. `refresh`. */
  readonly operation?: string;
  /** A known solution of this failure names the fix; else the fix itself says that it may serve. */
  readonly named?: true;
  readonly parameters: Automation["parameters"];
  /** How often this fix was tried in this run for this issue, this time not included. */
  readonly triedBefore: number;
  readonly signal: AbortSignal;
}

/** What a fix would do here, or why it must not. Finding that out changes nothing. */
export type FixOffer =
  | {
      readonly kind: "refused";
      readonly reason: string;
      readonly hints?: readonly string[];
      /** It was only looked whether it applies, and it does not: nobody needs to hear of it. */
      readonly unsaid?: true;
    }
  | {
      readonly kind: "offered";
      /** One line: `wait about 4 s, then run the failed stage again`. */
      readonly summary: string;
      /** What it would change, line by line, as a person decides from it. */
      readonly diff: readonly string[];
      /** How sure it is to be right by evidence of its own, beyond what the record of its solution says. */
      readonly confidence?: Certainty;
      /** Why somebody has to look at it: it is never done unasked, whatever its record. */
      readonly doubts?: readonly string[];
      /** What it does here to what is running, where the fix knows that better than its solution. */
      readonly impact?: Impact;
      /** Somebody has to type `name` first: nothing but their word says that this is theirs to change. */
      readonly named?: { readonly name: string; readonly why: string };
      /** Throws FaberError when it could not be done. */
      readonly perform: () => Promise<FixDone>;
    };

/** What was done. Whether it helped is not for the fix to say: the failed stage is run again, and that is the proof. */
export interface FixDone {
  readonly summary: string;
  /** Takes it back, where that can be, and says so in one line. */
  readonly undo?: () => Promise<string>;
  /** It takes effect some other day: the failed stage, run again now, would prove nothing. */
  readonly later?: true;
}

/** One kind of automated fix. */
export interface Fix {
  readonly name: string;
  readonly impact: Impact;
  /** Waiting for what is transient spends none of a run's few tries. */
  readonly spendsTry: boolean;
  /** Where it applies it is the very thing that is wanted: it comes before what may help. */
  readonly exact?: true;
  /** What it is in a solution's words, for failures whose known solutions do not name it. */
  readonly description: string;
  /** Whether it may serve a failure that no solution names it for. */
  readonly appliesTo: (diagnosis: Diagnosis) => boolean;
  readonly offer: (situation: FixSituation) => Promise<FixOffer>;
}
