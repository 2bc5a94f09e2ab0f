import { describe, expect, test } from "vitest";
import { readDiagnostic, readTextDiagnostics } from "../../../../../handlers/iac/terraform/diagnostics.ts";
import { answerOf, textAnswer } from "../../../../../handlers/iac/terraform/invocation.ts";
import { problemIn } from "../../../../../handlers/iac/terraform/problem.ts";
import { parseState } from "../../../../../handlers/iac/terraform/state-json.ts";
import { readUiLine } from "../../../../../handlers/iac/terraform/ui-stream.ts";
import type { Diagnostic } from "../../../../../src/core/diagnostic.ts";
import { fixture } from "../../../../helpers/fixtures.ts";

describe("the state", () => {
  test("of count, for_each and modules is told with Terraform's own addresses", () => {
    expect(parseState(fixture("terraform/state.json")).resources.map(({ address }) => address)).toEqual([
      "terraform_data.counted[0]",
      "terraform_data.counted[1]",
      'terraform_data.many["one"]',
      'terraform_data.many["two \\"quoted\\""]',
      "terraform_data.plain",
      "terraform_data.replaced",
      "terraform_data.secret",
    ]);
    const inModule = parseState(fixture("terraform/state-tainted.json")).resources.map(
      ({ address }) => address,
    );
    expect(inModule).toContain('module.m["k/1"].terraform_data.in[1]');
  });

  test("tells what is tainted", () => {
    const tainted = parseState(fixture("terraform/state-tainted.json")).resources.filter(
      (resource) => resource.tainted,
    );
    expect(tainted.map(({ address }) => address)).toEqual(["terraform_data.fails"]);
  });

  test("tells the provider by its source, and IDs where there are any", () => {
    expect(parseState(fixture("terraform/state.json")).resources[0]).toMatchObject({
      provider: "terraform.io/builtin/terraform",
      id: "1f7099e3-3561-6196-242a-45e1ac3da3da",
    });
  });

  test("has outputs, and of sensitive ones no value", () => {
    const { outputs } = parseState(fixture("terraform/state.json"));
    expect(outputs).toEqual({
      size: { sensitive: false, value: { size: 1, tags: ["a", "b"] } },
      token: { sensitive: true },
    });
  });

  test("that was never written is empty", () => {
    expect(parseState("")).toEqual({ resources: [], outputs: {} });
    expect(parseState("\n")).toEqual({ resources: [], outputs: {} });
    expect(parseState('{"version":4}')).toEqual({ resources: [], outputs: {} });
  });

  test("leaves data sources out", () => {
    const resources = [{ mode: "data", type: "t", name: "n", instances: [{ attributes: {} }] }];
    expect(parseState(JSON.stringify({ version: 4, resources })).resources).toEqual([]);
  });

  test("of another version is refused", () => {
    expect(() => parseState('{"version":3}')).toThrow(/version 3, and faber reads 4/);
    expect(() => parseState("[]")).toThrow(/faber reads 4/);
  });
});

