import { execFileSync } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { ScanOutcome, ScanSetting } from "../../../handlers/scanner/contract.ts";
import { masked } from "../../../handlers/scanner/plan-for-scan.ts";
import { openScanners } from "../../../handlers/scanner/registry.ts";
import { checkovSeverities } from "../../../handlers/scanner/severity-table.ts";
import type { CheckContext } from "../../../src/checks/contract.ts";
import { shareScans, type SharedScan } from "../../../src/checks/scans.ts";
import type { JsonObject } from "../../../src/core/json.ts";
import { environment, fakeIac, runContext, tickingClock } from "../../helpers/run-context.ts";
import { fixtureRoot } from "../../helpers/scanner-fixtures.ts";
import { toolPath } from "../../helpers/tools.ts";

const budgetMs = 60_000;
const home = { PATH: process.env["PATH"] ?? "", HOME: process.env["HOME"] ?? "" };
const paths = { checkov: toolPath("checkov"), tfsec: toolPath("tfsec") };
const missing = Object.entries(paths).flatMap(([name, path]) => (path === undefined ? [name] : []));
if (missing.length > 0) console.log(`skipped: ${missing.join(" and ")} not on this machine`);

let scratch = "";
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), "faber-together-test-"));
});
afterAll(async () => {
  await rm(scratch, { recursive: true, force: true });
});

async function scanBoth(root: string, accept: CheckContext["accept"] = (findings) => findings) {
  const found = Object.entries(paths).flatMap(([name, path]) => (path === undefined ? [] : [[name, path]]));
  const scans = await shareScans({
    environment: environment({ toolPaths: Object.fromEntries(found) }),
    iac: fakeIac({ root }),
    scanners: openScanners({ ignoreInlineSkips: false }),
    commands: runContext().commands,
    toolEnv: home,
    accept,
    plan: async () => undefined,
    signal: new AbortController().signal,
    clock: tickingClock(),
  })();
  return (name: string): SharedScan => {
    const scan = scans.find((each) => each.scanner === name);
    if (!scan) throw new Error(`${name} did not scan`);
    return scan;
  };
}

describe.skipIf(missing.length > 0)("both scanners over one root", { timeout: budgetMs }, () => {
  test("what both see is listed once, by the first, and judged by both", async () => {
    const by = await scanBoth(fixtureRoot("public"));
    const shared = by("checkov").listed.filter((finding) => finding.scanners.includes("tfsec"));
    expect(shared.find((finding) => finding.rule === "CKV_AWS_24")).toMatchObject({
      severity: "CRITICAL",
      address: "aws_security_group.open",
      scanners: ["checkov", "tfsec"],
      also: ["aws-vpc-no-public-ingress-sgr"],
    });
    expect(by("tfsec").listedIn["checkov_security"]).toBeGreaterThanOrEqual(shared.length);
    expect(by("tfsec").seen.some((finding) => finding.rule === "aws-vpc-no-public-ingress-sgr")).toBe(true);
    const pairs = [...by("checkov").listed, ...by("tfsec").listed].map(
      (finding) => `${finding.rule} ${finding.address} ${finding.at?.line}`,
    );
    expect(new Set(pairs).size).toBe(pairs.length);
  });

  test("the extra scanners are not asked where they are not", async () => {
    const by = await scanBoth(fixtureRoot("clean"));
    expect(() => by("trivy")).toThrow();
    expect(() => by("tflint")).toThrow();
  });

  test("what one cannot parse is an error of its own, and the other's findings stand", async () => {
    const root = join(scratch, "one-parses");
    await mkdir(root);
    await writeFile(join(root, "main.tf"), newSyntax);
    const by = await scanBoth(root);
    const kinds = ["checkov", "tfsec"].map((name) => by(name).outcome.kind);
    expect(kinds).toContain("broken");
    expect(kinds).toContain("scanned");
    const scannedOne = by(kinds[0] === "scanned" ? "checkov" : "tfsec");
    expect(scannedOne.listed.some((finding) => finding.address === "aws_sqs_queue.q")).toBe(true);
  });
});

/** A function of a provider, which Terraform knows since 1.8. */
const newSyntax = `locals {
  region = provider::aws::arn_parse("arn:aws:s3:::b").region
}

resource "aws_sqs_queue" "q" {
  name = "q-\${local.region}"
}
`;

