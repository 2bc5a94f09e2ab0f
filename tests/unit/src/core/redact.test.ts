import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { secretsInEnvironment } from "../../../../src/core/environment-secrets.ts";
import { isOwnNumber, isOwnWord } from "../../../../src/core/own-words.ts";
import { createRedactor, type Redactor } from "../../../../src/core/redact.ts";
import { reportJsonSchemas } from "../../../../reports/json-schema.ts";
import { isObject } from "../../../../src/core/json.ts";
import { cpuMilliseconds } from "../../../helpers/cpu-time.ts";

const redacted = "(redacted)";

function knowing(...secrets: readonly string[]): Redactor {
  const redactor = createRedactor();
  for (const secret of secrets) redactor.learn(secret);
  return redactor;
}

/** Texts such as passwords and keys are: anything printable, signs and other alphabets among it. */
const anySecret = fc
  .oneof(
    fc.string({ minLength: 8, maxLength: 60 }),
    fc.string({
      minLength: 8,
      maxLength: 40,
      unit: fc.constantFrom(...Array.from("abcXYZ019+/=&<>\"'\\%$ äß€😀{}-_.~!*()|`")),
    }),
    fc.base64String({ minLength: 8, maxLength: 64 }),
  )
  .filter((secret) => secret.trim().length >= 8 && !redacted.includes(secret) && !isOwnWord(secret));

