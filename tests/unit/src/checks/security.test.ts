import { expect, test } from "vitest";
import type { ScanOutcome, ScanSetting } from "../../../../handlers/scanner/contract.ts";
import type { CheckContext } from "../../../../src/checks/contract.ts";
import { environment as environmentWith } from "../../../helpers/run-context.ts";
import { scanBudgetMs, shareScans } from "../../../../src/checks/scans.ts";
import { securityCheck, securityChecks } from "../../../../src/checks/security.ts";
import type { Environment } from "../../../../src/core/environment.ts";
import type { Plan } from "../../../../src/core/plan.ts";
import type { Finding, Severity } from "../../../../src/core/finding.ts";

const environment = environmentWith({
  varFiles: ["/p/a.tfvars"],
  gate: { maxCritical: 0, maxHigh: 1 },
  toolPaths: { some: "/bin/some" },
});

function contextWith(
  outcome: ScanOutcome,
  changed: Partial<Environment> = {},
): [CheckContext, ScanSetting[]] {
  const seen: ScanSetting[] = [];
  let now = 0;
  const never = (): never => {
    throw new Error("no check of security asks for this");
  };
  const parts: Omit<CheckContext, "scans" | "refreshed"> = {
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
  return [{ ...parts, refreshed: never, scans: shareScans(parts) }, seen];
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
    findings_seen: 3,
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

test("a failure says by what it fails, and every result what was not looked at", async () => {
  const [context] = contextWith(scannedWith(found("HIGH"), found("HIGH", "S")));
  expect((await check.run(context)).reason).toBe("the gate lets 0 critical and 1 high pass · g");
  const [clean] = contextWith({ ...scannedWith(), gaps: ["a", "b", "c", "d"] } as ScanOutcome);
  expect((await check.run(clean)).reason).toBe("a · b · 2 more gaps in the report");
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

test("both tests of the contract are there in any case, the extra ones where their tool is", () => {
  const [context] = contextWith({ kind: "missing", reason: "get it" });
  const names = (toolPaths: Environment["toolPaths"]): readonly string[] =>
    securityChecks
      .filter((each) => each.applies?.({ ...context, environment: { ...environment, toolPaths } }) ?? true)
      .map((each) => each.name);
  expect(names({})).toEqual(["checkov_security", "tfsec_security"]);
  expect(names({ trivy: "/bin/trivy", tflint: "/bin/tflint" })).toEqual([
    "checkov_security",
    "tfsec_security",
    "trivy_security",
    "tflint_lint",
  ]);
});

test("scanners run once in a phase, however many tests ask, and one that throws is broken alone", async () => {
  const [context, seen] = contextWith(scannedWith(found("HIGH")));
  await Promise.all([check.run(context), check.run(context)]);
  expect(seen).toHaveLength(1);
  const scanners = [
    ...context.scanners,
    { name: "bad", test: "bad_security", scan: () => Promise.reject(new Error("no such thing")) },
  ];
  const both = { ...context, scanners };
  const shared = { ...both, scans: shareScans(both) };
  expect(await securityCheck("bad", "bad_security").run(shared)).toMatchObject({ status: "ERROR" });
  expect(await check.run(shared)).toMatchObject({ status: "WARN", findings: [{ rule: "R" }] });
});

test("what another test lists still decides, and a scan that was reused says so", async () => {
  const [context] = contextWith(scannedWith(found("CRITICAL")));
  const [scan] = await context.scans();
  if (scan?.outcome.kind !== "scanned") throw new Error("it scans");
  const reused = {
    ...scan,
    outcome: { ...scan.outcome, reused: true as const },
    listed: [],
    listedIn: { other_security: 1 },
  };
  expect(await check.run({ ...context, scans: async () => [reused] })).toMatchObject({
    status: "FAIL",
    findings: [],
    reason:
      "1 of 1 listed under other_security · the gate lets 0 critical and 1 high pass · as scanned before: nothing that it reads has changed · g",
    figures: { reused: true, findings_seen: 1, listed_in: { other_security: 1 } },
  });
});

test("the plan is handed on when something is to be deployed, and not when all is to be destroyed", async () => {
  for (const kind of ["deploy", "destroy"] as const) {
    const [context, seen] = contextWith(scannedWith());
    const document = { planned_values: {} };
    // All that is asked of it.
    const plan = { scope: { kind }, document } as unknown as Plan;
    const parts = { ...context, plan: async () => plan };
    await shareScans(parts)();
    expect(await seen[0]?.plan?.()).toEqual(kind === "deploy" ? document : undefined);
  }
});
