import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ScanOutcome, ScanSetting } from "../../../handlers/scanner/contract.ts";
import { scanners } from "../../../handlers/scanner/registry.ts";
import { countBySeverity } from "../../../src/core/finding.ts";
import { gate } from "../../../src/core/gate.ts";
import { fixtureRoot } from "../../helpers/scanner-fixtures.ts";
import { toolPath, type TestTool } from "../../helpers/tools.ts";

const limits = { maxCritical: 0, maxHigh: 2 };
const home = { PATH: process.env["PATH"] ?? "", HOME: process.env["HOME"] ?? "" };
const budgetMs = 60_000;

let scratch = "";
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), "faber-scanner-test-"));
});
afterAll(async () => {
  await rm(scratch, { recursive: true, force: true });
});

/** What each scanner calls an SSH port open to the world, and a list readable by anyone. */
const expected: Readonly<Record<string, { readonly ssh: string; readonly publicAcl: string }>> = {
  checkov: { ssh: "CKV_AWS_24", publicAcl: "CKV_AWS_20" },
  tfsec: { ssh: "aws-vpc-no-public-ingress-sgr", publicAcl: "aws-s3-no-public-access-with-acl" },
};

function scanned(outcome: ScanOutcome): Extract<ScanOutcome, { kind: "scanned" }> {
  if (outcome.kind !== "scanned") throw new Error(`not scanned: ${JSON.stringify(outcome)}`);
  return outcome;
}

