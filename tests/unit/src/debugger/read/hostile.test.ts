import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { identify } from "../../../../../src/debugger/identity/identify.ts";
import { similarityTokens } from "../../../../../src/debugger/identity/tokens.ts";
import { readFailures } from "../../../../../src/debugger/read/read-failures.ts";
import { cpuMilliseconds } from "../../../../helpers/cpu-time.ts";

/** Reads all there is to read, and says how long it took. */
function milliseconds(text: string): number {
  return cpuMilliseconds(() => {
    const { failures, root } = readFailures({ text });
    expect(failures[root]).toBeDefined();
    for (const failure of failures) {
      expect(identify(failure).id).toMatch(/^[0-9a-f]{64}$/);
      similarityTokens(failure);
    }
  });
}

/** The lesser of two: one may pay for the garbage of those before. */
function steadily(text: string): number {
  return Math.min(milliseconds(text), milliseconds(text));
}

describe("hostile input", () => {
  test.each([
    ["nothing", ""],
    ["blanks", " \n\t\r\n "],
    ["NUL", "\0\0\0"],
    ["half a character", "\ud800 Error: \udfff"],
    ["invalid UTF-8", Buffer.from([0xff, 0xfe, 0x45, 0x72, 0x80]).toString("utf8")],
    ["OSC link", "\u001b]8;;https://evil.example\u0007Error: x\u001b]8;;\u0007"],
    ["unclosed OSC", `\u001b]0;${"a".repeat(5_000)}`],
    ["HTML", "<script>alert(1)</script><Code></Code>"],
    ["SQL", "'; DROP TABLE issues; --"],
    ["workflow command", "::set-output name=x::y"],
    ["path", "../../etc/passwd"],
    ["JSON null", "null"],
    ["JSON number", "1e999"],
    ["deep JSON", `${"[".repeat(5_000)}${"]".repeat(5_000)}`],
    ["prototype", '{"__proto__":{"error":"x"},"constructor":{"message":"y"}}'],
    ["own property of a record", "Error: __proto__ constructor toString"],
  ])("%s gets an answer", (_name, text) => {
    expect(milliseconds(text)).toBeLessThan(1_000);
  });

  test("text without meaning is unknown, and no failure is invented", () => {
    for (const text of ["", "\0", "   "]) {
      const { failures, root } = readFailures({ text });
      expect(failures).toHaveLength(1);
      expect(failures[root]?.category).toBe("unknown");
      expect(failures[root]?.confidence).toBe("low");
    }
  });

  const hard = [
    "a",
    "A",
    " ",
    "\n",
    "\t",
    '"',
    "'",
    "(",
    "[",
    "{",
    "\\",
    "\\n",
    "\u001b[",
    "\u001b]",
    "│ ",
    "Error: ",
    "* ",
    "* aws_a.b: ",
    "module.a.",
    "aA",
    "Ab: ",
    "AbCd.",
    "a: b ",
    "1.1.1.1",
    "-a",
    "_a",
    "a/",
    "arn:aws:",
    "https://",
    "lookup ",
    "RequestID: ",
    "RequestID: a, HostID: b, ",
    "is empty tuple",
    "argument named ",
    "'a' ",
    '"a" ',
    "already exists ",
    "the a is in use ",
    "time=x ",
    "level=error msg=",
    "[name='",
    "<Code>a</Code>",
    "lookup : read udp ",
    "cycle: ",
    '{"a":',
    "x509: ",
    '"message":"a","code":"AbExists",',
    '"code":"Ab","message":"',
    "[AbExists] ",
    "code: AbExists ",
    "S3::Error::",
    "creating IAM Role ",
    "AWS::a::b ",
    "the causes are:\n* a\n",
    "(Service: A; ",
    "Received response status [FAILED] from custom resource. Message returned: ",
    "\ud83d\ude00",
    "\u0301",
  ];

  test("10,000 times anything is read within 100 ms", () => {
    const slow = hard
      .map((piece) => ({ piece, took: steadily(piece.repeat(Math.ceil(10_000 / piece.length))) }))
      .filter(({ took }) => took > 100);
    expect(slow).toEqual([]);
  });

  test("no mixture of 10 kB takes 100 ms", { timeout: 120_000 }, () => {
    const piece = fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...hard) },
      { weight: 1, arbitrary: fc.string({ maxLength: 12, unit: "binary" }) },
    );
    const text = fc
      .tuple(fc.array(piece, { minLength: 1, maxLength: 12 }), fc.integer({ min: 1, max: 400 }))
      .map(([pieces, times]) => pieces.join("").repeat(times).slice(0, 10_000));
    fc.assert(
      fc.property(text, (input) => milliseconds(input) < 100 || steadily(input) < 100),
      { numRuns: 2_000, seed: 42 },
    );
  });

  test("a log of 10 MB is read within 2 s, its error in the middle included, and says what was left out", () => {
    const noise = `${"2024-01-02T03:04:05Z aws_instance.web: Still creating... [10s elapsed]\n".repeat(75_000)}`;
    const text = `${noise}Error: creating EC2 VPC: VpcLimitExceeded: The maximum number of VPCs has been reached.\n${noise}`;
    expect(text.length).toBeGreaterThan(10_000_000);
    expect(milliseconds(text)).toBeLessThan(2_000);
    const { failures, root } = readFailures({ text });
    expect(failures[root]?.code).toBe("VpcLimitExceeded");
    expect(Number(failures[root]?.details["left_out"])).toBeGreaterThan(9_000_000);
  });

  test("one line of 100 MB is read", () => {
    expect(milliseconds("x".repeat(100_000_000))).toBeLessThan(2_000);
  });
});