describe("the stream of an apply", () => {
  const messages = (name: string): readonly unknown[] =>
    fixture(name)
      .split("\n")
      .map(readUiLine)
      .filter((message) => message !== undefined);

  test("tells each resource's beginning and end", () => {
    const events = messages("terraform/apply-failed.ndjson");
    expect(events).toContainEqual({
      kind: "resource",
      event: { type: "resource.progress", address: "terraform_data.slow", action: "create", elapsed_s: 10 },
    });
    expect(events).toContainEqual({
      kind: "resource",
      event: { type: "resource.ended", address: "terraform_data.slow", action: "create", elapsed_s: 11 },
    });
    expect(events).toContainEqual({
      kind: "resource",
      event: { type: "resource.failed", address: "terraform_data.fails", action: "create", elapsed_s: 0 },
    });
    expect(events).toContainEqual(
      expect.objectContaining({
        kind: "diagnostic",
        diagnostic: expect.objectContaining({ severity: "error", summary: "local-exec provisioner error" }),
      }),
    );
  });

  test("tells a replacement as its two halves", () => {
    const halves = messages("terraform/apply.ndjson").filter((message) =>
      JSON.stringify(message).includes("terraform_data.replaced"),
    );
    expect(halves).toEqual(
      [
        ["resource.started", "delete"],
        ["resource.ended", "delete"],
        ["resource.started", "create"],
        ["resource.ended", "create"],
      ].map(([type, action]) => ({
        kind: "resource",
        event: { type, address: "terraform_data.replaced", action, elapsed_s: 0 },
      })),
    );
  });

  test.each([
    "",
    "plain text",
    "{",
    "[]",
    "null",
    '{"type":"apply_start"}',
    '{"type":"version"}',
    '{"type":7}',
    '{"type":"diagnostic"}',
  ])("means nothing by %j", (line) => {
    expect(readUiLine(line)).toBeUndefined();
  });

  test("tells what is being read", () => {
    const line = JSON.stringify({ type: "refresh_start", hook: { resource: { addr: "a.b" } } });
    expect(readUiLine(line)).toEqual({ kind: "refresh", address: "a.b" });
  });

  test("a state that could be stored nowhere is told whole", () => {
    const state = { version: 4, serial: 1, lineage: "x", resources: [] };
    const line = JSON.stringify({ "@message": "Emergency state dump", type: "log", state });
    expect(readUiLine(line)).toEqual({ kind: "state-dump", text: JSON.stringify(state) });
  });
});

describe("diagnostics", () => {
  test("of the machine's form keep place, address and excerpt", () => {
    const value = {
      severity: "warning",
      summary: "Deprecated",
      detail: "Use another.",
      address: "a.b",
      range: { filename: "main.tf", start: { line: 3, column: 5 }, end: { line: 4 } },
      snippet: { code: "  old = 1" },
    };
    expect(readDiagnostic(value)).toEqual({
      severity: "warning",
      summary: "Deprecated",
      detail: "Use another.",
      address: "a.b",
      at: { file: "main.tf", line: 3, column: 5, endLine: 4 },
      excerpt: "  old = 1",
    });
    expect(readDiagnostic({})).toEqual({ severity: "error", summary: "unknown problem", detail: "" });
    expect(readDiagnostic("text")).toBeUndefined();
  });

  const boxed = [
    "╷",
    "│ Warning: Value for undeclared variable",
    "│ ",
    "│ The root module does not declare it.",
    "╵",
    "╷",
    "│ Error: Unsupported argument",
    "│ ",
    '│   on modules/my queue/main.tf line 12, in resource "aws_sqs_queue" "q":',
    "│   12:   colour = 1",
    "│ ",
    '│ An argument named "colour" is not expected here.',
    "╵",
  ];

  test.each([
    ["in a drawn box", boxed.join("\n")],
    ["in a drawn box with colour", boxed.map((line) => `\u001b[31m${line}\u001b[0m`).join("\n")],
    ["without a box", boxed.map((line) => line.replace(/^[╷│╵] ?/, "")).join("\n")],
    ["with a carriage return on each line", boxed.join("\r\n")],
  ])("for people are read %s", (_what, text) => {
    expect(readTextDiagnostics(text)).toEqual([
      {
        severity: "warning",
        summary: "Value for undeclared variable",
        detail: "The root module does not declare it.",
      },
      {
        severity: "error",
        summary: "Unsupported argument",
        detail: 'An argument named "colour" is not expected here.',
        at: { file: "modules/my queue/main.tf", line: 12 },
        excerpt: "  colour = 1",
      },
    ]);
  });

  test("are none in a text that tells of none", () => {
    expect(readTextDiagnostics("Initializing the backend...\nan Error: in the middle\n")).toEqual([]);
    expect(readTextDiagnostics("")).toEqual([]);
  });
});

