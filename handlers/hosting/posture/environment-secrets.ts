import type { JsonObject } from "../../../src/core/json.ts";

/** A variable that gives a secret away; the value itself is never carried on. */
export interface PlainSecret {
  readonly name: string;
  /** E.g. `an AWS access key`. */
  readonly looksLike: string;
  /** By the form of its value, not by its name and randomness alone. */
  readonly sure: boolean;
}

/** Forms that only credentials have. Each pattern is linear in its input. */
const forms: readonly (readonly [string, RegExp])[] = [
  ["an AWS access key", /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/],
  ["a private key", /-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----/],
  ["a GitHub token", /\bgh[pousr]_[A-Za-z0-9]{30,}\b|\bgithub_pat_[A-Za-z0-9_]{30,}/],
  ["a GitLab token", /\bglpat-[A-Za-z0-9_-]{20,}/],
  ["a Slack token", /\bxox[abprs]-[A-Za-z0-9-]{20,}/],
  ["a Stripe key", /\b[rs]k_live_[A-Za-z0-9]{16,}/],
  ["a Google API key", /\bAIza[A-Za-z0-9_-]{35}/],
  ["a SendGrid key", /\bSG\.[A-Za-z0-9_-]{16,64}\.[A-Za-z0-9_-]{16,}/],
  ["a signed token", /\beyJ[A-Za-z0-9_-]{10,2000}\.eyJ[A-Za-z0-9_-]{10,}/],
  ["a password in an address", /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@]{0,64}:[^\s:/@]{3,256}@/i],
];

const secretName =
  /(?:^|_)(?:password|passwd|pwd|pass|secret|token|api_?key|access_?key|secret_?key|private_?key|signing_?key|encryption_?key|credentials?|connection_?string)s?(?:_\d+)?$/i;

/** No value is looked at further than this; Lambda allows 4 KB for all variables together. */
const longest = 4_096;
/** Bits a character: words and names are below, what a generator made is above. */
const random = 3;

export function plainSecrets(variables: JsonObject): readonly PlainSecret[] {
  return Object.entries(variables).flatMap(([name, value]): readonly PlainSecret[] => {
    if (typeof value !== "string") return [];
    const text = value.slice(0, longest);
    const form = forms.find(([, pattern]) => pattern.test(text))?.[0];
    if (form !== undefined) return [{ name, looksLike: form, sure: true }];
    return secretName.test(inSnakeCase(name)) && looksSecret(text)
      ? [{ name, looksLike: "what looks like a secret", sure: false }]
      : [];
  });
}

/** `dbPassword` and `db.password` are as telling as `DB_PASSWORD`. */
function inSnakeCase(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, "$1_$2").replace(/[.-]/g, "_");
}

/** Where the secret lies is not the secret: ARNs, paths, addresses, references, switches, numbers. */
const pointsElsewhere =
  /^(?:arn:|\/|https?:\/\/|\{\{|\$\{|ssm:|secretsmanager:|alias\/|true$|false$|\d{1,7}$)/i;

function looksSecret(text: string): boolean {
  return text.length >= 8 && !pointsElsewhere.test(text) && entropyOf(text) >= passingEntropy(text.length);
}

/** A short text cannot have more bits a character than the logarithm of its length. */
function passingEntropy(length: number): number {
  return Math.min(random, 0.8 * Math.log2(length));
}

/** Shannon entropy, bits a character. */
export function entropyOf(text: string): number {
  const signs = text.split("");
  const counts = new Map<string, number>();
  for (const sign of signs) counts.set(sign, (counts.get(sign) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => {
    const share = count / signs.length;
    return sum - share * Math.log2(share);
  }, 0);
}
