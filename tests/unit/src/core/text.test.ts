import { describe, expect, test } from "vitest";
import { createRedactor } from "../../../../src/core/redact.ts";
import { safeLine, safeText, stripAnsi } from "../../../../src/core/safe-text.ts";
import { didYouMean } from "../../../../src/core/similar.ts";
import { createRandom } from "../../../helpers/random.ts";

const redacted = "(redacted)";

describe("the redactor", () => {
  const alphabet = "abcXYZ0189+/=&<>\"'\\%$ äß€😀\n\t{}-_.~!*()";

  test("leaves no random secret in any text, however it is written there", () => {
    const random = createRandom(11);
    for (let round = 0; round < 400; round += 1) {
      const secret = random.text(4 + random.below(40), alphabet);
      const redactor = createRedactor();
      redactor.learn(secret);
      const bytes = Buffer.from(secret);
      const forms = {
        raw: secret,
        json: JSON.stringify(secret).slice(1, -1),
        base64: bytes.toString("base64"),
        unpadded: bytes.toString("base64").replace(/=+$/, ""),
        base64url: bytes.toString("base64url"),
        url: encodeURIComponent(bytes.toString()),
      };
      for (const [form, written] of Object.entries(forms)) {
        const text = redactor.text(`before|${written}|${written}${written}|after`);
        expect(text, `${form} of ${JSON.stringify(secret)}`).not.toContain(written);
        expect(text).toMatch(/^before\|/);
        expect(text).toMatch(/\|after$/);
      }
    }
  });

  test("knows JSON as Terraform writes it", () => {
    const redactor = createRedactor();
    redactor.learn("a<b>&c");
    expect(redactor.text('{"password":"a\\u003cb\\u003e\\u0026c"}')).toBe(`{"password":"${redacted}"}`);
  });

  test("takes a secret that contains another as a whole", () => {
    const redactor = createRedactor();
    redactor.learn("secret");
    redactor.learn("my-secret-key");
    expect(redactor.text("my-secret-key secret")).toBe(`${redacted} ${redacted}`);
  });

  test("leaves alone what is too short to be a secret", () => {
    const redactor = createRedactor();
    for (const short of ["", "a", "the"]) redactor.learn(short);
    expect(redactor.text("the cat")).toBe("the cat");
  });

  test("takes half a character without breaking", () => {
    const redactor = createRedactor();
    expect(() => redactor.learn("key-\ud800-rest")).not.toThrow();
    expect(redactor.text("a key-\ud800-rest b")).toBe(`a ${redacted} b`);
  });

  test("reaches every string of a value, keys too, and keeps its shape", () => {
    const redactor = createRedactor();
    redactor.learn("hunter2");
    const value = { "hunter2-key": ["a hunter2 b", { deep: "hunter2" }, 7, true, null], none: undefined };
    expect(redactor.value(value)).toEqual({
      [`${redacted}-key`]: [`a ${redacted} b`, { deep: redacted }, 7, true, null],
      none: undefined,
    });
  });

  const key = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
  test.each([
    ["an access key", "AKIAIOSFODNN7EXAMPLE", "AKIAIOSFODNN7EXAMPLE"],
    ["a temporary access key", "key ASIAIOSFODNN7EXAMPLE.", "ASIAIOSFODNN7EXAMPLE"],
    ["a secret key in a profile", `aws_secret_access_key = ${key}`, key],
    ["a secret key in the environment", `AWS_SECRET_ACCESS_KEY=${key}`, key],
    ["a secret key in an answer of AWS", `{"SecretAccessKey": "${key}"}`, key],
    ["a session token in an answer of AWS", `"SessionToken":"${key}${key}"`, key],
    ["a password in a URL", "postgres://faber:p4ss-w0rd@db:5432/x", "p4ss-w0rd"],
    ["a password in a URL without a user", "redis://:p4ss-w0rd@cache:6379/0", "p4ss-w0rd"],
    ["a bearer token", "Authorization: Bearer abcdefghijklmnopqrstuvwxyz", "abcdefghijklmnopqrstuvwxyz"],
    ["a basic authorization", "authorization: Basic ZmFiZXI6cDRzcy13MHJk", "ZmFiZXI6cDRzcy13MHJk"],
    [
      "a GitHub token",
      "ghp_abcdefghijklmnopqrstuvwxyz0123456789",
      "ghp_abcdefghijklmnopqrstuvwxyz0123456789",
    ],
    ["a private key", "-----BEGIN RSA PRIVATE KEY-----\nMIIE\nabc=\n-----END RSA PRIVATE KEY-----", "MIIE"],
    ["a private key that is cut off", "-----BEGIN PRIVATE KEY-----\nMIIEabc", "MIIEabc"],
  ])("knows %s without being told", (_what, text, secret) => {
    const shown = createRedactor().text(text);
    expect(shown).toContain(redacted);
    expect(shown).not.toContain(secret);
  });

  test.each([
    "aws_sqs_queue.orders: Creating...",
    "https://sqs.us-east-1.amazonaws.com/000000000000/orders",
    "arn:aws:iam::000000000000:role/orders-worker",
    "the secret_access_key is missing",
    "main.tf:12: a password is set",
  ])("leaves ordinary text alone: %s", (text) => {
    expect(createRedactor().text(text)).toBe(text);
  });

  const megabyte = 1_000_000;
  test.each([
    ["letters", "a"],
    ["key letters", "AKIA"],
    ["almost a secret key", "aws_secret_access_key="],
    ["almost a secret key with spaces", "secret_key    "],
    ["schemes", "a://"],
    ["almost a URL with a password", "http://user:"],
    ["almost a URL, long", "ab+c.d-"],
    ["users without an end", "x://u:p"],
    ["almost an authorization", "authorization: bearer "],
    ["almost a private key", "-----BEGIN PRIVATE KEY-----"],
    ["almost a private key with a body", `-----BEGIN PRIVATE KEY-----${"A".repeat(9_000)}`],
    ["dashes", "-"],
    ["almost a GitHub token", "ghp_"],
    ["spaces", " "],
  ])("needs time in proportion to the text: %s", (_what, unit) => {
    const text = unit.repeat(Math.ceil(megabyte / unit.length));
    const redactor = createRedactor();
    redactor.text(text.slice(0, 1_000));
    const before = process.cpuUsage();
    redactor.text(text);
    const { user, system } = process.cpuUsage(before);
    // Of the processor's time: a busy machine makes nobody slower by this clock.
    expect((user + system) / 1_000).toBeLessThan(200);
  });
});

