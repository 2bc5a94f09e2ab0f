import type { ConfigurationFacts } from "../../src/core/configuration-facts.ts";
import type { Diagnostic, Told } from "../../src/core/diagnostic.ts";
import type { Environment } from "../../src/core/environment.ts";
import type { ResourceEvent } from "../../src/core/event.ts";
import type { JsonObject, JsonValue } from "../../src/core/json.ts";
import type { ApprovedPlan, ChangeAction, Plan } from "../../src/core/plan.ts";
import type { Resource } from "../../src/core/resource.ts";
import type { ResourceSchemas } from "../../src/core/resource-schema.ts";
import type { IacMending } from "./mending.ts";

/** A way to infrastructure from code: one folder, one value of this type, one line in the registry. */
export interface IacHandler {
  readonly name: string;
  /** Programs it can drive, by tool name, best first; one of them must be there. */
  readonly tools: readonly string[];
  /** Whether `dir` looks like this handler's kind of project. */
  readonly recognises: (dir: string) => Promise<boolean>;
  /** Whether its configuration speaks to a cloud; remote modules count as yes. */
  readonly usesCloud: (dir: string) => Promise<boolean>;
  /** Makes the project ready (finds the tool, synthesises an app); throws FaberError when that cannot be done. */
  readonly open: (setting: IacSetting) => Promise<IacProject>;
}

export interface IacSetting {
  readonly tool: IacTool;
  readonly environment: Environment;
  /** The whole environment of every child process: credentials, endpoint, region included. */
  readonly processEnv: Readonly<Record<string, string>>;
  /** A folder of this run alone, 0700, for plan files and streams. */
  readonly scratchDir: string;
  /** Terraform CLI configuration of this run; `fallback` is tried when `init` finds no provider with the first. */
  readonly cliConfig: { readonly file?: string; readonly fallback?: string };
  /** Whether `init` may choose provider and module versions anew, in spite of the lock file. */
  readonly upgrade: boolean;
  readonly signal: AbortSignal;
  readonly say: (text: string) => void;
  /** Hears of each process that may hold the state's lock, for who has to know later whose a lock is. */
  readonly onProcess?: (command: string, pid: number) => void;
}

interface IacTool {
  readonly name: string;
  /** What a person types to start it: OpenTofu's is `tofu`. */
  readonly command: string;
  readonly version: string;
  /** Absolute. */
  readonly path: string;
}

/** One root, opened for one run. Failing is data (`Told`); a thrown FaberError means faber could not even ask. */
export interface IacProject {
  readonly tool: IacTool;
  /** Absolute folder that the tool runs in: for cdktf, the synthesised stack. */
  readonly root: string;
  readonly workspace: string;
  /** Downloads providers and modules, configures the backend unless `backend` is false, selects the workspace. */
  readonly init: (options: {
    readonly backend: boolean;
  }) => Promise<Told<{ readonly providers: Readonly<Record<string, string>> }>>;
  /** Files that are not formatted, relative to the root; an answer of none means all are. */
  readonly unformatted: () => Promise<Told<{ readonly checked: number; readonly files: readonly string[] }>>;
  readonly validate: () => Promise<Told<void>>;
  readonly plan: (options: {
    readonly destroy: boolean;
    readonly refreshOnly?: boolean;
    /** Addresses that it is limited to, with what depends on them; everything when absent. */
    readonly targets?: readonly string[];
  }) => Promise<Told<PlanFile>>;
  /** The saved plan as Terraform's JSON. */
  readonly show: (file: string) => Promise<Told<JsonObject>>;
  /** Runs the tool's own test files of a folder, relative to the root. */
  readonly test: (folder: string, signal: AbortSignal) => Promise<Told<readonly TestRun[]>>;
  readonly apply: (plan: ApprovedPlan, watch: ApplyWatch) => Promise<ApplyOutcome>;
  readonly output: () => Promise<Told<Readonly<Record<string, OutputValue>>>>;
  /** All managed resources of the state, read without starting a provider. */
  readonly resources: () => Promise<Told<readonly Resource[]>>;
  /** How its plan documents are read. */
  readonly planReader: PlanReader;
  /** What kind of trouble the diagnostics of a failed command tell of. */
  readonly problemIn: (diagnostics: readonly Diagnostic[]) => ProblemKind;
  /** The attributes of one resource of the state. */
  readonly stateShow: (address: string) => Promise<Told<Resource>>;
  /** What its providers say about tags and names, by resource type. Takes seconds when no run has asked before. */
  readonly providerSchemas?: () => Promise<Told<ResourceSchemas>>;
  /** Values of sensitive variables, as far as the files and the environment tell them before there is a plan. */
  readonly secretInputs?: () => Promise<readonly string[]>;
  /** What its files say and its plan leaves out. */
  readonly configurationFacts?: () => Promise<Told<ConfigurationFacts>>;
  /** What fixes need of it. */
  readonly mending?: IacMending;
}

/** Reads a plan document, in the words of the tool that wrote it. */
interface PlanReader {
  readonly changes: (document: JsonObject) => Plan["changes"];
  readonly outputs: (document: JsonObject) => Plan["outputs"];
  /** Every secret text in it, for the redactor. */
  readonly secrets: (document: JsonObject) => readonly string[];
}

/** One run block of a test file. */
export interface TestRun {
  readonly file: string;
  readonly name: string;
  readonly status: "passed" | "failed" | "errored" | "skipped";
  readonly diagnostics: readonly Diagnostic[];
}

interface PlanFile {
  readonly file: string;
}

export interface OutputValue {
  readonly sensitive: boolean;
  /** Absent when sensitive. */
  readonly value?: JsonValue;
}

export interface ApplyWatch {
  readonly onStart: (pid: number) => void;
  readonly onResource: (event: ResourceEvent) => void;
}

/** What an apply did, whether it ended well or not. */
export interface ApplyOutcome {
  readonly told: Told<void>;
  readonly changed: readonly {
    readonly address: string;
    readonly action: ChangeAction;
    readonly elapsed_s: number;
  }[];
  readonly failed: readonly string[];
  /** Begun and not heard of again. */
  readonly uncertain: readonly string[];
  /** The whole state as its file would hold it, secrets and all, where it could be stored nowhere. */
  readonly stateDump?: string;
}

/** What kind of trouble a failed command is in, as far as the pipeline must know it to decide. */
export type ProblemKind =
  | "locked"
  | "credentials"
  | "provider"
  | "stale-plan"
  | "variables"
  | "backend"
  | "configuration"
  | "other";
