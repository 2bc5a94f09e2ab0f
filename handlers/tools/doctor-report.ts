import type { FoundTool } from "./contract.ts";
import type { ProviderMirror } from "./provider-mirrors.ts";

/** What `examine` needs to know beside the tools' surroundings. */
export interface DoctorInput {
  /** As `process.versions.node` has it. */
  readonly nodeVersion: string;
  /** Absolute folder from the settings or FABER_PROVIDER_MIRROR. */
  readonly providerMirror?: string;
  /** Absolute folder of the Terraform root. */
  readonly root?: string;
}

export interface DoctorReport {
  /** No problem is an error. */
  readonly ready: boolean;
  /** Terraform or OpenTofu is there and new enough. */
  readonly canDeploy: boolean;
  readonly nodeVersion: string;
  readonly toolDir: { readonly path: string; readonly writable: boolean };
  readonly tools: readonly ToolRow[];
  readonly mirrors: readonly ProviderMirror[];
  readonly problems: readonly Problem[];
}

export interface ToolRow extends Partial<FoundTool> {
  readonly name: string;
  /** `broken`: a configured one that is not there or does not run. */
  readonly state: "found" | "missing" | "too-old" | "broken";
  readonly why?: string;
  readonly purpose: string;
  readonly required: boolean;
  readonly alternatives: readonly string[];
  readonly atLeast?: string;
  readonly howToGet: string;
}

export interface Problem {
  readonly level: "error" | "warning";
  readonly code: string;
  readonly text: string;
  /** What to do about it, one command or sentence each. */
  readonly hints: readonly string[];
}
