import type { DriftException } from "./drift.ts";
import type { Severity } from "./finding.ts";
import type { JsonValue } from "./json.ts";
import type { TestPhase } from "./result.ts";

/** What a project asks of its infrastructure, beyond what scanners look for by themselves. */
export interface Policy {
  readonly tags: TagPolicy;
  readonly naming: NamingPolicy;
  readonly practices: PracticePolicy;
  readonly deletions: DeletionPolicy;
  readonly cost: CostPolicy;
  readonly waivers: readonly Waiver[];
  /** Drift that somebody expects. */
  readonly drift: { readonly ignore: readonly DriftException[] };
  /** Absolute path of the file with the findings that were there before; absent when there is no baseline. */
  readonly baselineFile?: string;
  readonly tests: readonly CustomTest[];
  /** What is run against the deployed stack as `integration_tests`; absent when faber.yaml names nothing. */
  readonly integration?: CustomTest;
  readonly hooks: Readonly<Partial<Record<HookPoint, readonly Hook[]>>>;
}

export interface TagPolicy {
  readonly required: readonly string[];
  /** What a tag's value must be, by tag. */
  readonly values: Readonly<
    Record<string, { readonly allowed?: readonly string[]; readonly pattern?: string }>
  >;
  /** A missing tag fails outside of protected environments as well. */
  readonly strict: boolean;
  /** Address patterns that are left alone. */
  readonly ignore: readonly string[];
}

interface NamingPolicy {
  /** E.g. `{project}-{environment}-{resource}`; no name is judged without one. */
  readonly pattern?: string;
  /** Patterns for single resource types. */
  readonly types: Readonly<Record<string, string>>;
  readonly strict: boolean;
  readonly ignore: readonly string[];
}

export interface PracticePolicy {
  /** Severities that differ from a rule's own, by rule; `off` switches it off. */
  readonly severity: Readonly<Record<string, Severity | "off">>;
}

export interface DeletionPolicy {
  /** Highest number of resources that one plan may delete or replace. */
  readonly max?: number;
  /** Types that no plan may delete or replace; patterns with `*`. */
  readonly protectedTypes: readonly string[];
}

export interface CostPolicy {
  readonly monthlyUsd?: number;
  readonly increaseUsd?: number;
  /** What becomes of a resource whose price is not known. */
  readonly unknown: "fail" | "warn" | "ignore";
  /** A usage file in Infracost's format, as it was read. */
  readonly usage?: UsageDocument;
  /** Absolute path of a price catalogue of the user's own; `prices.json` in the state folder when absent. */
  readonly pricesFile?: string;
}

export interface UsageDocument {
  readonly document: JsonValue;
  /** Where a path of it stands: `infracost-usage.yml:9:5`. */
  readonly at: (path: readonly (string | number)[]) => string;
}

/** A finding that somebody decided to live with, for a time. */
export interface Waiver {
  readonly rule: string;
  /** Address pattern with `*`; every address when absent. */
  readonly address?: string;
  readonly reason: string;
  readonly owner: string;
  /** ISO 8601 date, the last day that it holds; absent only where the file may do without. */
  readonly expires?: string;
  /** Where it is written, `waivers.yaml:12`. */
  readonly source: string;
}

/** A test of the user's own: a command, a folder of policies, or Terraform's own test files. */
export interface CustomTest {
  readonly name: string;
  readonly phase: TestPhase;
  readonly how:
    | {
        readonly kind: "command";
        readonly command: readonly string[];
        readonly format: TestFormat;
        /** Absolute path of the report that the command writes; its stdout when absent. */
        readonly report?: string;
      }
    /** Absolute folder of OPA policies for conftest. */
    | { readonly kind: "policy"; readonly folder: string }
    /** Absolute folder of `*.tftest.hcl` files. */
    | { readonly kind: "terraform-test"; readonly folder: string };
  /** Of findings that bring no severity of their own. */
  readonly severity: Severity;
  readonly timeoutMs: number;
  readonly requirement: "required" | "expected" | "optional";
  /** Coverage that the run must reach. */
  readonly coverage?: CoverageGoal;
}

export const coverageFormats = ["cobertura", "lcov", "jacoco"] as const;

export interface CoverageGoal {
  /** Absolute path of the report that the command writes. */
  readonly report: string;
  readonly format: (typeof coverageFormats)[number];
  /** Percent of lines. */
  readonly min: number;
}

/** `exit-code`: 0 passes, anything else is one finding. */
export const testFormats = ["exit-code", "sarif", "junit", "tap", "faber"] as const;
type TestFormat = (typeof testFormats)[number];

export const hookPoints = [
  "pre_plan",
  "post_plan",
  "pre_deploy",
  "post_deploy",
  "pre_destroy",
  "post_destroy",
] as const;
export type HookPoint = (typeof hookPoints)[number];

export interface Hook {
  readonly command: readonly string[];
  readonly timeoutMs: number;
  readonly onFailure: "stop" | "warn" | "continue";
}
