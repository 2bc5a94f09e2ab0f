/** Parts of a deployed system that a cloud's own API can be asked about by name, as faber.yaml calls them. */
export const healthServices = [
  "lambda",
  "ecs",
  "queue",
  "target_group",
  "database",
  "step_function",
  "api_stage",
] as const;
export type HealthService = (typeof healthServices)[number];

/** Everything one entry of `health:` can ask. */
export const healthKinds = ["http", "tcp", "tls", ...healthServices] as const;
export type HealthKind = (typeof healthKinds)[number];

/** One entry of `health:` in faber.yaml. Texts may hold `{{outputs.NAME}}`. */
export interface HealthCheck {
  readonly name: string;
  /** What is asked: a URL, `host:port`, a name or an ARN. */
  readonly target: string;
  readonly how: HealthHow;
  readonly budget: HealthBudget;
  /** `warn`: what does not come up is a warning; never so in a protected environment. */
  readonly onFailure: "fail" | "warn";
  /** It blocks when it could not be made at all. */
  readonly required: boolean;
  /** Where it is written, `faber.yaml:12:9`. */
  readonly source: string;
}

export interface HealthBudget {
  /** With `intervalMs` between two of them: how long is waited for, `(tries - 1) * intervalMs`. */
  readonly tries: number;
  readonly intervalMs: number;
  /** Of one try. */
  readonly timeoutMs: number;
}

export type HealthHow =
  | ({ readonly kind: "http" } & HttpWish)
  | { readonly kind: "tcp" }
  | { readonly kind: "tls"; readonly minDays: number; readonly caFile?: string }
  | ({ readonly kind: HealthService } & ServiceWish);

/** What an answer must be like. */
export interface HttpWish {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Body of the request. */
  readonly send?: string;
  readonly status: readonly number[];
  readonly contains?: string;
  /** Regular expression; stopped when it takes too long. */
  readonly matches?: string;
  /** What stands at a dotted path of a JSON answer, `db.0.state`. */
  readonly json: Readonly<Record<string, string | number | boolean | null>>;
  readonly responseHeaders: Readonly<Record<string, string>>;
  readonly maxLatencyMs?: number;
  /** How many redirects are followed. */
  readonly redirects: number;
  /** The redirect that is expected instead of a page. */
  readonly redirectTo?: string;
  /** Days that its certificate must still hold. */
  readonly minDays?: number;
  /** Absolute path of the certificates that are trusted beside the usual ones, PEM. */
  readonly caFile?: string;
}

/** What is asked of one part of a cloud, where a kind knows the question. */
export interface ServiceWish {
  /** Test event of a function: it is run with it, and must not fail. */
  readonly event?: string;
  /** Messages that may wait in a queue. */
  readonly maxMessages?: number;
  /** Age that the oldest message of a queue may have, in seconds. */
  readonly maxAgeS?: number;
  /** The dead-letter queue of a queue must hold nothing. */
  readonly deadLetterEmpty?: boolean;
}

/** What holds for health checks that say nothing of their own. */
export interface HealthPolicy {
  readonly budget: HealthBudget;
  readonly onFailure: "fail" | "warn";
  /** Whether what is deployed is looked at besides what faber.yaml names. */
  readonly derive: boolean;
}

/** As in seed 002: three tries, half a minute apart. */
export const defaultHealthPolicy: HealthPolicy = {
  budget: { tries: 3, intervalMs: 30_000, timeoutMs: 10_000 },
  onFailure: "fail",
  derive: true,
};
