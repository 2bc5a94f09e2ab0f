import { withoutCredentials } from "./credential-patterns.ts";
import { isOwnNumber, isOwnWord } from "./own-words.ts";
import { formsOfSecret, partsOfSecret, shortestForm } from "./secret-forms.ts";
import { createSecretIndex, type SecretHit } from "./secret-index.ts";

/** Replaces secrets before text reaches any sink: terminal, file, report, issue log. */
export interface Redactor {
  /**
   * Registers a value that must never appear. One under four characters would blank out ordinary text, and so would
   * a word that faber itself writes all the time (`create`, `PASS`): neither is looked for.
   */
  readonly learn: (secret: string) => void;
  readonly text: (text: string) => string;
  /** The same for every string inside a JSON-like value. */
  readonly value: <T>(value: T) => T;
}

const redacted = "(redacted)";

export function createRedactor(): Redactor {
  const known = new Set<string>();
  const index = createSecretIndex();
  const text = (input: string): string =>
    withoutCredentials(withoutHits(input, index.hitsIn(input)), redacted);
  const learn = (secret: string): void => {
    if (secret.length < shortestForm || known.has(secret) || isOwnWord(secret)) return;
    known.add(secret);
    for (const form of formsOfSecret(secret)) index.add(form);
    for (const part of partsOfSecret(secret)) learn(part);
  };
  return { learn, text, value: <T>(input: T): T => mapStrings(input, text) as T };
}

function withoutHits(text: string, hits: readonly SecretHit[]): string {
  let output = "";
  let done = 0;
  for (const hit of hits) {
    if (isInOwnMark(text, hit)) continue;
    output += `${text.slice(done, hit.start)}${redacted}`;
    done = hit.end;
  }
  return done === 0 ? text : output + text.slice(done);
}

/** Shorter secrets, a PIN say, are met by chance in what faber numbers and dates its own things with. */
const shortestCertain = 8;
const longestMark = 80;
const ownMark =
  /^(?:[0-9a-f]{12,64}|[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9:.]+Z?)?|[0-9]{8}T[0-9]{6}Z[-0-9a-z.]*|sha256:[0-9a-f]{12,64})$/;

/** Whether a short hit lies in a digest, a time or a run's ID. */
function isInOwnMark(text: string, { start, end }: SecretHit): boolean {
  if (end - start >= shortestCertain) return false;
  let from = start;
  let to = end;
  while (from > start - longestMark && isMarkCharacter(text.charCodeAt(from - 1))) from -= 1;
  while (to < end + longestMark && isMarkCharacter(text.charCodeAt(to))) to += 1;
  return to - from > end - start && ownMark.test(text.slice(from, to));
}

function isMarkCharacter(code: number): boolean {
  return (
    (code >= 48 && code <= 58) || // 0-9 :
    (code >= 65 && code <= 90) ||
    (code >= 97 && code <= 122) ||
    code === 45 ||
    code === 46
  );
}

function mapStrings(input: unknown, change: (text: string) => string, key = ""): unknown {
  if (typeof input === "string") return isOwnWord(input) ? input : change(input);
  if (typeof input === "number") {
    if (isOwnNumber(key)) return input;
    // A secret number is as secret as its text.
    const written = String(input);
    return change(written) === written ? input : change(written);
  }
  if (Array.isArray(input)) return input.map((item) => mapStrings(item, change, key));
  if (typeof input !== "object" || input === null) return input;
  return Object.fromEntries(
    Object.entries(input).map(([name, item]) => [
      isOwnWord(name) ? name : change(name),
      mapStrings(item, change, name),
    ]),
  );
}
