import { z } from "zod";
import { categories } from "../../src/core/failure.ts";

const layers = [
  "identity-policy",
  "resource-policy",
  "explicit-deny",
  "organization-policy",
  "permissions-boundary",
  "session-policy",
  "endpoint-policy",
] as const;

const kinds = [
  "permission_grant",
  "config_fix",
  "resource_recreation",
  "state_fix",
  "retry",
  "quota_increase",
  "manual",
] as const;

const kebab = z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
const line = z.string().regex(/^\S(?:[^\n]*\S)?$/, "one line without blanks around it");
/** Compared in lower case, so kept in it. */
const phrase = z
  .string()
  .min(3)
  .regex(/^[^\n]*\S[^\n]*$/, "one line")
  .toLowerCase();
const texts = (each: z.ZodString): z.ZodArray<z.ZodString> => z.array(each).min(1);

const condition = z
  .strictObject({
    /** The failure's code is one of these, compared without regard to case. */
    codes: texts(line).optional(),
    /** `service:Operation`, or `service:*` for every operation of a service, or `*` for any action at all. */
    actions: texts(z.string().regex(/^(?:\*|[a-z0-9-]+:(?:\*|[A-Za-z0-9]+\*?))$/)).optional(),
    /** Terraform's types; a `*` at the end stands for the rest. */
    resource_types: texts(z.string().regex(/^[a-z0-9_]+\*?$/)).optional(),
    denied_by: z.array(z.enum(layers)).min(1).optional(),
    not_denied_by: z.array(z.enum(layers)).min(1).optional(),
    http_status: z.array(z.int().min(100).max(599)).min(1).optional(),
    /** All occur in the failure's text; case and the number of blanks between words do not matter. */
    phrases: texts(phrase).optional(),
    any_phrases: texts(phrase).optional(),
    not_phrases: texts(phrase).optional(),
    /** A regular expression that must be found in the text; its named groups become parameters. */
    pattern: z
      .string()
      .refine(isLinear, "a regular expression without nested or unbounded repeats")
      .optional(),
  })
  .refine(isStrong, "needs a code, an action, a layer that denied, or a phrase");

/** A text for a person, or something to run or to put into a file, with a word on what it is for. */
const step = z.union([
  line,
  z.strictObject({
    say: line.optional(),
    run: line.refine(hasBareParameters, "a parameter within quotes, or backticks or brackets outside"),
  }),
  z.strictObject({ say: line.optional(), hcl: z.string().min(1) }),
  z.strictObject({ say: line.optional(), json: z.string().min(1) }),
]);

const solution = z.strictObject({
  id: kebab,
  description: line.max(200),
  kind: z.enum(kinds),
  steps: z.array(step).min(1).max(8),
  /** Only where a handler of this name could do it without a person. */
  automation: z
    .strictObject({
      handler: kebab,
      operation: kebab.optional(),
      parameters: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
    })
    .optional(),
  impact: z.enum(["low", "medium", "high"]),
  /** Odds before anybody has tried it, as if this many tries had been made. */
  prior: z
    .strictObject({ successes: z.number().min(0), tries: z.number().min(1).max(10) })
    .refine(({ successes, tries }) => successes <= tries, "more successes than tries"),
});

/** One kind of problem and what is known to resolve it, as it stands in a YAML file. */
export const knowledgeEntrySchema = z.strictObject({
  id: kebab,
  title: line.max(120),
  category: z.enum(categories).exclude(["unknown"]),
  /** Other categories under which a fair reader could file the same failure. */
  also: z.array(z.enum(categories)).min(1).optional(),
  /** All conditions of one hold; where there are several, any one of them will do. */
  match: z.union([condition.transform((one) => [one]), z.array(condition).min(1)]),
  /** Regular expressions that only fill in parameters: the entry matches without them too. */
  extract: z
    .array(z.string().refine(isLinear, "a regular expression without nested or unbounded repeats"))
    .optional(),
  root_cause: z.string().min(20).max(500),
  solutions: z.array(solution).min(1).max(4),
  source: z.url({ protocol: /^https$/ }),
  examples: z.array(z.string().min(10)).min(1).max(5),
  not_examples: z.array(z.string().min(10)).optional(),
});

/** The content of one YAML file. */
export const knowledgeFileSchema = z.array(knowledgeEntrySchema).min(1);

export type KnowledgeCondition = z.output<typeof condition>;
export type KnowledgeStep = z.output<typeof step>;
export type KnowledgeSolution = z.output<typeof solution>;
/** What is used at run time: an entry without the texts that only its test needs. */
export type KnowledgeEntry = Omit<z.output<typeof knowledgeEntrySchema>, "examples" | "not_examples">;

function isStrong(condition: Readonly<Record<string, unknown>>): boolean {
  return ["codes", "actions", "denied_by", "phrases", "any_phrases"].some(
    (key) => condition[key] !== undefined,
  );
}

/** Repeats are `?`, `{m,n}` with n ≤ 300, never on a group that repeats within: time then grows with the text alone. */
function isLinear(pattern: string): boolean {
  const plain = pattern
    .replace(/\\./g, "e")
    .replace(/\[[^\]]*\]/g, "c")
    .replace(/\(\?(?:[:=!]|<[=!]|<\w+>)/g, "(");
  const unbounded = /[*+]|\{\d*,\}/.test(plain);
  const nested = /[?}][^()]{0,300}\)\{/.test(plain);
  const wide = [...plain.matchAll(/\{(?:\d{1,4},)?(\d{1,6})\}/g)].some(([, most]) => Number(most) > 300);
  return !unbounded && !nested && !wide && compiles(pattern);
}

function compiles(pattern: string): boolean {
  try {
    return new RegExp(pattern, "i").source !== "";
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

/** Values are quoted when they are filled in, which fails within quotes; and what a shell would run stays quoted. */
function hasBareParameters(command: string): boolean {
  const withinQuotes = command.match(/'[^']*'|"[^"]*"/g) ?? [];
  const outside = command.replace(/'[^']*'|"[^"]*"/g, "");
  return withinQuotes.every((quoted) => !quoted.includes("{{")) && !/[`()]/.test(outside);
}
