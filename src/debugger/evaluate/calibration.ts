import type { Certainty } from "../../core/failure.ts";
import type { Solution } from "../../core/issue.ts";
import { matchScore, offerFrom } from "../identity/match-score.ts";
import { rankSolutions, type Candidate } from "../rank.ts";
import type { ReadRow } from "./corpus.ts";
import type { Measure } from "./evaluate.ts";

/** Of the solutions that were called so, how many were right. */
export type Calibration = Readonly<Record<Certainty, Measure>>;

/** A solution that was offered for a message, and whether the labels bear it out. */
export interface Offer {
  readonly confidence: Certainty;
  readonly isRight: boolean;
  /** What is printed when it is not. */
  readonly text: string;
}

export function calibrationOf(offers: readonly Offer[]): Calibration {
  const called = (confidence: Certainty): Measure => {
    const all = offers.filter((offer) => offer.confidence === confidence);
    const misses = all.filter(({ isRight }) => !isRight).map(({ text }) => text);
    const right = all.length - misses.length;
    return { right, total: all.length, share: all.length === 0 ? 1 : right / all.length, misses };
  };
  return { high: called("high"), medium: called("medium"), low: called("low") };
}

/**
 * Every solution that a log of all other messages offers for each message. What helped a kind is one solution, tried
 * with success once to four times with each message of the kind; it is right for messages of that kind, whichever
 * issue it was recorded for.
 */
export function offersFromOthers(read: readonly ReadRow[]): readonly Offer[] {
  return read.flatMap((query) => {
    const candidates = issuesOf(read.filter((item) => item !== query)).flatMap((issue) =>
      candidatesFrom(issue, query),
    );
    return rankSolutions(candidates, { now }).map((solution) => ({
      confidence: solution.confidence,
      isRight: solution.description === query.row.group,
      text: `${query.row.id} ${query.row.group}: offered what helped ${solution.description} (${solution.why})`,
    }));
  });
}

/** An issue as a log would hold it, with the kinds that were taken for it and how often each was mended. */
interface PastIssue {
  readonly first: ReadRow;
  readonly mended: ReadonlyMap<string, number>;
}

const now = "2026-01-01T00:00:00.000Z";
const mostTries = 4;

function issuesOf(read: readonly ReadRow[]): readonly PastIssue[] {
  const issues = new Map<string, { first: ReadRow; mended: Map<string, number> }>();
  for (const [index, item] of read.entries()) {
    const issue = issues.get(item.identity) ?? { first: item, mended: new Map<string, number>() };
    const { group } = item.row;
    issue.mended.set(group, (issue.mended.get(group) ?? 0) + 1 + (index % mostTries));
    issues.set(item.identity, issue);
  }
  return [...issues.values()];
}

function candidatesFrom({ first, mended }: PastIssue, query: ReadRow): readonly Candidate[] {
  const isSame = first.identity === query.identity;
  const relevance = isSame ? 1 : matchScore(query.tokens, first.tokens);
  if (relevance < offerFrom) return [];
  return [...mended].map(([kind, tries]) => ({
    solution: solutionFor(kind, first.identity),
    match: isSame ? "same-issue" : "similar-issue",
    relevance,
    attempts: Array.from({ length: tries }, (_, index) => ({
      id: `${first.identity} ${kind} ${index}`,
      issueId: first.identity,
      solutionId: kind,
      at: now,
      outcome: "success",
      provenBy: "re-run",
    })),
  }));
}

function solutionFor(kind: string, issue: string): Solution {
  return {
    id: `${kind} of ${issue}`,
    description: kind,
    kind: "manual",
    steps: [],
    automation: { automated: false, parameters: {} },
    impact: "low",
    origin: "user",
  };
}
