import type { SuccessRate } from "../src/core/diagnosis.ts";
import type { Category, Failure, FailureIdentity } from "../src/core/failure.ts";
import type { Attempt, Issue, Occurrence, Solution } from "../src/core/issue.ts";
import type { WeightedToken } from "./index/sketch.ts";
import type { IssueStatistics } from "./statistics.ts";

/**
 * faber's memory of failures. Every store gives the same results. Times are ISO 8601 and stored in UTC. Where an
 * issue is named, its ID or an alias is meant; an unknown one throws FaberError `issue-not-found`. What writes
 * returns when it is durable. A store's own trouble is a FaberError whose code begins with `issue-log-`.
 */
export interface IssueLog {
  /** A new issue, or one more occurrence of a known one. */
  readonly record: (input: RecordInput) => Promise<Recorded>;
  /** By ID, alias, or the beginning of one (6 characters or more); throws `issue-id-ambiguous` when it fits several. */
  readonly find: (id: string) => Promise<Issue | undefined>;
  /** Every solution of an issue with what became of it; the one that worked most often first. */
  readonly solutionsOf: (issueId: string) => Promise<readonly TriedSolution[]>;
  /** Issues that look like the query, most alike first; the issue itself is among them when it is known. */
  readonly candidates: (query: NearQuery) => Promise<readonly NearIssue[]>;
  /** Adds a solution to an issue; one of the same ID is replaced and keeps its attempts. */
  readonly teach: (issueId: string, solution: Solution) => Promise<void>;
  /** Adds an attempt at a solution that was taught; the same attempt again changes nothing. */
  readonly remember: (attempt: Attempt) => Promise<void>;
  readonly note: (issueId: string, author: string, text: string, at: string) => Promise<void>;
  /** Says that two issues belong together; of an issue with itself it says nothing. */
  readonly link: (a: string, b: string, why: string) => Promise<void>;
  /** Last seen first. */
  readonly list: (filter?: IssueFilter) => Promise<readonly Issue[]>;
  /** Issues in whose texts, solutions or notes every word of `text` occurs, in upper or lower case; last seen first. */
  readonly search: (text: string, filter?: IssueFilter) => Promise<readonly Issue[]>;
  /** Attempts, oldest first. */
  readonly attemptsFor: (filter: AttemptFilter) => Promise<readonly Attempt[]>;
  /** What else is known of an issue: its newest occurrences first. */
  readonly historyOf: (issueId: string, limit?: number) => Promise<IssueHistory>;
  readonly statistics: (now: string) => Promise<IssueStatistics>;
  /** Everything, issue by issue, as `merge` takes it; each issue as it was at one moment. */
  readonly dossiers: () => AsyncIterable<IssueDossier>;
  /** Adds what is not there yet: all of it, or nothing when anything is wrong. */
  readonly merge: (dossiers: readonly IncomingDossier[]) => Promise<Merged>;
  /** Occurrences of before `before` that are not archived, without the `keepNewest` newest of each issue. */
  readonly coldOccurrences: (before: string, keepNewest: number) => Promise<readonly Occurrence[]>;
  /** Drops what is known of these occurrences but that they were, and when; returns how many it was. */
  readonly shed: (occurrenceIds: readonly string[]) => Promise<number>;
  /** Bytes that the log takes. */
  readonly size: () => Promise<number>;
  /** Gives back the room of what was dropped. */
  readonly compact: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface RecordInput {
  readonly identity: FailureIdentity;
  readonly failure: Failure;
  /** Redacted by whoever knows the secrets; the store redacts once more, and cuts what is far too long. */
  readonly message: string;
  readonly occurrence: OccurrenceInput;
  /** What near matches are found by; see `issue-log/index`. */
  readonly tokens: readonly WeightedToken[];
  readonly tags?: readonly string[];
  /** IDs of the same failure by older algorithms: an issue known under one is carried on under the new ID. */
  readonly formerIds?: readonly string[];
}

export interface OccurrenceInput {
  readonly at: string;
  readonly environment?: string;
  readonly operation?: string;
  readonly resourceAddress?: string;
  readonly runId?: string;
}

interface Recorded {
  readonly issue: Issue;
  readonly isNew: boolean;
}

/** Counted from attempts each time, never stored. */
export interface SolutionRecord extends SuccessRate {
  /** Tries that were given up: neither a success nor a failure, and in no other figure. */
  readonly abandoned: number;
  /** Mean over the successes whose duration is known, in seconds. */
  readonly meanResolutionSeconds: number | null;
  readonly firstUsed: string | null;
  readonly lastUsed: string | null;
  readonly environments: readonly EnvironmentRecord[];
}

/** The record in one environment, or in those of unknown name. */
export interface EnvironmentRecord extends SuccessRate {
  readonly environment: string | null;
  readonly protectedEnvironment: boolean | null;
}

export interface TriedSolution {
  readonly solution: Solution;
  readonly record: SolutionRecord;
  /** Oldest first. */
  readonly attempts: readonly Attempt[];
}

export interface NearQuery {
  readonly tokens: readonly WeightedToken[];
  /** Of issues that are equally alike, those of the same code and then of the same category come first. */
  readonly code?: string;
  readonly category?: Category;
  readonly limit: number;
}

export interface NearIssue {
  readonly issue: Issue;
  /** Weighted Jaccard of the tokens, above 0, at most 1. */
  readonly similarity: number;
}

export interface IssueFilter {
  readonly category?: Category;
  readonly resourceType?: string;
  /** Last seen at or after. */
  readonly since?: string;
  /** 50 when absent. */
  readonly limit?: number;
  readonly offset?: number;
}

export interface AttemptFilter {
  readonly issueId?: string;
  readonly solutionId?: string;
  readonly runId?: string;
}

export interface Note {
  readonly at: string;
  readonly author: string;
  readonly text: string;
}

export interface Link {
  /** ID of the other issue. */
  readonly to: string;
  readonly why: string;
}

export interface IssueHistory {
  readonly occurrences: readonly LoggedOccurrence[];
  readonly notes: readonly Note[];
  readonly links: readonly Link[];
}

/** An archived one is a time and an ID; its text lies in the archive. */
export interface LoggedOccurrence extends OccurrenceInput {
  readonly id: string;
  readonly archived: boolean;
  readonly message?: string;
}

/** Occurrences that another log counted without listing them. */
export interface CarriedCount {
  /** Tells logs apart, so that one which is imported again, grown, counts once. */
  readonly source: string;
  readonly count: number;
}

/** All that a log knows of one issue. */
export interface IssueDossier extends IssueHistory {
  readonly issue: Issue;
  readonly carried: readonly CarriedCount[];
  readonly solutions: readonly Solution[];
  readonly attempts: readonly Attempt[];
}

export interface IncomingDossier extends IssueDossier {
  readonly tokens: readonly WeightedToken[];
}

/** What a merge added. */
export interface Merged {
  readonly issues: number;
  readonly occurrences: number;
  readonly solutions: number;
  readonly attempts: number;
  readonly notes: number;
  readonly links: number;
}
