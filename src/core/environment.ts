import type { JsonValue } from "./json.ts";
import type { GateLimits } from "./gate.ts";
import type { HealthCheck, HealthPolicy } from "./health.ts";
import type { Policy } from "./policy.ts";

/** Hours after which a saved plan can no longer be approved by its digest, where nobody says otherwise. */
export const usualApprovalHours = 24;

/** What approves and what may be left out: only a policy from outside the repository loosens it. */
export interface ApprovalGuards {
  /** Hours after which a saved plan is approved by nothing but a person at the prompt. */
  readonly maxAgeHours: number;
  /** Whether `--yes` approves. */
  readonly yes: boolean;
  /** Whether `--skip-tests` skips. */
  readonly skipTests: boolean;
  /** Whether waivers, baseline and inline skips of the repository count. */
  readonly waivers: boolean;
  /** Tests that a policy requires. */
  readonly neverSkipped: readonly string[];
}

/** A named target with every setting resolved: flag, variable, faber.yaml, default. */
export interface Environment {
  readonly name: string;
  readonly project: string;
  readonly subsystem?: string;
  readonly organization?: string;
  /** Absolute folder of faber.yaml, or the working directory when there is none. */
  readonly projectDir: string;
  /** Whether a faber.yaml was found: without one, Terraform's own data folder is used as the user left it. */
  readonly configured: boolean;
  /** Absolute folder of the Terraform root or the cdktf app. */
  readonly dir: string;
  readonly iac?: string;
  readonly hosting: string;
  readonly endpoint?: string;
  readonly region?: string;
  /** Twelve digits; a different caller is refused. */
  readonly account?: string;
  readonly profile?: string;
  readonly grantorProfile?: string;
  /** How long a grant lasts; 24 hours when absent. */
  readonly grantorHours?: number;
  readonly workspace?: string;
  readonly backend: Readonly<Record<string, JsonValue>>;
  /** Absolute paths. */
  readonly varFiles: readonly string[];
  readonly variables: Readonly<Record<string, JsonValue>>;
  /** Whether a destroy may delete what buckets hold; never in a protected environment. */
  readonly emptyBuckets?: true;
  /** True: the name is typed, `--yes` is ignored, the gate is stricter, nothing is fixed unasked. */
  readonly protected: boolean;
  readonly fix: "ask" | "auto" | "never";
  readonly gate: GateLimits;
  readonly policy: Policy;
  /** What counts as an approval here; the usual where absent. */
  readonly guards?: ApprovalGuards;
  /** What must answer after a deploy, beside what is looked at by itself. */
  readonly health: readonly HealthCheck[];
  readonly healthPolicy: HealthPolicy;
  /** Name of the stack inside a cdktf app that has several. */
  readonly stack?: string;
  /** Absolute `.faber` folder. */
  readonly stateDir: string;
  /** Absolute folder of test reports. */
  readonly reportsDir: string;
  readonly providerMirror?: string;
  /** Absolute path or command name that overrides the search for a tool, by tool name. */
  readonly toolPaths: Readonly<Record<string, string>>;
  /** Asked about failures that nobody knows. */
  readonly agent?: { readonly command: readonly string[]; readonly timeoutMs: number };
}