describe("text for a terminal", () => {
  test("can move no cursor, colour nothing, open no link and turn no line around", () => {
    const hostile =
      "a\u001b[2Jb\u001b]8;;http://x\u0007c\u0007d\u009b31me\rf\u202eg\u2066h\u200fi\u061cj\u007fk\u0000l";
    const left = Array.from(safeText(hostile)).filter((character) => /[\p{Cc}\p{Cf}]/u.test(character));
    expect(left).toEqual([]);
    expect(safeText("a\u001b[0m")).toBe("a\\u{1b}[0m");
    expect(safeText("x\u202ey")).toBe("x\\u{202e}y");
  });

  test("keeps what is harmless", () => {
    const text = "tab\t, line\n, ü, 漢字, 😀, é";
    expect(safeText(text)).toBe(text);
  });

  test("on one line stays on one line", () => {
    expect(safeLine("a\r\nb\tc\n\nd\u001b")).toBe("a b c d\\u{1b}");
  });

  test("of a tool loses its colours and keeps the rest", () => {
    expect(
      stripAnsi("\u001b[1m\u001b[31mError\u001b[0m: \u001b]8;;http://x\u001b\\link\u001b]8;;\u0007 ok"),
    ).toBe("Error: link ok");
    expect(stripAnsi("[31m is text")).toBe("[31m is text");
  });
});

describe("did you mean", () => {
  const commands = ["deploy", "destroy", "doctor", "preview", "validate", "init", "env"];
  test.each([
    ["deplyo", "deploy"],
    ["Deploy", "deploy"],
    ["destory", "destroy"],
    ["prevew", "preview"],
    ["int", "init"],
    ["evn", "env"],
    ["x", undefined],
    ["frobnicate", undefined],
    ["", undefined],
  ])("%s → %s", (word, expected) => {
    expect(didYouMean(word, commands)).toBe(expected);
  });

  test("there is nothing to choose from", () => {
    expect(didYouMean("deploy", [])).toBeUndefined();
  });
});
