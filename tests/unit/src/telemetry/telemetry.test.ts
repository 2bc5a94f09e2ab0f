import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { arrayAt, isObject, objectAt, stringAt, type JsonObject } from "../../../../src/core/json.ts";
import { createRedactor } from "../../../../src/core/redact.ts";
import { telemetrySettings, type TelemetrySettings } from "../../../../src/telemetry/settings.ts";
import { traceRun } from "../../../../src/telemetry/trace-run.ts";
import { runReport } from "../../../helpers/sample-reports.ts";

const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:4318/" };
const trace = "0af7651916cd43dd8448eb211c80319c";

describe("OpenTelemetry's variables", () => {
  test("name the collector, its headers, the service and the span above", () => {
    expect(
      telemetrySettings({
        ...endpoint,
        OTEL_EXPORTER_OTLP_HEADERS: "authorization=Basic%20eHg=, x-team = a ",
        OTEL_SERVICE_NAME: "deploys",
        OTEL_RESOURCE_ATTRIBUTES: "team=core",
        TRACEPARENT: `00-${trace}-b7ad6b7169203331-01`,
      }),
    ).toEqual({
      url: "http://127.0.0.1:4318/v1/traces",
      headers: { authorization: "Basic eHg=", "x-team": "a" },
      serviceName: "deploys",
      resource: { team: "core" },
      timeoutMs: 5_000,
      parent: { traceId: trace, spanId: "b7ad6b7169203331" },
    });
    expect(telemetrySettings({ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: "http://h/x" })).toMatchObject({
      url: "http://h/x",
    });
  });

  test.each([
    ["nothing is named", {}],
    ["the SDK is disabled", { ...endpoint, OTEL_SDK_DISABLED: "True" }],
    ["no exporter is wanted", { ...endpoint, OTEL_TRACES_EXPORTER: "none" }],
    ["the trace above is not sampled", { ...endpoint, TRACEPARENT: `00-${trace}-b7ad6b7169203331-00` }],
  ])("send nothing where %s", (_what, env) => {
    expect(telemetrySettings(env)).toBeUndefined();
  });

  test.each([
    [{ ...endpoint, OTEL_EXPORTER_OTLP_PROTOCOL: "grpc" }, "grpc"],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: "file:///etc/passwd" }, "http"],
  ])("are refused with a reason where they ask for what is not spoken", (env, why) => {
    expect(telemetrySettings(env)).toEqual({ refused: expect.stringContaining(why) });
  });

  test("a broken TRACEPARENT begins a trace of its own", () => {
    for (const TRACEPARENT of ["", "x", `00-${"0".repeat(32)}-b7ad6b7169203331-01`])
      expect(telemetrySettings({ ...endpoint, TRACEPARENT })).not.toHaveProperty("parent");
  });
});

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A collector that keeps what it is sent. */
async function collector(status = 200) {
  const received: { readonly headers: IncomingHttpHeaders; readonly body: JsonObject }[] = [];
  const server = createServer((request, response) => {
    let text = "";
    request.setEncoding("utf8").on("data", (part: string) => (text += part));
    request.on("end", () => {
      received.push({ headers: request.headers, body: objectAt(JSON.parse(text)) });
      response.writeHead(status).end("{}");
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { received, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/traces` };
}

function traced(settings: Partial<TelemetrySettings> & { readonly url: string }) {
  const redactor = createRedactor();
  redactor.learn("canary-7f3a9c41");
  const lost: string[] = [];
  let at = Date.parse("2026-11-21T09:00:00Z");
  const clock = { now: () => new Date((at += 1_000)), monotonic: () => at };
  const whole = { headers: {}, serviceName: "faber", resource: {}, timeoutMs: 2_000, ...settings };
  return {
    lost,
    traces: traceRun({ settings: whole, redactor, clock, version: "0.1.0", onLost: (why) => lost.push(why) }),
  };
}

function runOf(traces: ReturnType<typeof traced>["traces"]): void {
  const run = {
    run_id: "20261121T090000Z-7f3a9c",
    command: "deploy",
    version: "0.1.0",
    project: "shop",
    environment: "test",
    hosting: "emulator",
    protected: false,
    started_at: "2026-11-21T09:00:00Z",
  };
  traces.emit({ type: "run.started", run });
  traces.emit({ type: "stage.started", stage: "pre-tests" });
  traces.emit({ type: "test.started", name: "checkov_security" });
  traces.emit({
    type: "test.ended",
    test: {
      name: "checkov_security",
      status: "FAIL",
      duration_ms: 5,
      findings: [],
      requirement: "expected",
      figures: {},
      reason: "found canary-7f3a9c41",
    },
  });
  traces.emit({
    type: "stage.ended",
    result: {
      stage: "pre-tests",
      status: "FAIL",
      headline: "1 test failed",
      duration_ms: 7,
      tests: [],
      diagnostics: [],
      exit: { code: 3, name: "test-failed", reason: "x" },
    },
  });
  traces.emit({ type: "stage.started", stage: "deploy" });
  traces.emit({
    type: "resource.started",
    address: 'aws_sqs_queue.q["canary-7f3a9c41"]',
    action: "create",
    elapsed_s: 0,
  });
  traces.emit({
    type: "resource.ended",
    address: 'aws_sqs_queue.q["canary-7f3a9c41"]',
    action: "create",
    elapsed_s: 1,
  });
  traces.emit({
    type: "stage.ended",
    result: {
      stage: "deploy",
      status: "PASS",
      headline: "1 changed",
      duration_ms: 7,
      tests: [],
      diagnostics: [],
    },
  });
  traces.emit({ type: "run.ended", report: runReport({ exit: { code: 0, name: "done", reason: "well" } }) });
}

function spansIn(body: JsonObject): readonly JsonObject[] {
  const [resource] = arrayAt(body["resourceSpans"]).filter(isObject);
  const [scope] = arrayAt(resource?.["scopeSpans"]).filter(isObject);
  return arrayAt(scope?.["spans"]).filter(isObject);
}

describe("a run as a trace", () => {
  test("is one tree of run, stages, tests and resources, without secrets", async () => {
    const { received, url } = await collector();
    const { traces, lost } = traced({
      url,
      headers: { "x-key": "k" },
      parent: { traceId: trace, spanId: "b7ad6b7169203331" },
    });
    runOf(traces);
    await traces.close();
    expect(lost).toEqual([]);
    expect(received).toHaveLength(1);
    expect(received[0]?.headers).toMatchObject({ "content-type": "application/json", "x-key": "k" });
    const body = received[0]?.body ?? {};
    expect(JSON.stringify(body)).not.toContain("canary-7f3a9c41");
    const spans = spansIn(body);
    const byName = new Map(spans.map((span) => [stringAt(span["name"]), span]));
    const idOf = (name: string) => byName.get(name)?.["spanId"];
    expect([...byName.keys()]).toEqual([
      "faber deploy",
      "test checkov_security",
      "stage pre-tests",
      'create aws_sqs_queue.q["(redacted)"]',
      "stage deploy",
    ]);
    expect(spans.map((span) => span["parentSpanId"])).toEqual([
      "b7ad6b7169203331",
      idOf("stage pre-tests"),
      idOf("faber deploy"),
      idOf("stage deploy"),
      idOf("faber deploy"),
    ]);
    expect(new Set(spans.map((span) => span["traceId"]))).toEqual(new Set([trace]));
    for (const span of spans) {
      expect(span["spanId"]).toMatch(/^[0-9a-f]{16}$/);
      expect(
        BigInt(stringAt(span["endTimeUnixNano"]) ?? "0") >=
          BigInt(stringAt(span["startTimeUnixNano"]) ?? "1"),
      ).toBe(true);
    }
    expect(byName.get("stage pre-tests")?.["status"]).toEqual({ code: 2, message: "1 test failed" });
    expect(byName.get("faber deploy")?.["status"]).toEqual({});
  });

  test.each([
    ["answers with an error", 503, "the collector answers 503"],
    ["is not there", 0, "fetch failed"],
  ])("loses nothing but itself when the collector %s", async (_what, status, why) => {
    const url = status === 0 ? "http://127.0.0.1:1/v1/traces" : (await collector(status)).url;
    const { traces, lost } = traced({ url });
    runOf(traces);
    await traces.close();
    expect(lost).toEqual([expect.stringContaining(why)]);
  });

  test("is not sent where no run began", async () => {
    const { received, url } = await collector();
    await traced({ url }).traces.close();
    expect(received).toEqual([]);
  });
});
