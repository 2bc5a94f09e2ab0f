import { expect, test } from "vitest";
import type { HealthAnswer, HealthRequest, HostingSession } from "../../../../handlers/hosting/contract.ts";
import type { Probes } from "../../../../handlers/probes/contract.ts";
import { healthChecks } from "../../../../src/checks/health-checks.ts";
import type { CheckContext } from "../../../../src/checks/contract.ts";
import { failed, told } from "../../../../src/core/diagnostic.ts";
import type { Environment } from "../../../../src/core/environment.ts";
import { FaberError } from "../../../../src/core/error.ts";
import type { Finding } from "../../../../src/core/finding.ts";
import type { HealthCheck, HttpWish } from "../../../../src/core/health.ts";
import type { Resource } from "../../../../src/core/resource.ts";
import type { TestResult } from "../../../../src/core/result.ts";
import { checkContextOf } from "../../../../src/pipeline/run-checks.ts";
import { fakeIac, runContext } from "../../../helpers/run-context.ts";

const budget = { tries: 2, intervalMs: 1, timeoutMs: 100 };
const httpWish: HttpWish = {
  method: "GET",
  headers: {},
  status: [200],
  json: {},
  responseHeaders: {},
  redirects: 0,
};

function check(more: Partial<HealthCheck> = {}): HealthCheck {
  return {
    name: "front",
    target: "http://front/",
    how: { kind: "http", ...httpWish },
    budget,
    onFailure: "fail",
    required: false,
    source: "faber.yaml:7:9",
    ...more,
  };
}

type State = HealthAnswer["state"];

interface Scene {
  readonly health?: readonly HealthCheck[];
  /** What each resource of the state answers, by address. */
  readonly state?: Readonly<Record<string, State>>;
  /** Breaks off after the answers. */
  readonly lost?: FaberError;
  readonly up?: boolean;
  readonly environment?: Partial<Environment>;
  readonly accept?: CheckContext["accept"];
  readonly noHosting?: true;
}

async function judged(scene: Scene): Promise<TestResult> {
  const { state = {}, health = [], up = false } = scene;
  const never = (): never => {
    throw new Error("not expected to be called");
  };
  const resources = Object.keys(state).map((address): Resource => ({
    address,
    type: "aws_x",
    name: "x",
    provider: "p",
    tainted: false,
    attributes: {},
  }));
  const answer = async (
    request: HealthRequest,
    _: AbortSignal,
    onAnswer?: (answer: HealthAnswer) => void,
  ) => {
    const answers = request.questions.map(({ id }): HealthAnswer => ({
      id,
      state: state[id] ?? "unchecked",
      saw: `${id} says`,
      call: "x:Describe",
    }));
    for (const one of answers) onAnswer?.(one);
    if (scene.lost !== undefined) throw scene.lost;
    return answers;
  };
  const hosting: HostingSession = {
    processEnv: {},
    secrets: [],
    identify: never,
    exists: never,
    reachable: (url) => url,
    health: answer,
  };
  const probes: Probes = {
    http: async () => ({ ok: up, saw: up ? "status 200" : "status 500" }),
    tcp: never,
    tls: never,
  };
  const context = runContext({
    ...(scene.noHosting ? {} : { hosting }),
    probes,
    iac: fakeIac({ resources: async () => told(resources), output: async () => failed([]) }),
    environment: {
      health,
      healthPolicy: { budget, onFailure: "fail", derive: true },
      ...scene.environment,
    },
    ...(scene.accept === undefined ? {} : { accept: scene.accept }),
  });
  return healthChecks.run(checkContextOf(context, context.signal));
}

const severities = ({ findings }: TestResult): readonly string[] =>
  findings.map(({ rule, severity, address }) => `${severity} ${rule} ${address}`);

test("what is well passes, named or found", async () => {
  const result = await judged({ health: [check()], up: true, state: { "aws_x.a": "healthy" } });
  expect(result).toMatchObject({
    status: "PASS",
    findings: [],
    figures: { checked: 2, healthy_resources: 2 },
  });
  expect(result.figures["last_seen"]).toEqual([
    { name: "front", kind: "http", state: "healthy", attempts: 1, saw: "status 200" },
  ]);
});

