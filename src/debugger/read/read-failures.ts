import type { Diagnostic } from "../../core/diagnostic.ts";
import type { Failure, Reading } from "../../core/failure.ts";
import { normalize } from "../identity/normalize.ts";
import { readBlock } from "./block.ts";
import { bound } from "./bounded.ts";
import { categorize } from "./categorize.ts";
import { cleanLines } from "./clean.ts";
import { detailsOf } from "./details.ts";
import { codeIn } from "./code.ts";
import { factsOf, type Facts } from "./facts.ts";
import { longestMessage, type Fragment } from "./fragment.ts";
import { rootOf, withoutEchoes } from "./root.ts";
import { serviceOf, serviceOfType } from "./services.ts";
import { splitErrors } from "./split.ts";
import { fragmentOfDiagnostic, readInlineJson, readJson, readXml } from "./structured.ts";

export interface ReadingInput {
  /** Anything: a log, a message, JSON, nothing. Never executed, never trusted. */
  readonly text: string;
  /** What was being done: `deploy`, `destroy`, …; kept as `during`. */
  readonly operation?: string;
  /** What a tool said in structured form: read before the text. */
  readonly diagnostics?: readonly Diagnostic[];
}

/**
 * Reads the failures out of a text or out of a tool's diagnostics. Always gives at least one, which is `unknown` when
 * nothing can be read. Long texts are read at their head, their tail and where they announce errors (`left_out`).
 */
export function readFailures(input: ReadingInput): Reading {
  const { text, leftOut } = bound(input.text);
  const structured = (input.diagnostics ?? []).filter(({ severity }) => severity === "error");
  const fragments = structured.length > 0 ? structured.map(fragmentOfDiagnostic) : fragmentsOf(text);
  const extra = {
    ...(leftOut === 0 ? {} : { left_out: String(leftOut) }),
    ...(input.operation === undefined ? {} : { during: input.operation }),
  };
  const read = withCauses(fragments.slice(0, mostFailures)).map((fragment) => {
    const facts = factsOf(fragment);
    return { facts, failure: failureOf(facts, extra) };
  });
  const kept = withoutEchoes(read);
  return { failures: kept.map(({ failure }) => failure), root: rootOf(kept) };
}

const mostFailures = 60;

function fragmentsOf(text: string): readonly Fragment[] {
  const json = readJson(text);
  const blocks = splitErrors(cleanLines(readInlineJson(readXml(json.rest))))
    .map(readBlock)
    .filter((block) => block.text !== "");
  const addressed = withAddressBefore(blocks);
  const all = [...json.fragments, ...(json.fragments.length > 0 ? addressed.filter(isTelling) : addressed)];
  return all.length > 0 ? all : [{ headline: "", text: "", notes: [], excerpt: "" }];
}

/** A headline about the state or about credentials and, as an error of its own, the answer of the service that caused it: one failure. */
function withCauses(fragments: readonly Fragment[]): readonly Fragment[] {
  return fragments.flatMap((fragment, index) => {
    const before = fragments[index - 1];
    if (before !== undefined && isCauseOf(before, fragment)) return [];
    const next = fragments[index + 1];
    if (next === undefined || !isCauseOf(fragment, next)) return [fragment];
    return [{ ...fragment, text: `${fragment.text} ${next.text}`.slice(0, longestMessage) }];
  });
}

function isCauseOf(outer: Fragment, cause: Fragment): boolean {
  if (cause.at !== undefined || codeIn(outer.text) !== undefined) return false;
  const about = outer.text.toLowerCase();
  if (about.includes("no valid credential sources")) return /credentials|token|role/i.test(cause.text);
  if (about.includes("cannot assume iam role")) return /\bAssumeRole|\bSTS\b/.test(cause.text);
  if (outer.at !== undefined) return false;
  return aboutState.some((words) => about.startsWith(words)) && codeIn(cause.text) !== undefined;
}

const aboutState = [
  "failed to get existing workspaces",
  "error inspecting states",
  "error acquiring the state lock",
  "error loading state",
  "error refreshing state",
  "failed to save state",
  "error locking state",
  "failed to load state",
];

function isTelling({ text }: Fragment): boolean {
  return /\b(?:error|exception|denied|failed)\b/i.test(text) || codeIn(text) !== undefined;
}

/** Terraform announces a resource before it fails: `aws_eip.a: Creating...`. */
function withAddressBefore(blocks: readonly Fragment[]): readonly Fragment[] {
  const [first, second, ...others] = blocks;
  if (first === undefined || second === undefined) return blocks;
  const announced = /^(\S{3,300}): (?:Creating|Modifying|Destroying|Still \w{1,12}|Refreshing)\b/.exec(
    first.text,
  )?.[1];
  if (announced === undefined || second.address !== undefined) return blocks;
  return [
    {
      ...readBlock([`${announced}: ${second.text}`]),
      headline: second.headline,
      notes: second.notes,
      excerpt: second.excerpt,
    },
    ...others,
  ];
}

function failureOf(facts: Facts, extra: Readonly<Record<string, string>>): Failure {
  const { fragment, access, code, httpStatus } = facts;
  const type = resourceTypeOf(facts);
  return {
    ...categorize(facts),
    transient: isTransient(facts),
    message: fragment.text,
    normalizedMessage: normalize(facts),
    details: { ...detailsOf(facts), ...extra },
    ...(code === undefined ? {} : { code }),
    ...(httpStatus === undefined ? {} : { httpStatus }),
    ...(type === undefined ? {} : { resourceType: type }),
    ...(fragment.address === undefined ? {} : { resourceAddress: fragment.address }),
    ...(access.action === undefined ? {} : { action: access.action }),
    ...(access.principal === undefined ? {} : { principal: access.principal }),
    ...(access.resourceArn === undefined ? {} : { resourceArn: access.resourceArn }),
    ...(access.deniedBy === undefined ? {} : { deniedBy: access.deniedBy }),
    ...(access.encodedMessage === undefined ? {} : { encodedMessage: access.encodedMessage }),
    ...(fragment.at === undefined ? {} : { at: fragment.at }),
  };
}

function resourceTypeOf({ fragment, call, access }: Facts): string | undefined {
  if (fragment.resourceType !== undefined) return fragment.resourceType;
  const service = call.service ?? access.action?.split(":")[0];
  return service === undefined ? undefined : (serviceOfType(service) ?? serviceOf(service));
}

function isTransient({ recognised, httpStatus }: Facts): boolean {
  const { problem } = recognised;
  if (problem !== undefined) return problem.transient === true;
  return httpStatus === 429 || (httpStatus !== undefined && httpStatus >= 500);
}
