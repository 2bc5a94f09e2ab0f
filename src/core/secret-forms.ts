/** One way a secret is written inside other texts. */
export interface SecretForm {
  readonly text: string;
  /** Part of a longer base64 text: the characters beside it hold the secret's outer bits. */
  readonly inBase64?: true;
}

/** Shorter forms would blank out ordinary text. */
export const shortestForm = 4;
/** The inner part of a base64 text must be this long to be no accident. */
const shortestCore = 8;
/** A line of a longer secret that is worth hiding by itself. */
const shortestLine = 8;

/** Every way a secret is written: as it is, and as JSON, HTML, URLs, base64 and hexadecimal have it. */
export function formsOfSecret(secret: string): readonly SecretForm[] {
  // By way of bytes: half a surrogate pair cannot be encoded.
  const bytes = Buffer.from(secret);
  const whole = new Set([secret, ...urlForms(bytes.toString()), ...jsonForms(secret), ...htmlForms(secret)]);
  for (const form of [...base64Forms(bytes), bytes.toString("hex"), bytes.toString("hex").toUpperCase()])
    whole.add(form);
  const cores = base64Cores(bytes).filter((core) => core.length >= shortestCore && !whole.has(core));
  return [
    ...[...whole].filter((text) => text.length >= shortestForm).map((text) => ({ text })),
    ...cores.map((text) => ({ text, inBase64: true as const })),
  ];
}

/** A secret of several lines may be shown a line at a time, and JSON one member at a time. */
export function partsOfSecret(secret: string): readonly string[] {
  const lines = secret.includes("\n") ? secret.split(/\r?\n/).map((line) => line.trim()) : [];
  return [...lines.filter((line) => line.length >= shortestLine && !isFrame(line)), ...secretMembers(secret)];
}

/** What stands around a secret and says nothing of it. */
function isFrame(line: string): boolean {
  return line.startsWith("-----") || /^[\s{}[\],:"]*$/.test(line);
}

const secretName = /pass|secret|token|key|credential|auth/i;

function secretMembers(secret: string): readonly string[] {
  if (!/^\s*\{/.test(secret)) return [];
  try {
    const document: unknown = JSON.parse(secret);
    return typeof document === "object" && document !== null ? membersOf(document) : [];
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return []; // No JSON after all.
    throw error;
  }
}

function membersOf(document: object): readonly string[] {
  return Object.entries(document).flatMap(([key, value]: [string, unknown]) => {
    if (typeof value === "string") return secretName.test(key) && value.length >= shortestLine ? [value] : [];
    return typeof value === "object" && value !== null ? membersOf(value) : [];
  });
}

function jsonForms(secret: string): readonly string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  const ascii = json.replace(/[^\x20-\x7e]/g, asUnicodeEscape);
  return [
    json,
    json.replace(/[<>&]/g, asUnicodeEscape),
    ascii,
    ascii.replace(/[<>&]/g, asUnicodeEscape),
    json.replaceAll("/", "\\/"),
    // JSON inside JSON, as a string of a log line is.
    JSON.stringify(json).slice(1, -1),
    JSON.stringify(json.replace(/[<>&]/g, asUnicodeEscape)).slice(1, -1),
    // Terraform doubles what would begin a template.
    json.replace(/[$%](?=\{)/g, "$&$&"),
  ];
}

/** As Go's JSON, and so Terraform's, keeps itself fit for HTML. */
function asUnicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** encodeURIComponent, RFC 3986, and what forms and Go's QueryEscape and PathEscape write; both cases of digits. */
function urlForms(secret: string): readonly string[] {
  const component = encodeURIComponent(secret);
  const strict = component.replace(/[!'()*]/g, asPercent);
  const upper = [
    component,
    strict,
    strict.replaceAll("%20", "+"),
    strict.replaceAll("%2A", "*").replaceAll("%20", "+"),
    strict.replace(/%(?:24|26|2B|3A|3D|40)/g, decodeURIComponent),
    encodeURI(secret),
    // Forms encode the tilde, which nobody else does.
    strict.replaceAll("%2A", "*").replaceAll("%20", "+").replaceAll("~", "%7E"),
  ];
  return [...upper, ...upper.map((form) => form.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()))];
}

function asPercent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

function htmlForms(secret: string): readonly string[] {
  const text = secret.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const quotes = [
    ["&quot;", "&#34;"],
    ["&#39;", "&#x27;", "&apos;", "'"],
  ] as const;
  return [
    text,
    ...quotes[0].flatMap((double) =>
      quotes[1].map((single) => text.replaceAll('"', double).replaceAll("'", single)),
    ),
  ];
}

function base64Forms(bytes: Buffer): readonly string[] {
  const padded = bytes.toString("base64");
  const bare = padded.replace(/=+$/, "");
  return [padded, bare, bytes.toString("base64url"), encodeURIComponent(padded), encodeURIComponent(bare)];
}

/**
 * What of a longer base64 text is told by the secret alone, wherever it stands in it: there are three ways its bytes
 * can fall on the characters' six bits.
 */
function base64Cores(bytes: Buffer): readonly string[] {
  return [0, 1, 2].flatMap((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64");
    const first = Math.ceil((before * 8) / 6);
    const end = Math.floor(((before + bytes.length) * 8) / 6);
    const core = text.slice(first, end);
    const url = core.replaceAll("+", "-").replaceAll("/", "_");
    return core === url ? [core] : [core, url, encodeURIComponent(core)];
  });
}