const goEscape = (text: string): string =>
  text.replace(/[<>&]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`);
const html = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
const lowerDigits = (text: string): string => text.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());

/** Each of these is a way in which some program writes the secret. */
const writers: Readonly<Record<string, (secret: string) => string>> = {
  raw: (secret) => secret,
  json: (secret) => JSON.stringify(secret).slice(1, -1),
  "json of Go": (secret) => goEscape(JSON.stringify(secret).slice(1, -1)),
  "json in json": (secret) => JSON.stringify(JSON.stringify(secret).slice(1, -1)).slice(1, -1),
  html: (secret) => html(secret),
  "html attribute": (secret) => html(secret).replaceAll('"', "&quot;").replaceAll("'", "&#39;"),
  "html, hexadecimal": (secret) => html(secret).replaceAll('"', "&#34;").replaceAll("'", "&#x27;"),
  url: (secret) => encodeURIComponent(secret),
  "url, lower case": (secret) => lowerDigits(encodeURIComponent(secret)),
  "url of a form": (secret) => new URLSearchParams({ a: secret }).toString().slice(2),
  "url by RFC 3986": (secret) =>
    encodeURIComponent(secret).replace(
      /[!'()*]/g,
      (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
    ),
  base64: (secret) => Buffer.from(secret).toString("base64"),
  "base64 of an address": (secret) => Buffer.from(secret).toString("base64url"),
  hex: (secret) => Buffer.from(secret).toString("hex"),
  "hex, upper case": (secret) => Buffer.from(secret).toString("hex").toUpperCase(),
};

const wellFormed = (text: string): boolean => !/\p{Surrogate}/u.test(text);

describe("the redactor lets nothing through", () => {
  test.each(Object.entries(writers))("as %s", (_name, write) => {
    fc.assert(
      fc.property(anySecret.filter(wellFormed), fc.string(), fc.string(), (secret, before, after) => {
        const written = write(secret);
        const text = knowing(secret).text(`${before}|${written}|${after}`);
        expect(text).not.toContain(written);
      }),
      { numRuns: 400 },
    );
  });

  test("inside a longer base64 text, however its bytes fall on the characters", () => {
    fc.assert(
      fc.property(
        anySecret.filter(wellFormed).filter((secret) => Buffer.from(secret).length >= 10),
        fc.uint8Array({ maxLength: 7 }),
        fc.uint8Array({ maxLength: 7 }),
        (secret, before, after) => {
          const bytes = Buffer.concat([before, Buffer.from(secret), after]);
          for (const form of ["base64", "base64url"] as const) {
            const text = knowing(secret).text(`x ${bytes.toString(form)} y`);
            // What is left, read as base64 again, holds no run of the secret.
            const left = Buffer.from(text.slice(2, -2).split(redacted)[0] ?? "", form).toString("latin1");
            expect(left).not.toContain(Buffer.from(secret).toString("latin1").slice(0, 4));
            expect(text).toContain(redacted);
          }
        },
      ),
      { numRuns: 1_000 },
    );
  });

  test("of several secrets that overlap", () => {
    expect(knowing("abcdefgh", "efghijkl").text("x abcdefghijkl y")).toBe(`x ${redacted} y`);
  });

  test("of several lines, a line at a time; of JSON, a member at a time", () => {
    const redactor = knowing("-----BEGIN X-----\nfirst-line-7f3a\r\nsecond-line-9c41\n-----END X-----");
    expect(redactor.text("a first-line-7f3a b\nsecond-line-9c41")).toBe(`a ${redacted} b\n${redacted}`);
    expect(redactor.text("-----BEGIN X-----")).toBe("-----BEGIN X-----");
    const member = knowing('{"user":"administrator","password":"hunter22-x"}');
    expect(member.text("administrator hunter22-x")).toBe(`administrator ${redacted}`);
  });

  test("as a number, but for faber's own numbers", () => {
    expect(knowing("54321").value({ port: 54321, list: [54321, 1], duration_ms: 54321 })).toEqual({
      port: redacted,
      list: [redacted, 1],
      duration_ms: 54321,
    });
  });
});

describe("the redactor leaves ordinary text alone", () => {
  const random = fc.string({
    unit: fc.constantFrom(...Array.from("abcdefghij ABC 012 .,:/-_\n")),
    maxLength: 400,
  });

  test("when nothing in it is secret", () => {
    const secrets = ["wJalrXUtnFEMI/K7MDENG", "Zq~9!kk#QQ", "p4ss-w0rd-7f3a"];
    fc.assert(
      fc.property(random, (text) => {
        expect(knowing(...secrets).text(text)).toBe(text);
      }),
      {
        numRuns: 2_000,
      },
    );
  });

  test("its own words, times, digests and run IDs stay whole, whatever is secret", () => {
    const report = {
      status: "create",
      started_at: "2026-11-21T09:36:40.000Z",
      run_id: "20261121T093640Z-7f3a9c",
      digest: "1234abcd".repeat(8),
      type: "run.started",
      note: "a create b",
    };
    const redactor = knowing("2026", "1234", "create", "status", "run.started", "started", "7f3a");
    expect(redactor.value(report)).toEqual(report);
    expect(redactor.text("pin 1234, year 2026")).toBe(`pin ${redacted}, year ${redacted}`);
  });

  test.each([
    "password = var.db_password",
    'password = "${var.db_password}"',
    "password = (sensitive value)",
    "the key is a secret of the token's owner",
    "tokens: 12, keys: 4",
    "https://docs.example.com/a?key=b&page=2",
    "skip-tests, sk-ip, glpat, xoxo, npm_config",
    "eyJust a word.eyJust",
    "aws_kms_key.main: Creation complete [id=0f3c]",
  ])("%s", (text) => {
    expect(createRedactor().text(text)).toBe(text);
  });
});

describe("the shapes of credentials", () => {
  const x = (length: number): string => "aB3dE5gH7jK9mN1pQ3sT5vW7yZ".repeat(5).slice(0, length);
  test.each([
    ["a JSON web token", `eyJ${x(20)}.eyJ${x(30)}.${x(30)}`],
    ["Slack", `xoxb-123456789012-${x(24)}`],
    ["a Slack web hook", `https://hooks.slack.com/services/T${x(8)}/B${x(8)}/${x(24)}`],
    ["a fine-grained GitHub token", `github_pat_${x(22)}_${x(59)}`],
    ["GitLab", `glpat-${x(20)}`],
    ["npm", `npm_${x(36)}`],
    ["PyPI", `pypi-AgEIcHlwaS5vcmc${x(60)}`],
    ["Stripe", `sk_live_${x(24)}`],
    ["Google", `AIza${x(35)}`],
    ["Vault", `hvs.${x(24)}`],
    ["Terraform Cloud", `${x(14)}.atlasv1.${x(60)}`],
    ["an OpenSSH key", `-----BEGIN OPENSSH PRIVATE KEY-----\n${x(70)}\n-----END OPENSSH PRIVATE KEY-----`],
    ["a connection string", `Server=db;User=sa;Password=${x(12)};Encrypt=true`],
    ["an argument of a command", `mysql --password=${x(12)} -u root`],
    ["HCL", `  master_password = "${x(12)}"`],
    ["JSON", `{"db_password": "${x(12)}"}`],
    ["JSON in JSON", `"{\\"password\\":\\"${x(12)}\\"}"`],
    ["a signed address", `https://b.s3.amazonaws.com/k?X-Amz-Credential=AKIAX&X-Amz-Signature=${x(64)}`],
    ["a token before a host", `git clone https://${x(40)}@github.com/a/b`],
    ["a key in a header", `x-api-key: ${x(30)}`],
  ])("%s", (_name, text) => {
    const shown = createRedactor().text(text);
    expect(shown).toContain(redacted);
    const secret = /[A-Za-z0-9]*aB3dE5gH7jK9[A-Za-z0-9]*$/.exec(
      text.replace(/[^A-Za-z0-9]*(?:Encrypt.*|@.*|-----.*|-u root|["}\\]+)?$/s, ""),
    );
    expect(shown).not.toContain(secret?.[0] ?? "aB3dE5gH7jK9mN1p");
  });

  test.each([
    "eyJ",
    "eyJaaaaaaaa.",
    "&sig=",
    "password=",
    'password = "',
    "xoxb-",
    "glpat-",
    "github_pat_",
    "SG.",
    "://a",
  ])("need time in proportion to the text: %s", (unit) => {
    const text = unit.repeat(Math.ceil(1_000_000 / unit.length));
    const before = process.cpuUsage();
    createRedactor().text(text);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000).toBeLessThan(400);
  });
});

