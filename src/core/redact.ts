/** Replaces secrets before text reaches any sink: terminal, file, report, issue log. */
export interface Redactor {
  /** Registers a value that must never appear; ones under four characters would blank out ordinary text. */
  readonly learn: (secret: string) => void;
  readonly text: (text: string) => string;
  /** The same for every string inside a JSON-like value. */
  readonly value: <T>(value: T) => T;
}

const redacted = "(redacted)";

export function createRedactor(): Redactor {
  const known = new Set<string>();
  // Longest first, so that a secret which contains another goes as a whole; sorted when it is next needed.
  let ordered: readonly string[] | undefined;
  const text = (input: string): string => {
    let output = input;
    ordered ??= [...known].sort((a, b) => b.length - a.length);
    for (const secret of ordered) if (output.includes(secret)) output = output.replaceAll(secret, redacted);
    for (const pattern of credentialPatterns) output = output.replace(pattern, replacementFor);
    return output;
  };
  const value = <T>(input: T): T => mapStrings(input, text) as T;
  const learn = (secret: string): void => {
    if (secret.length < 4) return;
    for (const form of formsOf(secret)) known.add(form);
    ordered = undefined;
  };
  return { learn, text, value };
}

/** The ways one secret is written inside other texts. */
function formsOf(secret: string): readonly string[] {
  const base64 = Buffer.from(secret).toString("base64");
  const json = JSON.stringify(secret).slice(1, -1);
  return [
    secret,
    // By way of bytes: half a surrogate pair cannot be encoded.
    encodeURIComponent(Buffer.from(secret).toString()),
    json,
    json.replace(/[<>&]/g, asGoWritesIt),
    base64,
    base64.replace(/=+$/, ""),
    Buffer.from(secret).toString("base64url"),
  ].filter((form) => form.length >= 4);
}

/** Go's JSON, and so Terraform's, keeps itself fit for HTML. */
function asGoWritesIt(character: string): string {
  return `\\u00${character.charCodeAt(0).toString(16)}`;
}

/** Named groups: `keep` stays, the rest of the match goes. Every pattern is linear in its input. */
const credentialPatterns: readonly RegExp[] = [
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
  /(?<keep>\b(?:aws_)?(?:secret_?access_?key|session_?token|secret_?key)["']?\s{0,4}[=:]\s{0,4}["']?)[A-Za-z0-9/+=]{16,}/gi,
  /(?<keep>\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@]{0,64}:)[^\s@/]{1,256}(?=@)/gi,
  /(?<keep>\b(?:authorization|bearer)["']?[:\s]\s{0,4}["']?(?:bearer\s|basic\s)?)[A-Za-z0-9._~+/=-]{16,}/gi,
  /\bgh[pousr]_[A-Za-z0-9]{20,}\b/g,
  /-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----[^-]{0,10000}(?:-----END [A-Z ]{0,20}PRIVATE KEY-----)?/g,
];

function replacementFor(...match: readonly unknown[]): string {
  const groups = match.at(-1);
  const keep = typeof groups === "object" && groups !== null && "keep" in groups ? groups.keep : undefined;
  return `${typeof keep === "string" ? keep : ""}${redacted}`;
}

function mapStrings(input: unknown, change: (text: string) => string): unknown {
  if (typeof input === "string") return change(input);
  if (typeof input === "number") {
    // A secret number is as secret as its text.
    const written = String(input);
    return change(written) === written ? input : change(written);
  }
  if (Array.isArray(input)) return input.map((item) => mapStrings(item, change));
  if (typeof input !== "object" || input === null) return input;
  return Object.fromEntries(
    Object.entries(input).map(([key, item]) => [change(key), mapStrings(item, change)]),
  );
}
