import type { Failure } from "../../core/failure.ts";
import type { Facts } from "./facts.ts";
import { isConsequenceLine } from "./split.ts";

export interface Read {
  readonly facts: Facts;
  readonly failure: Failure;
}

/**
 * Leaves out what says a failure again: the same problem at the same place, or without a place of its own. Announcements
 * without any sign of an error are dropped where errors follow them.
 */
export function withoutEchoes(read: readonly Read[]): readonly Read[] {
  const kept: Read[] = [];
  for (const item of read) {
    const twin = kept.findIndex((other) => isEcho(other, item));
    const first = kept[twin];
    if (first === undefined) kept.push(item);
    else kept[twin] = completed(first, item);
  }
  const telling = kept.filter((item) => !isNoise(item));
  return telling.length > 0 ? telling : kept.slice(0, 1);
}

function isEcho(a: Read, b: Read): boolean {
  return (
    kernel(a) === kernel(b) &&
    agree(a.failure.code, b.failure.code) &&
    agree(a.failure.resourceAddress, b.failure.resourceAddress)
  );
}

function kernel({ failure }: Read): string {
  return failure.normalizedMessage.replace(" {type}", "");
}

function agree(a: string | undefined, b: string | undefined): boolean {
  return a === undefined || b === undefined || a === b;
}

/** The one that knows where it happened, with the code that only its echo may have had. */
function completed(first: Read, echo: Read): Read {
  const places = first.failure.resourceAddress === undefined && echo.failure.resourceAddress !== undefined;
  const [better, other] = places ? [echo, first] : [first, echo];
  const code = better.failure.code ?? other.failure.code;
  return code === undefined ? better : { ...better, failure: { ...better.failure, code } };
}

function isNoise({ facts, failure }: Read): boolean {
  const { recognised, access } = facts;
  if (
    failure.code !== undefined ||
    recognised.problem !== undefined ||
    recognised.outer !== undefined ||
    access.denied
  )
    return false;
  if (closing.test(failure.message) || progress.test(failure.message)) return true;
  if (isConsequenceLine(failure.message)) return exits.test(failure.message);
  if (failure.at !== undefined || failure.resourceAddress !== undefined) return false;
  return (
    failure.confidence === "low" &&
    !/\b(?:error|failed|fail|cannot|can't|couldn't|unable|invalid|exception|not)\b/i.test(failure.message)
  );
}

/** What Terraform says below every list of errors of an apply. */
const closing = /^Terraform does not automatically rollback/i;
/** That a program ended so is no failure of its own beside what ended it. */
const exits = /\b(?:exit|exited with|completed with exit) (?:code|status)\b|\bjob failed\b|^make: /i;
const progress =
  /^(?:Creating|Modifying|Destroying|Refreshing state|Still \w{1,12}|Reading|Creation complete|Destruction complete)\b.{0,80}(?:\.\.\.|complete|\])/;

/** The failure that the others follow from: the first that is no consequence, one that is understood before a guess. */
export function rootOf(read: readonly Read[]): number {
  let best = 0;
  let bestRank = Number.NEGATIVE_INFINITY;
  read.forEach((item, index) => {
    const rank = rankOf(item);
    if (rank > bestRank) [best, bestRank] = [index, rank];
  });
  return best;
}

function rankOf({ facts, failure }: Read): number {
  if (isConsequenceLine(facts.fragment.text) && failure.code === undefined) return 0;
  if (facts.recognised.outer !== undefined) return 3;
  if (failure.confidence === "high") return 3;
  if (failure.confidence === "medium") return 2;
  return failure.category === "unknown" ? 1 : 1.5;
}
