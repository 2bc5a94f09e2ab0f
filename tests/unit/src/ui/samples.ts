import { PassThrough, Writable } from "node:stream";
import type { FaberEvent } from "../../../../src/core/event.ts";
import type { AttributeChange, ChangeAction, Plan, PlannedChange } from "../../../../src/core/plan.ts";
import { createRedactor } from "../../../../src/core/redact.ts";
import type { RunReport } from "../../../../src/core/report.ts";
import type { StageName, StageResult, TestResult } from "../../../../src/core/result.ts";
import { createStyle } from "../../../../src/ui/style.ts";
import type { TerminalSetting } from "../../../../src/ui/terminal.ts";

export const noColour = createStyle({ env: {}, stream: {}, noColor: true });

export function attribute(path: string, more: Partial<AttributeChange> = {}): AttributeChange {
  return { path, sensitive: false, unknown: false, forcesReplacement: false, ...more };
}

export function change(
  address: string,
  action: ChangeAction,
  attributes: readonly AttributeChange[] = [],
  more: Partial<PlannedChange> = {},
): PlannedChange {
  const type = /([a-z]+(?:_[a-z0-9]+)+)\./.exec(address)?.[1] ?? "thing";
  return { address, mode: "managed", type, name: "x", provider: "p", action, attributes, ...more };
}

export function planOf(changes: readonly PlannedChange[], more: Partial<Plan> = {}): Plan {
  return {
    scope: {
      environment: "test",
      account: "000000000000",
      region: "us-east-1",
      workspace: "default",
      kind: "deploy",
    },
    digest: "9c41e0b7f3a2c0ffee",
    file: "plan.bin",
    tool: { name: "tool", version: "1" },
    changes,
    outputs: [],
    document: {},
    ...more,
  };
}

export function stageResult(stage: StageName, more: Partial<StageResult> = {}): StageResult {
  return {
    stage,
    status: "PASS",
    headline: "all well",
    duration_ms: 2100,
    tests: [],
    diagnostics: [],
    ...more,
  };
}

export function testResult(name: string, more: Partial<TestResult> = {}): TestResult {
  return {
    name,
    status: "PASS",
    duration_ms: 900,
    findings: [],
    requirement: "expected",
    figures: {},
    ...more,
  };
}

export function reportOf(more: Partial<RunReport> = {}): RunReport {
  return {
    schema_version: "faber.run/1",
    run_id: "20261121T093640Z-7f3a",
    command: "deploy",
    project: "orders",
    environment: "test",
    hosting: "emulator",
    started_at: "2026-11-21T09:36:40Z",
    duration_ms: 72_000,
    overall_status: "PASS",
    stages: [{ stage: "post-tests", status: "PASS", headline: "", duration_ms: 1, diagnostics: [] }],
    skipped_by_request: [],
    reports: { "post-deployment": "/home/me/orders/.faber/test-reports/test/1-post-deployment.json" },
    exit: { code: 0, name: "done", reason: "" },
    ...more,
  };
}

export const runStarted: FaberEvent = {
  type: "run.started",
  run: {
    run_id: "20261121T093640Z-7f3a",
    command: "deploy",
    version: "0.1.0",
    project: "orders",
    environment: "test",
    hosting: "emulator",
    region: "us-east-1",
    protected: false,
    started_at: "2026-11-21T09:36:40Z",
  },
};
export const identityKnown: FaberEvent = {
  type: "identity.known",
  identity: { account: "000000000000", arn: "arn:x", region: "us-east-1" },
};

export interface Screen {
  readonly setting: TerminalSetting;
  readonly stdin: PassThrough;
  readonly text: () => string;
  readonly writes: readonly string[];
  /** Lets time pass and runs every interval that is due. */
  readonly pass: (milliseconds: number) => void;
  readonly ticking: () => number;
}

/** A terminal (or none) that keeps what is written, with a clock and intervals moved by hand. */
export function screen(
  options: { tty?: boolean; columns?: number; fail?: Error } & Partial<TerminalSetting> = {},
): Screen {
  const { tty = false, columns = 80, fail, ...more } = options;
  const writes: string[] = [];
  const sink = new Writable({
    write: (chunk, _encoding, done) => {
      writes.push(String(chunk));
      done(fail);
    },
  });
  // As the process's own streams: a prompt that ends leaves it open.
  const stream = Object.assign(sink, { isTTY: tty, columns, _isStdio: true });
  const stdin = Object.assign(new PassThrough(), { isTTY: tty, setRawMode: () => undefined });
  const timers = new Set<{ every: number; due: number; call: () => void }>();
  let now = 0;
  const setting: TerminalSetting = {
    stream,
    stdin,
    style: noColour,
    clock: { now: () => new Date(now), monotonic: () => now },
    env: {},
    redactor: createRedactor(),
    verbosity: "normal",
    cwd: "/home/me/orders",
    noInput: false,
    every: (every, call) => {
      const timer = { every, due: now + every, call };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    ...more,
  };
  const pass = (milliseconds: number): void => {
    const end = now + milliseconds;
    for (;;) {
      const next = [...timers].sort((a, b) => a.due - b.due)[0];
      if (!next || next.due > end) break;
      now = next.due;
      next.due += next.every;
      next.call();
    }
    now = end;
  };
  return { setting, stdin, text: () => writes.join(""), writes, pass, ticking: () => timers.size };
}
