import type { TagPolicy } from "../../core/policy.ts";
import { didYouMean } from "../../core/similar.ts";

/** What a project asks of tags, ready to be held against many resources. */
export interface TagRules {
  readonly required: readonly string[];
  readonly values: readonly ValueRule[];
  /** Why a tag is not there, given the keys that are. */
  readonly explain: (key: string, keys: readonly string[]) => string;
}

interface ValueRule {
  readonly key: string;
  readonly allowed?: readonly string[];
  /** Matches the whole value. */
  readonly pattern?: RegExp;
  readonly written?: string;
}

/** AWS takes no longer values; a longer one is refused before a pattern is tried on it. */
const longestValue = 256;

/** Compiles a project's rules; throws SyntaxError for a pattern that is none, which faber.yaml does not let through. */
export function tagRules({ required, values }: Pick<TagPolicy, "required" | "values">): TagRules {
  const explained = new Map<string, string>();
  return {
    required,
    // Thousands of resources lack the same tag beside the same others.
    explain: (key, keys) => {
      const question = [key, ...keys].join("\n");
      const known = explained.get(question) ?? whyAbsent(key, keys);
      explained.set(question, known);
      return known;
    },
    values: Object.entries(values).map(([key, { allowed, pattern }]) => ({
      key,
      ...(allowed === undefined ? {} : { allowed }),
      ...(pattern === undefined ? {} : { pattern: new RegExp(`^(?:${pattern})$`, "u"), written: pattern }),
    })),
  };
}

export interface Tag {
  readonly key: string;
  /** Absent when it is known only after the apply. */
  readonly value?: string;
  readonly sensitive: boolean;
}

export interface TagVerdict {
  /** Keys of required tags that will not be there. */
  readonly missing: readonly { readonly key: string; readonly why: string }[];
  readonly wrong: readonly { readonly key: string; readonly why: string }[];
  /** Something can be told only after the apply. */
  readonly later: boolean;
}

/** Holds the tags of one resource against the rules; `open`: more tags may come that nobody knows yet. */
export function judgeTags(tags: readonly Tag[], open: boolean, rules: TagRules): TagVerdict {
  const byKey = new Map(tags.map((tag) => [tag.key, tag]));
  const empty = (tag: Tag): boolean => tag.value !== undefined && tag.value.trim() === "";
  const absent = rules.required.filter((key) => !byKey.has(key));
  const blank = rules.required.filter((key) => {
    const tag = byKey.get(key);
    return tag !== undefined && empty(tag);
  });
  const judged = rules.values.map((rule) => ({ rule, tag: byKey.get(rule.key) }));
  const wrong = judged.flatMap(({ rule, tag }) => {
    const why = tag === undefined || empty(tag) ? undefined : objection(rule, tag);
    return why === undefined ? [] : [{ key: rule.key, why }];
  });
  return {
    missing: [
      ...(open ? [] : absent.map((key) => ({ key, why: rules.explain(key, [...byKey.keys()]) }))),
      ...blank.map((key) => ({ key, why: `${key} is empty` })),
    ],
    wrong,
    later:
      (open && (absent.length > 0 || judged.some(({ tag }) => tag === undefined))) ||
      judged.some(({ tag }) => tag !== undefined && tag.value === undefined),
  };
}

/** Keys differ by case; a slip in one is likelier than a tag nobody thought of. */
function whyAbsent(key: string, keys: readonly string[]): string {
  const otherCase = keys.find((other) => other.toLowerCase() === key.toLowerCase());
  const near =
    otherCase ??
    didYouMean(
      key,
      keys.filter((other) => other !== "Name"),
    );
  return near === undefined ? `needs ${key}` : `has ${near}, needs ${key}`;
}

function objection({ key, allowed, pattern, written }: ValueRule, tag: Tag): string | undefined {
  const { value } = tag;
  if (value === undefined) return undefined;
  const shown = tag.sensitive
    ? "its value, which is sensitive,"
    : JSON.stringify(value.slice(0, longestValue));
  if (value.length > longestValue) return `${key} is longer than ${longestValue} characters`;
  if (allowed !== undefined && !allowed.includes(value)) {
    const near = tag.sensitive ? undefined : didYouMean(value, allowed);
    return `${key}: ${shown} is not one of ${listOf(allowed)}${near === undefined ? "" : ` (${near}?)`}`;
  }
  if (pattern !== undefined && !pattern.test(value))
    return `${key}: ${shown} does not match ${written ?? ""}`;
  return undefined;
}

function listOf(values: readonly string[]): string {
  const shown = values.slice(0, 6).join(", ");
  return values.length > 6 ? `${shown} and ${values.length - 6} more` : shown;
}
