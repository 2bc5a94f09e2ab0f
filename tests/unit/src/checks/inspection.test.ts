import { describe, expect, it } from "vitest";
import type { HostingSession, Inspection } from "../../../../handlers/hosting/contract.ts";
import type { CheckContext } from "../../../../src/checks/contract.ts";
import { monitoringVerification } from "../../../../src/checks/monitoring.ts";
import { securityPosture } from "../../../../src/checks/security-posture.ts";
import { failed, told } from "../../../../src/core/diagnostic.ts";
import { FaberError } from "../../../../src/core/error.ts";
import type { TestResult } from "../../../../src/core/result.ts";
import { environment, fakeIac, tickingClock } from "../../../helpers/run-context.ts";

const observation = {
  rule: "queue-open-to-anybody",
  severity: "HIGH",
  message: "m",
  remedy: "r",
  address: "aws_sqs_queue.q",
} as const;
const refused = { address: "aws_sqs_queue.q", call: "sqs:GetQueueAttributes", why: "AccessDenied: no" };

interface Scene extends Partial<Omit<CheckContext, "hosting" | "environment">> {
  readonly seen?: Partial<Inspection>;
  readonly fails?: FaberError;
  readonly hosting?: "none" | "dumb";
  readonly protected?: true;
}

async function run({ seen, fails, hosting, ...more }: Scene): Promise<TestResult> {
  const look = async (): Promise<Inspection> => {
    if (fails !== undefined) throw fails;
    return { observations: [], checked: [], unchecked: [], figures: {}, ...seen };
  };
  const session: HostingSession = {
    processEnv: {},
    secrets: [],
    identify: () => Promise.reject(new Error("not expected")),
    exists: async () => [],
    reachable: (url) => url,
    ...(hosting === "dumb" ? {} : { posture: look, monitoring: look }),
  };
  const { protected: isProtected = false, ...rest } = more;
  return securityPosture.run({
    environment: environment({
      protected: isProtected,
      gate: { maxCritical: 0, maxHigh: isProtected ? 0 : 2 },
    }),
    iac: fakeIac({ resources: async () => told([]) }),
    ...(hosting === "none" ? {} : { hosting: session }),
    scanners: [],
    scans: async () => [],
    commands: { test: () => Promise.reject(new Error("no")), hook: () => Promise.reject(new Error("no")) },
    toolEnv: {},
    accept: (findings) => findings,
    plan: async () => undefined,
    refreshed: () => Promise.reject(new Error("no")),
    signal: new AbortController().signal,
    clock: tickingClock(),
    ...rest,
  });
}

describe("a look at the live account", () => {
  it("passes only what was answered", async () => {
    const result = await run({ seen: { checked: ["a", "b"], figures: { alarms: 3 } } });
    expect([result.status, result.requirement, result.reason]).toEqual(["PASS", "expected", undefined]);
    expect(result.figures).toEqual({ resources_checked: 2, alarms: 3, unchecked_total: 0, unchecked: [] });
  });

  it.each<[string, Scene, string, string]>([
    ["skips where nothing was answered", { seen: { unchecked: [refused] } }, "SKIPPED", "expected"],
    [
      "blocks there, where it is protected",
      { seen: { unchecked: [refused] }, protected: true },
      "SKIPPED",
      "required",
    ],
    ["warns where some was not", { seen: { checked: ["a"], unchecked: [refused] } }, "WARN", "expected"],
    [
      "warns of what is below the limit",
      { seen: { checked: ["a"], observations: [observation] } },
      "WARN",
      "expected",
    ],
    [
      "fails above it",
      { seen: { checked: ["a"], observations: [observation] }, protected: true },
      "FAIL",
      "required",
    ],
    [
      "fails whatever else is not known",
      { seen: { unchecked: [refused], observations: [{ ...observation, severity: "CRITICAL" }] } },
      "FAIL",
      "expected",
    ],
    ["skips a stack that holds nothing of it", {}, "SKIPPED", "optional"],
    ["skips where there is no cloud", { hosting: "none" }, "SKIPPED", "optional"],
    ["skips a hosting that cannot be asked", { hosting: "dumb" }, "SKIPPED", "optional"],
  ])("%s", async (_, scene, status, requirement) => {
    const result = await run(scene);
    expect([result.status, result.requirement]).toEqual([status, requirement]);
    if (status === "SKIPPED") expect(result.reason).toBeTruthy();
  });

  it("says what got no answer, and why", async () => {
    const result = await run({ seen: { unchecked: [refused] } });
    expect(result.reason).toBe(
      "1 question of security_posture got no answer, e.g. sqs:GetQueueAttributes for aws_sqs_queue.q: AccessDenied: no",
    );
    expect(result.figures).toMatchObject({ unchecked_total: 1, unchecked: [refused] });
  });

  it("counts no finding that is waived", async () => {
    const waived = { reason: "r", by: "b" };
    const accept: CheckContext["accept"] = (findings) => findings.map((finding) => ({ ...finding, waived }));
    const result = await run({
      seen: { checked: ["a"], observations: [observation] },
      protected: true,
      accept,
    });
    expect([result.status, result.findings[0]?.scanners]).toEqual(["PASS", ["security_posture"]]);
  });

  it("ends the run with the exit of credentials that do not work any more", async () => {
    const lost = {
      code: "credentials-expired",
      exit: "credentials-or-permissions",
      message: "gone",
    } as const;
    const result = await run({ fails: new FaberError({ ...lost, hints: ["aws sso login"] }) });
    expect([result.status, result.exit?.code, result.reason]).toEqual(["ERROR", 8, "gone; aws sso login"]);
    const interrupted = new FaberError({ code: "interrupted", exit: "interrupted", message: "stop" });
    await expect(run({ fails: interrupted })).rejects.toBe(interrupted);
  });

  it("is an error when the state cannot be read", async () => {
    const broken = failed([{ severity: "error", summary: "no luck", detail: "" }]);
    const result = await run({ iac: fakeIac({ resources: async () => broken }) });
    expect([result.status, result.reason]).toEqual(["ERROR", "the state cannot be read: no luck"]);
  });

  it("comes with the names of the report", () =>
    expect([securityPosture.name, monitoringVerification.name]).toEqual([
      "security_posture",
      "monitoring_verification",
    ]));
});
