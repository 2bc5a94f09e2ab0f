import { noPolicy } from "../../../helpers/policy.ts";
import { expect, test } from "vitest";
import type { ScanOutcome, ScanSetting } from "../../../../handlers/scanner/contract.ts";
import type { CheckContext } from "../../../../src/checks/contract.ts";
import { scanBudgetMs, securityCheck, securityChecks } from "../../../../src/checks/security.ts";
import type { Environment } from "../../../../src/core/environment.ts";
import type { Finding, Severity } from "../../../../src/core/finding.ts";

const environment: Environment = {
  name: "test",
  project: "p",
  projectDir: "/p",
  configured: true,
  dir: "/p",
  hosting: "emulator",
  backend: {},
  varFiles: ["/p/a.tfvars"],
  variables: {},
  protected: false,
  fix: "ask",
  gate: { maxCritical: 0, maxHigh: 1 },
  policy: noPolicy,
  stateDir: "/p/.faber",
  reportsDir: "/p/.faber/reports",
  toolPaths: { some: "/bin/some" },
};

function contextWith(
  outcome: ScanOutcome,
  changed: Partial<Environment> = {},
): [CheckContext, ScanSetting[]] {
  const seen: ScanSetting[] = [];
  let now = 0;
  const never = (): never => {
    throw new Error("no check of security asks for this");
  };
  const context: CheckContext = {
    environment: { ...environment, ...changed },
    // All that these checks ask of it.
    iac: { root: "/p/root" } as CheckContext["iac"],
    scanners: [
      {
        name: "some",
        test: "some_security",
        scan: async (setting) => {
          seen.push(setting);
          return outcome;
        },
      },
    ],
    commands: { test: never, hook: never },
    toolEnv: { PATH: "/bin" },
    accept: (findings) => findings,
    plan: never,
    signal: new AbortController().signal,
    clock: { now: never, monotonic: () => (now += 5.4) },
  };
  return [context, seen];
}

const check = securityCheck("some", "some_security");

function found(severity: Severity, rule = "R"): Finding {
  return { rule, severity, message: "m", scanners: ["some"] };
}

function scannedWith(...findings: Finding[]): ScanOutcome {
  const inlineSkips = [{ rule: "S", file: "main.tf", reason: "because" }];
  return {
    kind: "scanned",
    version: "1.2.3",
    findings,
    passedChecks: 7,
    resourcesScanned: 2,
    inlineSkips,
    gaps: ["g"],
  };
}

test("findings are judged by the gate, sorted, and counted", async () => {
  const [context, seen] = contextWith(scannedWith(found("LOW"), found("CRITICAL"), found("HIGH")));
  const result = await check.run(context);
  expect(result).toMatchObject({
    name: "some_security",
    status: "FAIL",
    requirement: "expected",
    duration_ms: 5,
  });
  expect(result.findings.map((finding) => finding.severity)).toEqual(["CRITICAL", "HIGH", "LOW"]);
  expect(result.figures).toEqual({
    scanner_version: "1.2.3",
    passed_checks: 7,
    resources_scanned: 2,
    by_severity: { CRITICAL: 1, HIGH: 1, MEDIUM: 0, LOW: 1, UNKNOWN: 0 },
    inline_skips: [{ rule: "S", file: "main.tf", reason: "because" }],
    gaps: ["g"],
  });
  expect(seen[0]).toMatchObject({
    root: "/p/root",
    varFiles: ["/p/a.tfvars"],
    toolPath: "/bin/some",
    timeoutMs: scanBudgetMs,
  });
});

test.each([
  [[], "PASS"],
  [[found("LOW"), found("UNKNOWN")], "PASS"],
  [[found("HIGH")], "WARN"],
  [[found("HIGH"), found("HIGH", "S")], "FAIL"],
] as const)("%j is %s", async (findings, status) => {
  const [context] = contextWith(scannedWith(...findings));
  expect((await check.run(context)).status).toBe(status);
});

test("a missing scanner is skipped with the reason, and required where the environment is protected", async () => {
  const [context] = contextWith({ kind: "missing", reason: "get it" });
  expect(await check.run(context)).toMatchObject({
    status: "SKIPPED",
    reason: "get it",
    requirement: "expected",
  });
  const [guarded] = contextWith({ kind: "missing", reason: "get it" }, { protected: true });
  expect(await check.run(guarded)).toMatchObject({ status: "SKIPPED", requirement: "required" });
  expect(await securityCheck("other", "other_security").run(context)).toMatchObject({ status: "SKIPPED" });
});

test("a broken scanner is an error, never a pass", async () => {
  const [context] = contextWith({ kind: "broken", reason: "out of time", timedOut: true });
  expect(await check.run(context)).toMatchObject({
    status: "ERROR",
    reason: "out of time",
    figures: { timed_out: true },
  });
});

test("both tests of the contract are there, before the deploy", () => {
  expect(securityChecks.map((each) => [each.name, each.phase])).toEqual([
    ["checkov_security", "pre-deployment"],
    ["tfsec_security", "pre-deployment"],
  ]);
});
