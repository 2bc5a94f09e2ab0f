import type { Exit } from "./exit.ts";
import type { TestStatus } from "./result.ts";

/** One thing that is there, as the registry keeps it: nothing that could be a secret. */
export interface RegisteredResource {
  readonly address: string;
  readonly type: string;
  readonly id?: string;
  readonly arn?: string;
  readonly tainted?: true;
  /** Its page in the cloud's console. */
  readonly console?: string;
}

/** A commit that an environment was deployed from. */
export interface DeployedCommit {
  readonly commit: string;
  /** Folder of the root inside its repository; empty when it is the repository's own. */
  readonly root: string;
  /** Files of the root were changed and not committed: the commit alone does not bring it back. */
  readonly dirty: boolean;
}

/** `registry/ENV.json`: what exists in an environment, made from the state. */
export interface Registry {
  readonly schema_version: "faber.registry/1";
  readonly project: string;
  readonly environment: string;
  readonly hosting: string;
  readonly account?: string;
  readonly region?: string;
  readonly workspace: string;
  /** ISO 8601, UTC: when the state was read. */
  readonly read_at: string;
  readonly resources: readonly RegisteredResource[];
  /** Outputs that are addresses, as they can be reached from here. */
  readonly endpoints: Readonly<Record<string, string>>;
  /** The last deploy or destroy. */
  readonly last_run?: {
    readonly run_id: string;
    readonly command: string;
    readonly status: TestStatus;
    readonly ended_at: string;
    readonly exit: Exit;
    readonly source?: DeployedCommit;
  };
  /** The last deploy that was verified. */
  readonly last_good?: {
    readonly run_id: string;
    readonly ended_at: string;
    readonly source?: DeployedCommit;
  };
}

/** What the tests last said. */
interface LastVerdict {
  readonly status: TestStatus;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly phase: string;
  /** Name of the report's file. */
  readonly report: string;
}

/** An environment as `faber status` tells it; what is not known is absent. */
export interface EnvironmentStatus {
  readonly environment: string;
  readonly registry?: Registry;
  /** Of the last post-deployment tests. */
  readonly verdict?: LastVerdict;
  /** US dollars with two decimals, as last estimated. */
  readonly monthly_cost_usd?: string;
}
