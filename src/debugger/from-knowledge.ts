import type { CuratedSolution } from "../../issue-log/knowledge/solutions.ts";
import type { Attempt } from "../core/issue.ts";
import type { Candidate } from "./rank.ts";

/** Points of a match that say as much as can be said: see KnowledgeMatch. */
const fullSpecificity = 80;

/** A curated solution as one to rank, with what the log knows of its tries. */
export function candidateFromKnowledge(
  { solution, prior, specificity }: CuratedSolution,
  attempts: readonly Attempt[],
): Candidate {
  const relevance = Math.min(1, 0.5 + specificity / (2 * fullSpecificity));
  return { solution, match: "knowledge", relevance, attempts, prior };
}