test("what never comes up fails, whatever the gate's limits are", async () => {
  const result = await judged({
    health: [check()],
    state: { "aws_x.a": "unhealthy", "aws_x.b": "healthy" },
    environment: { gate: { maxCritical: 10, maxHigh: 10 } },
  });
  expect(result.status).toBe("FAIL");
  expect(severities(result)).toEqual(["CRITICAL health-http front", "CRITICAL health-x aws_x.a"]);
  expect(result.figures).toMatchObject({ healthy_resources: 1, unhealthy_resources: 2 });
});

test("what works and needs a look is high, and held to the gate", async () => {
  const one = { state: { "aws_x.a": "degraded" } } as const;
  expect(await judged(one)).toMatchObject({ status: "WARN", findings: [{ severity: "HIGH" }] });
  const strict = { ...one, environment: { gate: { maxCritical: 0, maxHigh: 0 } } };
  expect((await judged(strict)).status).toBe("FAIL");
});

test("on_failure: warn makes a warning of both, but never in a protected environment", async () => {
  const warn = { healthPolicy: { budget, onFailure: "warn", derive: true } } as const;
  const scene = { health: [check({ onFailure: "warn" })], state: { "aws_x.a": "unhealthy" } } as const;
  const result = await judged({ ...scene, environment: warn });
  expect([result.status, severities(result)]).toEqual([
    "WARN",
    ["MEDIUM health-http front", "MEDIUM health-x aws_x.a"],
  ]);
  expect((await judged({ ...scene, environment: { ...warn, protected: true } })).status).toBe("FAIL");
});

test("what is waived fails nothing", async () => {
  const accept = (findings: readonly Finding[]) =>
    findings.map((finding) => ({ ...finding, waived: { reason: "known", by: "ada" } }));
  expect((await judged({ state: { "aws_x.a": "unhealthy" }, accept })).status).toBe("PASS");
});

test("no answer is never a pass", async () => {
  const some = await judged({ state: { "aws_x.a": "healthy", "aws_x.b": "unchecked" } });
  expect(some).toMatchObject({
    status: "WARN",
    reason: "1 question got no answer, e.g. for aws_x.b: aws_x.b says",
  });
  expect((await judged({ state: { "aws_x.b": "unchecked" } })).status).toBe("SKIPPED");
  const named = check({ how: { kind: "queue" }, target: "q", name: "jobs" });
  expect((await judged({ health: [named], noHosting: true })).status).toBe("SKIPPED");
  expect((await judged({ health: [{ ...named, required: true }], noHosting: true })).status).toBe("ERROR");
  expect((await judged({ health: [named], noHosting: true, environment: { protected: true } })).status).toBe(
    "ERROR",
  );
});

test("a question that is wrong is an error, and hides nothing that is down", async () => {
  const wrong = check({ name: "wrong", target: "{{outputs.none}}" });
  const result = await judged({ health: [wrong] });
  expect(result).toMatchObject({
    status: "ERROR",
    reason: "wrong cannot be asked: the outputs cannot be read: no reason given",
  });
  expect((await judged({ health: [wrong, check()] })).status).toBe("FAIL");
});

test("nothing to look at is skipped, with the reason", async () => {
  expect(await judged({ noHosting: true })).toMatchObject({
    status: "SKIPPED",
    requirement: "optional",
    reason: "no check is named, and the root uses no cloud",
  });
  expect((await judged({})).reason).toBe(
    "nothing in the state has a health of its own, and no check is named",
  );
  const off = { healthPolicy: { budget, onFailure: "fail", derive: false } } as const;
  expect((await judged({ state: { "aws_x.a": "unhealthy" }, environment: off })).reason).toBe(
    "no check is named",
  );
});

test("credentials that expire leave what was verified, and end the run with exit 8", async () => {
  const lost = new FaberError({
    code: "credentials-expired",
    exit: "credentials-or-permissions",
    message: "they have expired",
  });
  const result = await judged({ health: [check()], up: true, state: { "aws_x.a": "healthy" }, lost });
  expect(result).toMatchObject({
    status: "ERROR",
    exit: { code: 8 },
    figures: { verified: expect.arrayContaining(["aws_x.a"]) },
  });
  expect(result.reason).toMatch(/^after \d answers?: they have expired$/);
});

test("any other error of the session is nobody's finding", async () => {
  await expect(
    judged({
      state: { "aws_x.a": "healthy" },
      lost: new FaberError({ code: "usage", exit: "wrong-usage", message: "gone" }),
    }),
  ).rejects.toThrow("gone");
});
