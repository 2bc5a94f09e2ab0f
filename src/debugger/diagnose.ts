import type { CuratedSolution } from "../../issue-log/knowledge/solutions.ts";
import type { IssueLog, NearIssue } from "../../issue-log/contract.ts";
import type { AskAgent } from "../core/agent-advice.ts";
import type { Diagnosis, RankedSolution } from "../core/diagnosis.ts";
import type { Diagnostic } from "../core/diagnostic.ts";
import { FaberError } from "../core/error.ts";
import type { Failure, FailureIdentity } from "../core/failure.ts";
import type { Issue } from "../core/issue.ts";
import { withoutUndefined } from "../core/without-undefined.ts";
import { withAdvice } from "./agent.ts";
import { decodeMessages, type Decode } from "./decode.ts";
import { candidateFromKnowledge } from "./from-knowledge.ts";
import { identify } from "./identity/identify.ts";
import { matchIssue, offerFrom } from "./identity/match-score.ts";
import { similarityTokens } from "./identity/tokens.ts";
import { sameUnderOlderId } from "./older-identity.ts";
import { rankSolutions, type Candidate } from "./rank.ts";
import { readFailures } from "./read/read-failures.ts";

/** What a debugger works with; its parts come from whoever composes the program. */
export interface DebuggerParts {
  /** Absent when there is none to be had: diagnosis goes on without, and says so. */
  readonly log?: IssueLog;
  readonly whyNoLog?: string;
  /** Curated solutions for a failure; an empty answer where knowledge is switched off. */
  readonly knowledge: (
    failure: Failure,
    surroundings: Readonly<Record<string, string>>,
  ) => readonly CuratedSolution[];
  readonly redact: (text: string) => string;
  /** Absent where there is no cloud to ask. */
  readonly decode?: Decode;
  /** Asked about what nobody knows; absent where none is named. */
  readonly agent?: AskAgent;
  /** ISO 8601, UTC. */
  readonly now: () => string;
}

export interface DebugRequest {
  readonly text: string;
  /** The same failure as the tool told it, where it did: structure comes before text. */
  readonly diagnostics?: readonly Diagnostic[];
  readonly operation?: string;
  readonly environment?: string;
  readonly protectedEnvironment?: boolean;
  readonly runId?: string;
  readonly record: boolean;
}

/** Understands every failure of a text; the one that the others follow from comes first. */
export async function diagnose(parts: DebuggerParts, request: DebugRequest): Promise<readonly Diagnosis[]> {
  const asRead = readFailures(readingInput(request));
  const isEncoded = asRead.failures.some((failure) => failure.encodedMessage !== undefined);
  const decoded = isEncoded && parts.decode ? await decodeMessages(request, asRead, parts.decode) : request;
  const reading = decoded === request ? asRead : readFailures(readingInput(decoded));
  const root = reading.failures[reading.root];
  const ordered = [...(root ? [root] : []), ...reading.failures.filter((failure) => failure !== root)];
  const diagnoses: Diagnosis[] = [];
  for (const failure of ordered) diagnoses.push(await diagnoseOne(parts, request, failure));
  const [first, ...others] = diagnoses;
  return first ? [await withAgent(parts, first), ...others] : [];
}

/** What the failure follows from, and nothing that anybody knows: an agent may have an idea. */
async function withAgent({ agent }: DebuggerParts, root: Diagnosis): Promise<Diagnosis> {
  if (!agent || root.status === "solution_found") return root;
  const answer = await agent(root);
  if (answer.kind === "absent") return root;
  return answer.kind === "advice"
    ? withAdvice(root, answer.advice)
    : { ...root, agent_said_nothing_because: answer.why };
}

function readingInput({ text, operation, diagnostics }: DebugRequest): Parameters<typeof readFailures>[0] {
  return { text, ...withoutUndefined({ operation, diagnostics }) };
}

async function diagnoseOne(
  parts: DebuggerParts,
  request: DebugRequest,
  failure: Failure,
): Promise<Diagnosis> {
  const identity = identify(failure);
  const consulted = await consultLog(parts, request, failure, identity);
  const curated = parts.knowledge(failure, surroundingsOf(request));
  const candidates = [...consulted.candidates, ...(await fromKnowledge(parts.log, curated))];
  const solutions = rankSolutions(candidates, {
    now: parts.now(),
    ...(request.environment === undefined ? {} : { environment: request.environment }),
    ...(request.protectedEnvironment === undefined
      ? {}
      : { protectedEnvironment: request.protectedEnvironment }),
  });
  return {
    ...describeFailure(parts, failure),
    issue_id: consulted.issue?.id ?? identity.id,
    status: solutions.length > 0 ? "solution_found" : consulted.isKnown ? "no_solution" : "novel_error",
    occurrence_count: consulted.issue?.occurrenceCount ?? 0,
    first_seen: consulted.issue?.firstSeen ?? null,
    root_cause: rootCauseOf(candidates, solutions),
    solutions,
    related_issues: consulted.similar,
    recorded: consulted.recorded,
    ...(consulted.whyNot === undefined ? {} : { not_recorded_because: consulted.whyNot }),
  };
}

function describeFailure(
  { redact }: DebuggerParts,
  failure: Failure,
): Omit<
  Diagnosis,
  | "issue_id"
  | "status"
  | "occurrence_count"
  | "first_seen"
  | "root_cause"
  | "solutions"
  | "related_issues"
  | "recorded"
