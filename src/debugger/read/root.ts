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
    if (twin < 0) kept.push(item);
    else if (kept[twin]?.failure.resourceAddress === undefined && item.failure.resourceAddress !== undefined)
      kept[twin] = item;
  }
  const telling = kept.filter((item) => !isNoise(item));
  return telling.length > 0 ? telling : kept.slice(0, 1);
}

function isEcho(a: Read, b: Read): boolean {
  if (kernel(a) !== kernel(b)) return false;
  const [first, second] = [a.failure.resourceAddress, b.failure.resourceAddress];
  return first === undefined || second === undefined || first === second;
}

function kernel({ failure }: Read): string {
  return `${failure.code ?? ""}|${failure.normalizedMessage.replace(" {type}", "")}`;
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
  return failure.confidence === "medium" ? 2 : 1;
}
