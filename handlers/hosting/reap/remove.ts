import { describeError, troubleOf } from "../api-error.ts";
import type { ReapGuard, ReapTarget, Removal } from "../contract.ts";
import { sessionError } from "../credential-error.ts";
import { clientsOf } from "../posture/desk.ts";
import type { ReadingContext } from "../posture/read-posture.ts";
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
    const tags = await row.tags(clients, owned);
    if (!guard.isOurs(tags)) return kept("its service says that it does not carry these tags");
    const made = guard.notBefore === undefined ? undefined : await row.madeAt?.(clients, owned);
    if (made !== undefined && made.getTime() < Date.parse(guard.notBefore ?? "") - clockSkewMs)
      return kept(`it was made on ${made.toISOString()}, before the run that died`);
    if (made === undefined && guard.mustTellAge) return kept("its service does not tell when it was made");
    await row.remove(clients, owned);
    return { kind: "removed" };
  } catch (error) {
    const whole = sessionError(error, label);
    if (whole !== undefined) throw whole;
    const trouble = troubleOf(error);
    if (trouble === "bug") throw error;
    // S3 calls a bucket without tags an error of its own.
    if (error instanceof Error && error.name === "NoSuchTagSet") return kept("it carries no tags");
    if (trouble === "not-found") return { kind: "gone" };
    return kept(describeError(error), isPassing(error));
  }
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
