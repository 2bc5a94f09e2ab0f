import type { UserCommands } from "../../handlers/commands/contract.ts";
import type { HostingSession } from "../../handlers/hosting/contract.ts";
import type { IacProject } from "../../handlers/iac/contract.ts";
import type { Probes } from "../../handlers/probes/contract.ts";
import type { Scanner } from "../../handlers/scanner/contract.ts";
import type { Acceptance } from "../checks/acceptance.ts";
import type { Check, CheckContext } from "../checks/contract.ts";
import type { Environment } from "../core/environment.ts";
import type { RunInfo } from "../core/event.ts";
import type { Host } from "../core/host.ts";
import type { Identity } from "../core/identity.ts";
import type { Redactor } from "../core/redact.ts";
import type { Clock } from "../core/world.ts";
import type { SavedPlan } from "../workdir/saved-plan.ts";
import type { Planning } from "./planning.ts";
import type { Recovery } from "./recovery.ts";

/** How the person or the job wants a run to go. */
export interface RunWishes {
  readonly kind: "deploy" | "destroy";
  /** `--yes`: approves in an environment that is not protected. */
  readonly yes: boolean;
  /** `--approve=DIGEST`. */
  readonly approveDigest?: string;
  /** `--plan=FILE`, already read. */
  readonly savedPlan?: SavedPlan;
  /** `--skip-tests`: pre-deployment tests that are not run. */
  readonly skip?: SkipWish;
  /** Set for `faber reap`; `run`: one dead run alone. */
  readonly reap?: { readonly run?: string };
  /** `--allow-empty-state`: an empty state is right, in spite of what was deployed before. */
  readonly allowEmptyState?: true;
  /** `--remove-orphans`: what services made for destroyed resources goes as well. */
  readonly removeOrphans?: true;
  /** Whether somebody is there to answer. */
  readonly attended: boolean;
  /** Who approves, for the record: the user's name on this machine. */
  readonly person: string;
}

/** Tests that somebody does not want, and why. */
interface SkipWish {
  readonly tests: "all" | readonly string[];
  readonly reason?: string;
}

/** What every stage of a run may use. */
export interface RunContext {
  readonly run: RunInfo;
  readonly wishes: RunWishes;
  readonly environment: Environment;
  readonly iac: IacProject;
  /** Absent when the root uses no cloud. */
  readonly hosting?: HostingSession;
  /** Who acts, as the cloud said when the run began. */
  readonly identity?: Identity;
  readonly scanners: readonly Scanner[];
  readonly commands: UserCommands;
  /** Questions over the network; absent where none may be asked. */
  readonly probes?: Probes;
  readonly checks: readonly Check[];
  readonly accept: CheckContext["accept"];
  /** What is told about waivers and the baseline in the end; absent where nothing is accepted. */
  readonly acceptance?: Acceptance;
  /** Absolute path of the baseline that the pre-deployment tests write. */
  readonly baselineTo?: string;
  readonly toolEnv: Readonly<Record<string, string>>;
  /** Another tool's estimate of cost; absent where there is none. */
  readonly secondOpinion?: NonNullable<CheckContext["secondOpinion"]>;
  readonly planning: Planning;
  /** Absent in commands that change nothing: what to do about a failure there is asked with `faber debug`. */
  readonly recovery?: Recovery;
  readonly host: Host;
  readonly redactor: Redactor;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly scratchDir: string;
}