for (const scanner of scanners.filter((each) => each.extra !== true)) {
  const path = toolPath(scanner.name as TestTool);
  if (path === undefined) console.log(`skipped: ${scanner.name} is not on this machine`);

  const scan = (root: string, changed: Partial<ScanSetting> = {}): Promise<ScanOutcome> =>
    scanner.scan({
      root,
      varFiles: [],
      processEnv: home,
      ...(path === undefined ? {} : { toolPath: path }),
      signal: new AbortController().signal,
      timeoutMs: budgetMs,
      ...changed,
    });

  describe.skipIf(path === undefined)(`real ${scanner.name}`, { timeout: budgetMs }, () => {
    const rules = expected[scanner.name] ?? { ssh: "", publicAcl: "" };

    test("a port open to the world and, by a var file, a public list fail the gate", async () => {
      const root = fixtureRoot("public");
      const { findings } = scanned(await scan(root, { varFiles: [join(root, "open.tfvars")] }));
      expect(gate({ kind: "findings", findings, limits })).toBe("FAIL");
      expect(findings.find(({ rule }) => rule === rules.ssh)).toMatchObject({
        severity: "CRITICAL",
        address: "aws_security_group.open",
        at: { file: "main.tf" },
      });
      const list = findings.find(({ rule }) => rule === rules.publicAcl);
      expect(list?.address).toMatch(/^module\.site\.aws_s3_bucket(?:_acl)?\.pages$/);
      expect(list?.at?.file).toBe("site/main.tf");
    });

    test("without the var file nothing is public but the port", async () => {
      const { findings } = scanned(await scan(fixtureRoot("public")));
      expect(findings.some(({ rule }) => rule === rules.publicAcl)).toBe(false);
      expect(findings.some(({ rule }) => rule === rules.ssh)).toBe(true);
    });

    test("a clean root passes, with checks that really ran", async () => {
      const outcome = scanned(await scan(fixtureRoot("clean")));
      expect(gate({ kind: "findings", findings: outcome.findings, limits })).toBe("PASS");
      expect(outcome.passedChecks).toBeGreaterThan(0);
      expect(outcome.version).not.toBe("");
    });

    test("a file with a syntax error is broken, naming the file, however clean its neighbour is", async () => {
      const outcome = await scan(fixtureRoot("syntax-error"));
      expect(outcome).toMatchObject({ kind: "broken", timedOut: false });
      expect(outcome.kind === "broken" && outcome.reason).toMatch(/[ :]broken\.tf/);
    });

    test("an empty folder and a root without resources are scanned and hold nothing", async () => {
      const empty = join(scratch, `${scanner.name}-empty`);
      await mkdir(empty);
      expect(scanned(await scan(empty)).findings).toEqual([]);
      await writeFile(join(empty, "main.tf"), 'variable "x" {}\nresource "null_resource" "n" {}\n');
      expect(scanned(await scan(empty)).findings).toEqual([]);
    });

    test("Terraform JSON, as cdktf writes it, is judged like HCL and named by its own file", async () => {
      const { findings } = scanned(await scan(fixtureRoot("json")));
      expect(findings.find(({ rule }) => rule === rules.ssh)).toMatchObject({
        severity: "CRITICAL",
        address: "aws_security_group.open",
        at: { file: "cdk.tf.json", line: 22 },
      });
      expect(findings.some(({ rule }) => rule === rules.publicAcl)).toBe(true);
    });

    test("JSON that is none is broken", async () => {
      const root = join(scratch, `${scanner.name}-bad-json`);
      await mkdir(root);
      await writeFile(join(root, "cdk.tf.json"), '{"resource": ');
      const outcome = await scan(root);
      expect(outcome.kind === "broken" && outcome.reason).toMatch(/cdk\.tf\.json is not JSON/);
    });

    test("a linked Terraform file is read like any other", async () => {
      const root = join(scratch, `${scanner.name}-linked`);
      await mkdir(root);
      await symlink(join(fixtureRoot("public"), "main.tf"), join(root, "main.tf"));
      await cp(join(fixtureRoot("public"), "site"), join(root, "site"), { recursive: true });
      const { findings } = scanned(await scan(root));
      expect(findings.some(({ rule }) => rule === rules.ssh)).toBe(true);
    });

    test("downloads and faber's own files inside a root are no part of it, but may be a root", async () => {
      const root = join(scratch, `${scanner.name}-nested`);
      await cp(fixtureRoot("clean"), root, { recursive: true });
      for (const folder of [".terraform/modules/m", ".faber/runs", "cdktf.out/stacks/s", "node_modules/p"]) {
        await cp(fixtureRoot("public"), join(root, folder), { recursive: true });
      }
      expect(scanned(await scan(root)).findings).toEqual([]);
      const inner = scanned(await scan(join(root, "cdktf.out/stacks/s")));
      expect(countBySeverity(inner.findings).CRITICAL).toBeGreaterThan(0);
    });

    test("rules switched off in the source are listed", async () => {
      const outcome = scanned(await scan(fixtureRoot("skips")));
      expect(outcome.inlineSkips).toHaveLength(1);
      expect(outcome.inlineSkips[0]?.file).toBe("main.tf");
    });

    test("rules switched off in the source count when that is ignored, and are still listed", async () => {
      const heard = scanned(await scan(fixtureRoot("skips")));
      const ignored = scanned(await scan(fixtureRoot("skips"), { ignoreInlineSkips: true }));
      expect(ignored.findings.length).toBe(heard.findings.length + 1);
      expect(ignored.inlineSkips.map(({ rule, file }) => ({ rule, file }))).toEqual(
        heard.inlineSkips.map(({ rule, file }) => ({ rule, file })),
      );
    });

    test("a module that cannot be fetched leaves the rest to be scanned", async () => {
      const root = join(scratch, `${scanner.name}-remote-module`);
      await cp(fixtureRoot("public"), root, { recursive: true });
      await writeFile(
        join(root, "remote.tf"),
        'module "gone" {\n  source  = "no-such-namespace/no-such-module/aws"\n  version = "1.0.0"\n}\n',
      );
      const { findings } = scanned(await scan(root));
      expect(findings.some(({ rule }) => rule === rules.ssh)).toBe(true);
    });

    test("settings in the environment that would hide findings are not passed on", async () => {
      const processEnv = { ...home, CKV_SKIP_CHECK: "CKV_AWS_24", CKV_FRAMEWORK: "dockerfile" };
      const { findings } = scanned(await scan(fixtureRoot("public"), { processEnv }));
      expect(findings.some(({ rule }) => rule === rules.ssh)).toBe(true);
    });

    test("out of time is broken and says so", async () => {
      expect(await scan(fixtureRoot("public"), { timeoutMs: 1 })).toMatchObject({
        kind: "broken",
        timedOut: true,
      });
    });

    test("an interrupt is broken, at once or on the way", async () => {
      const aborted = AbortSignal.abort();
      expect(await scan(fixtureRoot("public"), { signal: aborted })).toMatchObject({ kind: "broken" });
      const soon = AbortSignal.timeout(20);
      const outcome = await scan(fixtureRoot("public"), { signal: soon });
      expect(outcome).toMatchObject({ kind: "broken", timedOut: false });
      expect(outcome.kind === "broken" && outcome.reason).toMatch(/interrupted/);
    });
  });

  describe(`${scanner.name} that is not there`, () => {
    test("no path is missing, with how to get it", async () => {
      const { toolPath: _, ...setting } = {
        toolPath: "",
        root: fixtureRoot("clean"),
        varFiles: [],
        processEnv: home,
      };
      const outcome = await scanner.scan({
        ...setting,
        signal: new AbortController().signal,
        timeoutMs: budgetMs,
      });
      expect(outcome).toMatchObject({ kind: "missing" });
      expect(outcome.kind === "missing" && outcome.reason).toMatch(/doctor --install/);
    });

    test("a path that does not start is broken", async () => {
      const outcome = await scan(fixtureRoot("clean"), { toolPath: join(scratch, "nowhere") });
      expect(outcome.kind === "broken" && outcome.reason).toMatch(/could not be started/);
    });

    test("a script whose interpreter is gone is broken", async () => {
      const script = join(scratch, `${scanner.name}-orphan`);
      await writeFile(script, "#!/no/such/venv/bin/python3\n", { mode: 0o755 });
      expect(await scan(fixtureRoot("clean"), { toolPath: script })).toMatchObject({ kind: "broken" });
    });

    test("a program that ends well and reports nothing is broken", async () => {
      const script = join(scratch, `${scanner.name}-silent`);
      await writeFile(script, "#!/bin/sh\nexit 0\n", { mode: 0o755 });
      expect(await scan(fixtureRoot("clean"), { toolPath: script })).toMatchObject({ kind: "broken" });
    });
  });
}