describe("the answer of a command", () => {
  const ran = (stdout: string, stderr: string, code: number) => ({
    ended: { how: "exited", code } as const,
    stdout,
    stderr,
  });

  test("that failed without a word says how it ended", () => {
    expect(textAnswer(ran("", "segmentation fault", 139), "terraform show", String)).toEqual({
      ok: false,
      diagnostics: [
        { severity: "error", summary: "terraform show failed: exit code 139", detail: "segmentation fault" },
      ],
    });
  });

  test("that only warned before it failed still has an error", () => {
    const answer = textAnswer(ran("", "Warning: old\n\nso old", 1), "terraform show", String);
    expect(answer.ok).toBe(false);
    expect(answer.diagnostics.map(({ severity }) => severity)).toEqual(["warning", "error"]);
  });

  test("of a stream is its diagnostics, and its last words when it had none", () => {
    const end = {
      ended: { how: "killed", signal: "SIGKILL" } as const,
      interrupted: false,
      stderr: "panic: no\n",
    };
    expect(answerOf({ end, diagnostics: [] }, "terraform apply")).toEqual({
      ok: false,
      diagnostics: [
        { severity: "error", summary: "terraform apply failed: killed by SIGKILL", detail: "panic: no" },
      ],
    });
    const error: Diagnostic = { severity: "error", summary: "No", detail: "" };
    expect(answerOf({ end, diagnostics: [error] }, "terraform apply").diagnostics).toEqual([error]);
  });
});

describe("what kind of trouble it is", () => {
  const lockInfo = "Lock Info:\n  ID: 1\n  Who: me@here";
  const cases: readonly (readonly [string, string, string])[] = [
    ["stale-plan", "Saved plan is stale", "The given plan file can no longer be applied."],
    [
      "locked",
      "Error acquiring the state lock",
      `Error message: resource temporarily unavailable\n${lockInfo}`,
    ],
    [
      "locked",
      "Error acquiring the state lock",
      `operation error S3: PutObject, StatusCode: 412\n${lockInfo}`,
    ],
    [
      "backend",
      "Error acquiring the state lock",
      "Error message: open terraform.tfstate: read-only file system",
    ],
    [
      "backend",
      "Error acquiring the state lock",
      "open .terraform.tfstate.lock.info: no space left on device",
    ],
    ["locked", "Error locking state", "Error acquiring the state lock: workspace is already locked"],
    [
      "credentials",
      "Error acquiring the state lock",
      "operation error DynamoDB: PutItem, api error AccessDeniedException: User is not authorized to perform: dynamodb:PutItem",
    ],
    ["credentials", "No valid credential sources found", "Please see the documentation."],
    [
      "credentials",
      "reading SQS Queue",
      "api error ExpiredToken: The security token included in the request is expired",
    ],
    ["credentials", "creating S3 Bucket", "StatusCode: 403, api error AccessDenied: Access Denied"],
    ["provider", "Failed to query available provider packages", "Could not retrieve the list."],
    ["provider", "Failed to load plugin schemas", "Error while loading schemas."],
    [
      "provider",
      "Inconsistent dependency lock file",
      "The following dependency selections are inconsistent.",
    ],
    ["other", "creating SQS Queue", "timeout while waiting for state to become ready"],
  ];
  test.each(cases)("%s: %s / %s", (kind, summary, detail) => {
    expect(problemIn([{ severity: "error", summary, detail }])).toBe(kind);
  });

  test("an error with a place is the configuration's", () => {
    const at = { file: "main.tf", line: 1 };
    expect(problemIn([{ severity: "error", summary: "Invalid", detail: "", at }])).toBe("configuration");
  });

  test("warnings say nothing about a failure", () => {
    const warning: Diagnostic = {
      severity: "warning",
      summary: "Saved plan is stale",
      detail: "",
      at: { file: "a.tf" },
    };
    expect(problemIn([warning])).toBe("other");
    expect(problemIn([])).toBe("other");
  });
});