> {
  const optional = {
    secondary_category: failure.secondaryCategory,
    http_status: failure.httpStatus,
    resource_address: failure.resourceAddress,
    action: failure.action,
    principal: failure.principal,
    resource_arn: failure.resourceArn,
    denied_by: failure.deniedBy,
    at: failure.at,
  };
  return {
    category: failure.category,
    confidence: failure.confidence,
    code: failure.code ?? null,
    resource_type: failure.resourceType ?? null,
    transient: failure.transient,
    message: redact(failure.message),
    normalized_message: redact(failure.normalizedMessage),
    ...withoutUndefined(optional),
  };
}

interface Consulted {
  readonly issue?: Issue;
  /** Whether it was known before this time. */
  readonly isKnown: boolean;
  readonly candidates: readonly Candidate[];
  readonly similar: Diagnosis["related_issues"];
  readonly recorded: boolean;
  readonly whyNot?: string;
}

/** A log that cannot be read or written is no reason to say nothing: the diagnosis goes on without it. */
async function consultLog(
  parts: DebuggerParts,
  request: DebugRequest,
  failure: Failure,
  identity: FailureIdentity,
): Promise<Consulted> {
  const { log } = parts;
  const nothing = { isKnown: false, candidates: [], similar: [], recorded: false };
  if (!log) return { ...nothing, ...(parts.whyNoLog === undefined ? {} : { whyNot: parts.whyNoLog }) };
  try {
    const alike = await alikeIn(log, failure);
    const known = (await log.find(identity.id)) ?? sameUnderOlderId(alike, identity);
    const near = await nearIssues(log, failure, { alike, known });
    const candidates = [...(known ? await fromIssue(log, known, 1) : []), ...near.candidates];
    if (!request.record)
      return {
        ...(known ? { issue: known } : {}),
        isKnown: known !== undefined,
        candidates,
        similar: near.similar,
        recorded: false,
      };
    const { issue } = await log.record({
      identity,
      failure,
      message: parts.redact(failure.message),
      tokens: similarityTokens(failure),
      occurrence: occurrenceOf(parts, request, failure),
      ...(known && known.algorithm < identity.algorithm ? { formerIds: [known.id] } : {}),
    });
    return { issue, isKnown: known !== undefined, candidates, similar: near.similar, recorded: true };
  } catch (error) {
    if (!(error instanceof FaberError)) throw error;
    return { ...nothing, whyNot: error.message };
  }
}

function occurrenceOf(
  parts: DebuggerParts,
  request: DebugRequest,
  failure: Failure,
): Parameters<IssueLog["record"]>[0]["occurrence"] {
  return {
    at: parts.now(),
    ...withoutUndefined({
      environment: request.environment,
      operation: request.operation,
      resourceAddress: failure.resourceAddress,
      runId: request.runId,
    }),
  };
}

/** How many look-alikes are considered, and how many are shown. */
const nearLimit = 8;
const similarShown = 3;

function alikeIn(log: IssueLog, failure: Failure): ReturnType<IssueLog["candidates"]> {
  return log.candidates({
    tokens: similarityTokens(failure),
    category: failure.category,
    limit: nearLimit,
    ...(failure.code === undefined ? {} : { code: failure.code }),
  });
}

async function nearIssues(
  log: IssueLog,
  failure: Failure,
  { alike, known }: { readonly alike: readonly NearIssue[]; readonly known: Issue | undefined },
): Promise<Pick<Consulted, "candidates" | "similar">> {
  const scored = alike
    .filter(({ issue }) => issue.id !== known?.id)
    .map(({ issue }) => ({ issue, score: matchIssue(failure, issue) }))
    .sort((a, b) => b.score - a.score);
  const candidates: Candidate[] = [];
  for (const { issue, score } of scored) {
    if (score >= offerFrom) candidates.push(...(await fromIssue(log, issue, score)));
  }
  const similar = scored.slice(0, similarShown).map(({ issue, score }) => ({
    issue_id: issue.id,
    message: issue.message,
    similarity: Math.round(score * 100) / 100,
  }));
  return { candidates, similar };
}

async function fromIssue(log: IssueLog, issue: Issue, relevance: number): Promise<readonly Candidate[]> {
  const tried = await log.solutionsOf(issue.id);
  const match = relevance === 1 ? "same-issue" : "similar-issue";
  return tried.map(({ solution, attempts }) => ({ solution, match, relevance, attempts }));
}

async function fromKnowledge(
  log: IssueLog | undefined,
  curated: readonly CuratedSolution[],
): Promise<readonly Candidate[]> {
  const candidates: Candidate[] = [];
  for (const each of curated) {
    const attempts = (await log?.attemptsFor({ solutionId: each.solution.id }).catch(() => [])) ?? [];
    candidates.push(candidateFromKnowledge(each, attempts));
  }
  return candidates;
}

function surroundingsOf(request: DebugRequest): Readonly<Record<string, string>> {
  return request.environment === undefined ? {} : { environment: request.environment };
}

function rootCauseOf(candidates: readonly Candidate[], solutions: readonly RankedSolution[]): string | null {
  const best = candidates.find((candidate) => candidate.solution.id === solutions[0]?.solution_id);
  return (
    best?.solution.rootCause ??
    candidates.find((candidate) => candidate.solution.rootCause)?.solution.rootCause ??
    null
  );
}