const canary = "canary-9c1f";
const plan: JsonObject = {
  format_version: "1.2",
  terraform_version: "1.11.4",
  planned_values: {
    root_module: {
      resources: [
        planned("aws_ebs_volume.a", "aws_ebs_volume", "a", { encrypted: false, size: 1 }),
        planned("aws_db_instance.d", "aws_db_instance", "d", { password: canary, storage_encrypted: true }),
      ],
      child_modules: [
        {
          address: "module.fetched",
          resources: [
            planned("module.fetched.aws_s3_bucket.b", "aws_s3_bucket", "b", { acl: "public-read" }),
          ],
        },
      ],
    },
  },
  resource_changes: [],
  configuration: { root_module: { module_calls: { fetched: { source: "somebody/bucket/aws" } } } },
};

function planned(address: string, type: string, name: string, values: JsonObject): JsonObject {
  const sensitive_values = "password" in values ? { password: true } : {};
  const provider_name = "registry.terraform.io/hashicorp/aws";
  return { address, mode: "managed", type, name, provider_name, schema_version: 0, values, sensitive_values };
}

describe.skipIf(paths.checkov === undefined)("real checkov over a plan", { timeout: budgetMs }, () => {
  const scan = async (more: Partial<ScanSetting>): Promise<ScanOutcome> => {
    const [checkov] = openScanners({ ignoreInlineSkips: more.ignoreInlineSkips === true });
    if (!checkov || paths.checkov === undefined) throw new Error("checkov is the first scanner");
    return checkov.scan({
      root: await sourceRoot(),
      varFiles: [],
      processEnv: home,
      toolPath: paths.checkov,
      signal: new AbortController().signal,
      timeoutMs: budgetMs,
      ...more,
    });
  };
  const sourceRoot = async (): Promise<string> => {
    const root = join(scratch, "planned");
    await mkdir(root, { recursive: true });
    await writeFile(
      join(root, "main.tf"),
      'variable "encrypted" {\n  type = bool\n}\n\nresource "aws_ebs_volume" "a" {\n  encrypted = var.encrypted\n  size      = 1\n}\n',
    );
    // Not ours to read, though it looks like a plan.
    await writeFile(
      join(root, "old-plan.json"),
      JSON.stringify(plan).replaceAll("aws_ebs_volume.a", "aws_ebs_volume.old"),
    );
    return root;
  };

  test("it sees values of variables and modules that were fetched, and nothing twice", async () => {
    const without = await scan({});
    const outcome = await scan({ plan: async () => plan });
    if (outcome.kind !== "scanned" || without.kind !== "scanned") throw new Error("it scans");
    const names = outcome.findings.map(({ rule, address }) => `${rule} ${address}`);
    expect(outcome.planScanned).toBe(true);
    expect(outcome.gaps).toEqual([]);
    expect(names).toContain("CKV_AWS_3 aws_ebs_volume.a");
    expect(names).toContain("CKV_AWS_20 module.fetched.aws_s3_bucket.b");
    expect(without.findings.some(({ rule }) => rule === "CKV_AWS_3")).toBe(false);
    expect(new Set(names).size).toBe(names.length);
    expect(names.some((name) => name.includes("old"))).toBe(false);
    expect(JSON.stringify(outcome)).not.toContain(canary);
    expect(JSON.stringify(outcome)).not.toContain(masked);
  });

  test("what a comment in the source switches off is not found in the plan instead", async () => {
    const root = join(scratch, "skipped");
    await mkdir(root);
    const block = 'resource "aws_ebs_volume" "a" {\n  #checkov:skip=CKV_AWS_3:known\n  size = 1\n}\n';
    await writeFile(join(root, "main.tf"), block);
    const rules = (outcome: ScanOutcome): readonly string[] =>
      outcome.kind === "scanned" ? outcome.findings.map(({ rule, address }) => `${rule} ${address}`) : [];
    const heard = await scan({ root, plan: async () => plan });
    expect(heard).toMatchObject({ planScanned: true, inlineSkips: [{ rule: "CKV_AWS_3" }] });
    expect(rules(heard)).not.toContain("CKV_AWS_3 aws_ebs_volume.a");
    const ignored = await scan({ root, plan: async () => plan, ignoreInlineSkips: true });
    expect(rules(ignored)).toContain("CKV_AWS_3 aws_ebs_volume.a");
  });

  test("a plan that it cannot read leaves the source's findings, and says so", async () => {
    const without = await scan({});
    const outcome = await scan({ plan: async () => ({ ...plan, resource_changes: [{ change: {} }] }) });
    if (outcome.kind !== "scanned" || without.kind !== "scanned") throw new Error("it scans");
    expect(outcome.findings).toEqual(without.findings);
    expect(outcome.gaps.join()).toMatch(/the plan was not scanned/);
  });

  test("waiting for the plan is no part of its time; no plan, a failed one and an interrupt end the wait", async () => {
    let give: (document: undefined) => void = () => undefined;
    const late = new Promise<undefined>((resolve) => {
      give = resolve;
    });
    const waiting = scan({ plan: () => late, timeoutMs: 30_000 });
    give(undefined);
    expect(await waiting).toMatchObject({ kind: "scanned" });
    expect(await scan({ plan: () => Promise.reject(new Error("no plan")) })).toMatchObject({
      kind: "scanned",
      gaps: [expect.stringMatching(/no plan/)],
    });
    const never = new Promise<undefined>(() => undefined);
    expect(await scan({ plan: () => never, signal: AbortSignal.timeout(200) })).toMatchObject({
      kind: "broken",
      timedOut: false,
    });
  });

  test("no plan is left behind", async () => {
    const own = join(scratch, "tmp");
    await mkdir(own);
    vi.stubEnv("TMPDIR", own);
    expect(tmpdir()).toBe(own);
    expect(await scan({ plan: async () => plan })).toMatchObject({ planScanned: true });
    vi.unstubAllEnvs();
    expect(await readdir(own)).toEqual([]);
  });
});