describe("the environment", () => {
  test.each([
    ["AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG"],
    ["TF_VAR_db_password", "pa55word"],
    ["GITHUB_TOKEN", "abcdef0123456789"],
    ["PGPASSWORD", "s3cr3t-x"],
    ["DEPLOY_KEY", "Zk93hFmQ02lsPq81Xn"],
  ])("%s is secret", (name, value) => {
    expect(secretsInEnvironment({ [name]: value })).toContain(value);
  });

  test.each([
    ["PWD", "/home/somebody/project-12345678"],
    ["SSH_AUTH_SOCK", "/tmp/ssh-XXXXabcd1234/agent.99"],
    ["AWS_ACCESS_KEY_ID", "test"],
    ["AWS_SECRET_ACCESS_KEY", "test"],
    ["MY_TOKEN", "none"],
    ["KEY", "left"],
    ["GPG_KEY_ID", "A1B2C3D4E5F60718A1B2"],
    ["API_TOKEN_FILE", "/run/secrets/token-abcdef"],
    ["EDITOR", "vim-and-more-0123456789"],
    ["DEPLOY_KEY", "main-main-main-main"],
  ])("%s=%s is ordinary", (name, value) => {
    expect(secretsInEnvironment({ [name]: value })).toEqual([]);
  });

  test("addresses tell their password, also as it was meant", () => {
    expect(secretsInEnvironment({ DATABASE: "postgres://u:p%40ssw0rd@h/d" })).toEqual([
      "p%40ssw0rd",
      "p@ssw0rd",
    ]);
  });
});

describe("faber's own words", () => {
  test("hold every key and every closed list of its reports", () => {
    const words = new Set<string>();
    const numbers = new Set<string>();
    for (const text of Object.values(reportJsonSchemas())) collect(JSON.parse(text), words, numbers);
    expect(words.size).toBeGreaterThan(100);
    expect([...words].filter((word) => word.length >= 4 && !isOwnWord(word))).toEqual([]);
    expect([...numbers].filter((key) => !isOwnNumber(key))).toEqual([]);
  });
});

function collect(part: unknown, words: Set<string>, numbers: Set<string>): void {
  if (Array.isArray(part)) for (const item of part) collect(item, words, numbers);
  if (!isObject(part)) return;
  for (const [key, property] of Object.entries(isObject(part["properties"]) ? part["properties"] : {})) {
    words.add(key);
    if (isObject(property) && (property["type"] === "number" || property["type"] === "integer"))
      numbers.add(key);
  }
  for (const value of Array.isArray(part["enum"]) ? part["enum"] : [part["const"]])
    if (typeof value === "string") words.add(value);
  for (const value of Object.values(part)) collect(value, words, numbers);
}

test("5 MB with a thousand secrets take less than a second", { timeout: 60_000 }, () => {
  const secrets = Array.from(
    { length: 1_000 },
    (_none, index) => `arn:secret:${index}:${Buffer.from(`key ${index * 7919}`).toString("base64")}`,
  );
  const redactor = knowing(...secrets);
  const row = (index: number): string =>
    `{"rule":"CKV_${index}","message":"see https://docs.example.com/${index} for the password and key","at":"${index % 50 === 0 ? secrets[index % 1_000] : "main.tf"}"}\n`;
  let text = "";
  for (let index = 0; text.length < 5_000_000; index += 1) text += row(index);
  let shown = "";
  const milliseconds = cpuMilliseconds(() => {
    shown = redactor.text(text);
  });
  expect(text.split("arn:secret:").length).toBeGreaterThan(500);
  expect(shown).not.toContain("arn:secret:");
  expect(milliseconds).toBeLessThan(1_000);
});
