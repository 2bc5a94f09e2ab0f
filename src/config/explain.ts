import type { z } from "zod";
import { sourceAt, valueAt, keyAt, type Located } from "./located.ts";
import { dotted, quoted, type Path } from "./problem.ts";
import { inBrackets, suggest } from "./suggest.ts";

/** A problem before its place is known as line and column. */
export interface Complaint {
  readonly offset: number;
  readonly text: string;
}

type Issue = z.core.$ZodIssue;

/** Keys that are valid where a problem is, and those of the other level, for a key in the wrong place. */
export interface KnownKeys {
  readonly at: (path: Path) => readonly string[];
  readonly elsewhere: (path: Path, key: string) => string | undefined;
}

/** What the schema found, in words of ours and with places in the file. */
export function explainAll(issues: readonly Issue[], root: Located, known: KnownKeys): readonly Complaint[] {
  const complaints = issues.flatMap((issue) => explain(issue, root, known));
  const wrongKeys = complaints.filter((complaint) => complaint.text.startsWith("unknown key"));
  // A key that is only misspelt is not missing as well.
  const isMisspelt = ({ text }: Complaint): boolean =>
    text.endsWith(" is missing") &&
    wrongKeys.some((wrong) =>
      wrong.text.endsWith(`(${text.slice(0, -" is missing".length).split(".").at(-1)}?)`),
    );
  return complaints.filter((complaint) => !isMisspelt(complaint));
}

function explain(issue: Issue, root: Located, known: KnownKeys): readonly Complaint[] {
  const path = stepsOf(issue.path);
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      offset: keyAt(root, [...path, key]),
      text: unknownKey(path, key, known),
    }));
  }
  if (issue.code === "invalid_union") {
    const meant = meantBranch(issue.errors);
    if (meant !== undefined)
      return meant.flatMap((inner) => explain({ ...inner, path: [...path, ...inner.path] }, root, known));
  }
  const name = path.length === 0 ? "the file" : dotted(path);
  if (issue.code === "invalid_key") {
    const why = issue.issues[0]?.message ?? "is not a valid key";
    return [
      {
        offset: keyAt(root, path),
        text: `${dotted(path.slice(0, -1))}: the name ${quoted(path.at(-1))} ${why}`,
      },
    ];
  }
  return [
    {
      offset: valueAt(root, path),
      text: `${name} ${whatIsWrong(issue, lookUp(root, path), sourceAt(root, path))}`,
    },
  ];
}

/** Of the forms that a value may have, the one that it has: whose complaints are about what is inside it. */
function meantBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  return branches.find((issues) => issues.every((issue) => issue.path.length > 0));
}

function unknownKey(path: Path, key: string, known: KnownKeys): string {
  const elsewhere = known.elsewhere(path, key);
  if (elsewhere !== undefined) return `unknown key ${quoted(key)} here (${elsewhere})`;
  const candidates = known.at(path);
  const suggestion = suggest(key, candidates);
  if (suggestion !== undefined || candidates.length > 6)
    return `unknown key ${quoted(key)}${inBrackets(suggestion)}`;
  return `unknown key ${quoted(key)} (known here: ${candidates.join(", ")})`;
}

/** Completes "<key> …". `source` is the value as it is written, which keeps leading zeros. */
export function whatIsWrong(issue: Issue, value: unknown, source?: string): string {
  if (issue.code === "invalid_type") return wrongType(issue.expected, value, source);
  if (issue.code === "invalid_value") {
    return `must be ${anyOf(issue.values)}, got ${quoted(value)}${inBrackets(nearest(value, issue.values))}`;
  }
  if (issue.code === "custom") return `${issue.message}, got ${quoted(value)}`;
  if (issue.code === "invalid_format") return `${issue.message}, got ${quoted(value)}`;
  if (issue.code === "too_small" || issue.code === "too_big") return outOfBounds(issue, value);
  return `is not valid, got ${quoted(value)}`;
}

type OutOfBounds = Extract<Issue, { readonly code: "too_small" | "too_big" }>;

function outOfBounds(issue: OutOfBounds, value: unknown): string {
  const [words, limit] =
    issue.code === "too_small"
      ? (["at least", issue.minimum] as const)
      : (["at most", issue.maximum] as const);
  if (issue.origin === "string") return issue.message;
  if (issue.origin === "array") return `must have ${words} ${limit} entries`;
  return `must be ${words} ${limit}, got ${quoted(value)}`;
}

function wrongType(expected: string, value: unknown, source: string | undefined): string {
  if (value === undefined) return "is missing";
  const isScalar = typeof value === "number" || typeof value === "boolean";
  if (expected === "string" && isScalar) {
    const written = source ?? String(value);
    return `must be text, got the ${typeof value} ${written}: quote it as "${written}"`;
  }
  const got =
    value === null
      ? "nothing"
      : Array.isArray(value)
        ? "a list"
        : isScalar || typeof value === "string"
          ? quoted(value)
          : "a map";
  return `must be ${typeWords[expected] ?? expected}, got ${got}`;
}

const typeWords: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a map of keys and values",
  record: "a map of keys and values",
};

function anyOf(values: readonly unknown[]): string {
  const words = values.map(String);
  return words.length > 6
    ? "one of the known names"
    : [words.slice(0, -1).join(", "), words.at(-1)].filter(Boolean).join(" or ");
}

function nearest(value: unknown, values: readonly unknown[]): string | undefined {
  return typeof value === "string" ? suggest(value, values.map(String)) : undefined;
}

function lookUp(root: Located, path: Path): unknown {
  let node: Located | undefined = root;
  for (const step of path) node = node?.entries?.get(step)?.node;
  return node?.value;
}

function stepsOf(path: readonly PropertyKey[]): Path {
  return path.map((step) => (typeof step === "symbol" ? String(step) : step));
}
