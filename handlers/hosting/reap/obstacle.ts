import type { Diagnostic } from "../../../src/core/diagnostic.ts";
import type { Resource } from "../../../src/core/resource.ts";
import type { Obstacle } from "../contract.ts";

interface Sign {
  readonly kind: Obstacle["kind"];
  readonly sign: RegExp;
  readonly why: string;
  readonly waits: readonly number[];
}

/** Texts of the services, as their error codes have them; the waits are what each has been seen to take. */
const signs: readonly Sign[] = [
  {
    kind: "not-empty",
    sign: /BucketNotEmpty|bucket you tried to delete is not empty|RepositoryNotEmpty/i,
    why: "what is to be deleted still holds something",
    waits: [1, 5, 15],
  },
  {
    kind: "dependency",
    sign: /network interface.*(?:in use|currently in use)|DependencyViolation.*network|has dependencies and cannot be deleted|NetworkInterfaceInUse/is,
    why: "a network interface is still in use: a service gives it back minutes after its own end",
    // Lambda and load balancers take up to 20 minutes to give their interfaces back.
    waits: [10, 30, 60, 120, 240, 300, 300],
  },
  {
    kind: "dependency",
    sign: /DependencyViolation|has a dependent object|DeleteConflict|InvalidGroup\.InUse|must detach all policies|ResourceInUse/i,
    why: "something else still depends on it",
    waits: [3, 10, 30, 60, 120],
  },
  {
    kind: "throttling",
    sign: /Throttl|TooManyRequests|RequestLimitExceeded|Rate exceeded|SlowDown/i,
    why: "the service throttles",
    waits: [2, 8, 20, 40],
  },
  {
    kind: "busy",
    sign: /OperationAborted|ConcurrentModification|conflicting conditional operation|(?:StatusCode|status code): 5\d\d|InternalFailure|InternalError|ServiceUnavailable|connection reset|unexpected EOF|i\/o timeout/i,
    why: "the service is busy with it, or in trouble",
    waits: [2, 8, 20, 40],
  },
];

/**
 * What keeps things from being deleted, the worst first; nothing as soon as one error is of another kind. Terraform
 * gives an error of a destroy no address: the provider's text names the thing by its ID, `deleting S3 Bucket (files)`.
 */
export function obstacleIn(
  diagnostics: readonly Diagnostic[],
  doomed: readonly Resource[],
): Obstacle | undefined {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  const seen = errors.map((error) => ({ error, sign: signOf(error) }));
  if (seen.length === 0 || seen.some(({ sign }) => sign === undefined)) return undefined;
  const worst = signs.find((sign) => seen.some((one) => one.sign === sign));
  if (worst === undefined) return undefined;
  const toEmpty = seen.flatMap(({ error, sign }) =>
    sign?.kind === "not-empty" ? (addressIn(error, doomed) ?? []) : [],
  );
  return { kind: worst.kind, why: worst.why, waits: worst.waits, toEmpty };
}

function addressIn(
  { address, summary, detail }: Diagnostic,
  doomed: readonly Resource[],
): string | undefined {
  const text = `${summary}\n${detail}`;
  return address ?? doomed.find(({ id }) => id !== undefined && text.includes(`(${id})`))?.address;
}

function signOf({ summary, detail }: Diagnostic): Sign | undefined {
  return signs.find(({ sign }) => sign.test(`${summary}\n${detail}`));
}
