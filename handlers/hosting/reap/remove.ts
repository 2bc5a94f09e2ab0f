import { describeError, troubleOf } from "../api-error.ts";
import type { ReapGuard, ReapTarget, Removal } from "../contract.ts";
import { sessionError } from "../credential-error.ts";
import { clientsOf } from "../posture/desk.ts";
import type { ReadingContext } from "../posture/read-posture.ts";
import { millisecondsOf } from "../../../src/core/time.ts";
import { rowOf } from "./targets.ts";

/**
 * Removes one thing that is ours. A search by tags may be minutes behind, so the service itself is asked for the tags
 * right before, and for an S3 bucket, whose ARN names no account, the account's ownership is a condition of both calls.
 */
export async function removeTarget(
  target: ReapTarget,
  guard: ReapGuard,
  { config, label }: ReadingContext,
): Promise<Removal> {
  const row = rowOf(target.type);
  if (row === undefined) return kept("faber does not know how to remove that");
  if (target.account !== undefined && target.account !== guard.account)
    return kept(`it belongs to account ${target.account}`);
  const clients = clientsOf({ ...config, region: target.region ?? config.region });
  const owned = { ...target, account: guard.account };
  try {
    if (!guard.isOurs(await row.tags(clients, owned)))
      return kept("its service says that it does not carry these tags");
    const made = guard.notBefore === undefined ? undefined : await row.madeAt?.(clients, owned);
    const tooOld = objectionToAge(made, guard);
    if (tooOld !== undefined) return kept(tooOld);
    await row.remove(clients, owned);
    return { kind: "removed" };
  } catch (error) {
    return afterError(error, label);
  }
}

/** Why a thing of this age cannot be the dead run's; nothing where it may be. */
function objectionToAge(
  made: string | undefined,
  { notBefore, mustTellAge }: Pick<ReapGuard, "notBefore" | "mustTellAge">,
): string | undefined {
  const at = made === undefined ? Number.NaN : millisecondsOf(made);
  if (Number.isNaN(at)) return mustTellAge ? "its service does not tell when it was made" : undefined;
  return at < millisecondsOf(notBefore ?? "") - clockSkewMs
    ? `it was made on ${made ?? "?"}, before the run that died`
    : undefined;
}

/** What an error says of the thing; rethrown where it says something of the session, or of faber. */
function afterError(error: unknown, label: ReadingContext["label"]): Removal {
  const whole = sessionError(error, label);
  if (whole !== undefined) throw whole;
  const trouble = troubleOf(error);
  if (trouble === "bug") throw error;
  // S3 calls a bucket without tags an error of its own.
  if (error instanceof Error && error.name === "NoSuchTagSet") return kept("it carries no tags");
  if (trouble === "not-found") return { kind: "gone" };
  return kept(describeError(error), isPassing(error));
}

/** This machine's clock and the cloud's may differ by so much. */
const clockSkewMs = 300_000;

function kept(why: string, later = false): Removal {
  return { kind: "kept", why, later };
}

/** Codes of services that keep a thing because another one, or their own work, is not done yet. */
function isPassing(error: unknown): boolean {
  return (
    error instanceof Error &&
    /DeleteConflict|ResourceInUse|ConcurrentModification|OperationAborted|Conflict|Throttl|TooManyRequests/.test(
      error.name,
    )
  );
}
