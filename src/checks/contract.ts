import type { AskSecondOpinion } from "../../handlers/cost/contract.ts";
import type { UserCommands } from "../../handlers/commands/contract.ts";
import type { HostingSession } from "../../handlers/hosting/contract.ts";
import type { IacProject } from "../../handlers/iac/contract.ts";
import type { Probes } from "../../handlers/probes/contract.ts";
import type { Scanner } from "../../handlers/scanner/contract.ts";
import type { Told } from "../core/diagnostic.ts";
import type { Environment } from "../core/environment.ts";
import type { Finding } from "../core/finding.ts";
import type { JsonObject } from "../core/json.ts";
import type { ApprovedPlan, Plan } from "../core/plan.ts";
import type { TestPhase, TestResult } from "../core/result.ts";
import type { Clock } from "../core/world.ts";
import type { SharedScan } from "./scans.ts";

/** One named test of a phase: one file, one value of this type, one line in the registry. */
export interface Check {
  readonly name: string;
  readonly phase: TestPhase;
  /** Absent: always. A test that does not apply is not in the report at all. */
  readonly applies?: (context: CheckContext) => boolean;
  readonly run: (context: CheckContext) => Promise<TestResult>;
}

/** What a check may use. A check that needs the plan waits for it: it is made while the scanners run. */
export interface CheckContext {
  readonly environment: Environment;
  readonly iac: IacProject;
  /** Absent when the root uses no cloud. */
  readonly hosting?: HostingSession;
  readonly scanners: readonly Scanner[];
  /** What the scanners came to, merged; they run once in a phase, whoever asks. */
  readonly scans: () => Promise<readonly SharedScan[]>;
  readonly commands: UserCommands;
  /** Questions over the network; absent where none may be asked. */
  readonly probes?: Probes;
  /** What the test is busy with, for a line that moves. */
  readonly say?: (text: string) => void;
  readonly toolEnv: Readonly<Record<string, string>>;
  /** Gives findings their identity, and marks those that are waived or of the baseline: called before judging. */
  readonly accept: (findings: readonly Finding[]) => readonly Finding[];
  /** Resolves to nothing when there is no plan: it failed, or this phase makes none. */
  readonly plan: () => Promise<Plan | undefined>;
  /** What was applied in this run, for a look at what came of it; absent where nothing was. */
  readonly approved?: ApprovedPlan;
  /** A refresh-only plan as Terraform's JSON: one for the phase, begun by the first who asks. */
  readonly refreshed: () => Promise<Told<JsonObject>>;
  /** Another tool's estimate of cost, to compare with; absent where there is none. */
  readonly secondOpinion?: AskSecondOpinion;
  readonly signal: AbortSignal;
  readonly clock: Clock;
}
