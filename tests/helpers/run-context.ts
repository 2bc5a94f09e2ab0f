import { noPolicy } from "./policy.ts";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { IacProject } from "../../handlers/iac/contract.ts";
import type { Environment } from "../../src/core/environment.ts";
import type { FaberEvent } from "../../src/core/event.ts";
import { defaultHealthPolicy } from "../../src/core/health.ts";
import { refuseUnattended, type Host, type Question } from "../../src/core/host.ts";
import type { Plan } from "../../src/core/plan.ts";
import { createRedactor } from "../../src/core/redact.ts";
import type { Clock } from "../../src/core/world.ts";
import type { RunContext, RunWishes } from "../../src/pipeline/context.ts";
import type { Planning } from "../../src/pipeline/planning.ts";

/** An environment with nothing special in it. */
export function environment(more: Partial<Environment>): Environment {
  return {
    name: "test",
    project: "orders",
    projectDir: tmpdir(),
    configured: true,
    dir: tmpdir(),
    hosting: "emulator",
    backend: {},
    varFiles: [],
    variables: {},
    protected: false,
    fix: "never",
    gate: { maxCritical: 0, maxHigh: 2 },
    policy: noPolicy,
    health: [],
    healthPolicy: defaultHealthPolicy,
    stateDir: join(tmpdir(), "faber-no-such-state"),
    reportsDir: join(tmpdir(), "faber-no-such-reports"),
    toolPaths: {},
    ...more,
  };
}

/** A clock that stands at one wall time; each look at it is a millisecond later. */
export function tickingClock(iso = "2026-11-21T09:36:40.000Z"): Clock {
  let elapsed = 0;
  return { now: () => new Date(iso), monotonic: () => (elapsed += 1) };
}

export interface RecordingHost extends Host {
  readonly events: FaberEvent[];
  readonly asked: Question[];
}

/** Keeps what it is told and asked. It answers in order; without an answer nobody is there. */
export function recordingHost(answers: readonly string[] = []): RecordingHost {
  const events: FaberEvent[] = [];
  const asked: Question[] = [];
  const left = [...answers];
  return {
    events,
    asked,
    emit: (event) => void events.push(event),
    ask: async (question) => {
      asked.push(question);
      return left.shift() ?? refuseUnattended(question);
    },
  };
}

function unexpected(what: string): () => never {
  return () => {
    throw new Error(`${what} was not expected to be called`);
  };
}

/** A project of which only what is given may be used. */
export function fakeIac(more: Partial<IacProject>): IacProject {
  return {
    tool: { name: "terraform", command: "terraform", version: "1.11.4", path: "/no/such/terraform" },
    root: "/no/such/root",
    workspace: "default",
    init: unexpected("init"),
    unformatted: unexpected("unformatted"),
    validate: unexpected("validate"),
    plan: unexpected("plan"),
    show: unexpected("show"),
    apply: unexpected("apply"),
    output: unexpected("output"),
    resources: unexpected("resources"),
    planReader: { changes: () => [], outputs: () => [], secrets: () => [] },
    problemIn: () => "other",
    stateShow: unexpected("stateShow"),
    test: unexpected("test"),
    ...more,
  };
}

export const planScope: Plan["scope"] = {
  environment: "test",
  account: "000000000000",
  region: "us-east-1",
  workspace: "default",
  kind: "deploy",
};

export function fakePlanning(more: Partial<Planning> = {}): Planning {
  return {
    scope: planScope,
    plan: unexpected("planning.plan"),
    again: unexpected("planning.again"),
    begun: () => undefined,
    forget: () => undefined,
    ...more,
  };
}

export interface ContextParts extends Partial<Omit<RunContext, "wishes" | "environment" | "host">> {
  readonly wishes?: Partial<RunWishes>;
  readonly environment?: Partial<Environment>;
  readonly host?: RecordingHost;
}

/** A run in which nothing happens by itself. */
export function runContext({ wishes, environment: changed, host, ...more }: ContextParts = {}): RunContext & {
  readonly host: RecordingHost;
} {
  const settled = environment(changed ?? {});
  return {
    run: {
      run_id: "20261121T093640Z-7f3a9c",
      command: "deploy",
      version: "0.0.0",
      project: settled.project,
      environment: settled.name,
      hosting: settled.hosting,
      protected: settled.protected,
      started_at: "2026-11-21T09:36:40.000Z",
    },
    wishes: { kind: "deploy", yes: false, attended: false, person: "ada", ...wishes },
    environment: settled,
    iac: fakeIac({}),
    scanners: [],
    commands: { test: unexpected("commands.test"), hook: unexpected("commands.hook") },
    checks: [],
    accept: (findings) => findings,
    toolEnv: {},
    planning: fakePlanning(),
    host: host ?? recordingHost(),
    redactor: createRedactor(),
    clock: tickingClock(),
    signal: new AbortController().signal,
    scratchDir: "/no/such/scratch",
    ...more,
  };
}