describe.skipIf(paths.checkov === undefined)("the table of severities", { timeout: budgetMs }, () => {
  test("has every AWS rule of the installed Checkov", async () => {
    const python = join(dirname(paths.checkov ?? ""), "python");
    const listed = execFileSync(python, ["-c", listRules], { encoding: "utf8", maxBuffer: 16 * 1024 * 1024 });
    const rules = listed.split("\n").filter((rule) => /^CKV2?_AWS_\d+$/.test(rule));
    expect(rules.length).toBeGreaterThan(400);
    const table = await checkovSeverities();
    expect(rules.filter((rule) => !table.has(rule))).toEqual([]);
  });
});

const listRules = `
from checkov.terraform.checks.resource.registry import resource_registry
from checkov.terraform.checks.data.registry import data_registry
from checkov.terraform.checks.module.registry import module_registry
from checkov.terraform.checks.provider.registry import provider_registry
from checkov.terraform.runner import Runner
from checkov.common.checks_infra.registry import get_graph_checks_registry
for registry in (resource_registry, data_registry, module_registry, provider_registry):
    for rules in list(registry.checks.values()) + list(registry.wildcard_checks.values()):
        for rule in rules:
            print(rule.id)
graph = get_graph_checks_registry("terraform")
graph.load_checks()
for rule in graph.checks:
    print(rule.id)
`;

describe.skipIf(missing.length > 0)("scans that are kept", { timeout: budgetMs }, () => {
  test("are the same when they are reused, for both scanners", async () => {
    const root = join(scratch, "kept");
    await cp(fixtureRoot("public"), root, { recursive: true });
    const cache = { dir: join(scratch, "cache"), faberVersion: "1" };
    for (const scanner of openScanners({ cache, ignoreInlineSkips: false })) {
      const path = Object.entries(paths).find(([name]) => name === scanner.name)?.[1];
      if (path === undefined) continue;
      const scan = (): Promise<ScanOutcome> =>
        scanner.scan({
          root,
          varFiles: [join(root, "open.tfvars")],
          processEnv: home,
          toolPath: path,
          signal: new AbortController().signal,
          timeoutMs: budgetMs,
        });
      const first = await scan();
      expect(await scan()).toEqual({ ...first, reused: true });
    }
  });
});
