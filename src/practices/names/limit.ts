/** What AWS takes for a name. */
export interface NameLimit {
  /** Argument that holds the name. */
  readonly argument: string;
  readonly min: number;
  readonly max: number;
  /** The whole name must match. */
  readonly form?: RegExp;
  /** The form in words: `lower-case letters, digits and hyphens`. */
  readonly says?: string;
  /** What must not be, with the reason, beyond the form. */
  readonly never?: readonly (readonly [RegExp, string])[];
  /** Page that says so. */
  readonly source: string;
}

/** By resource type. */
export type NameLimits = Readonly<Record<string, NameLimit>>;

/** Characters that the AWS provider puts behind a `name_prefix`. */
export const generatedSuffix = 26;

const api = "https://docs.aws.amazon.com";

export const pages = {
  api: (path: string): string => `${api}/${path}`,
} as const;

export const wordsAndHyphens = {
  form: /^[A-Za-z0-9_-]+$/,
  says: "letters, digits, hyphens and underscores",
} as const;

export const lettersAndHyphens = {
  form: /^[A-Za-z0-9-]+$/,
  says: "letters, digits and hyphens",
} as const;

export const lowerAndHyphens = {
  form: /^[a-z0-9-]+$/,
  says: "lower-case letters, digits and hyphens",
} as const;

export const dotsToo = {
  form: /^[A-Za-z0-9._-]+$/,
  says: "letters, digits, full stops, hyphens and underscores",
} as const;

/** Identifiers of databases and caches: RDS keeps them in lower case, Terraform takes only such. */
export const identifier = {
  form: /^[a-z][a-z0-9-]*$/,
  says: "lower-case letters, digits and hyphens, a letter first",
  never: [
    [/--/, "has two hyphens in a row"],
    [/-$/, "ends with a hyphen"],
  ],
} as const satisfies Pick<NameLimit, "form" | "says" | "never">;
