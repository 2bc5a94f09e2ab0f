import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ScanOutcome, ScanSetting } from "../../../handlers/scanner/contract.ts";
import { tflint } from "../../../handlers/scanner/tflint.ts";
import { trivy } from "../../../handlers/scanner/trivy.ts";
import { fixtureRoot } from "../../helpers/scanner-fixtures.ts";
import { toolPath, type TestTool } from "../../helpers/tools.ts";

const budgetMs = 60_000;
const home = { PATH: process.env["PATH"] ?? "", HOME: process.env["HOME"] ?? "" };

let scratch = "";
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), "faber-extra-test-"));
});
afterAll(async () => {
  await rm(scratch, { recursive: true, force: true });
});

for (const scanner of [trivy, tflint]) {
  const path = toolPath(scanner.name as TestTool);
  const scan = (root: string, more: Partial<ScanSetting> = {}): Promise<ScanOutcome> =>
    scanner.scan({
      root,
      varFiles: [],
      processEnv: home,
      ...(path === undefined ? {} : { toolPath: path }),
      signal: new AbortController().signal,
      timeoutMs: budgetMs,
      ...more,
    });

  describe(`real ${scanner.name}`, { timeout: budgetMs }, () => {
    beforeEach((context) => context.skip(path === undefined, `${scanner.name} is not on this machine`));

    test("a root is scanned, and a file with a syntax error is broken, naming it", async () => {
      expect(await scan(fixtureRoot("clean"))).toMatchObject({ kind: "scanned" });
      const broken = await scan(fixtureRoot("syntax-error"));
      expect(broken.kind === "broken" ? broken.reason : broken.kind).toMatch(/broken\.tf/);
    });

    test("out of time is broken and says so", async () => {
      const outcome = await scan(fixtureRoot("public"), { timeoutMs: 1 });
      expect(outcome).toMatchObject({ kind: "broken", timedOut: true });
    });
  });

  test(`${scanner.name} that does not start, or reports nothing, is broken; without a path it is missing`, async () => {
    const silent = join(scratch, `${scanner.name}-silent`);
    await writeFile(silent, "#!/bin/sh\nexit 0\n", { mode: 0o755 });
    expect(await scan(fixtureRoot("clean"), { toolPath: silent })).toMatchObject({ kind: "broken" });
    const nowhere = await scan(fixtureRoot("clean"), { toolPath: join(scratch, "nowhere") });
    expect(nowhere).toMatchObject({ kind: "broken" });
    const { toolPath: _path, ...setting } = { toolPath: "", root: fixtureRoot("clean"), varFiles: [] };
    const signal = new AbortController().signal;
    const outcome = await scanner.scan({ ...setting, processEnv: home, signal, timeoutMs: budgetMs });
    expect(outcome).toMatchObject({ kind: "missing" });
  });
}

describe("rules of tflint", { timeout: budgetMs }, () => {
  beforeEach((context) => context.skip(toolPath("tflint") === undefined, "tflint is not on this machine"));

  test("an unused variable is found, a comment switches it off, and that can be ignored", async () => {
    const path = toolPath("tflint") ?? "";
    const scan = (more: Partial<ScanSetting>): Promise<ScanOutcome> =>
      tflint.scan({
        root: scratch,
        varFiles: [],
        processEnv: home,
        toolPath: path,
        signal: new AbortController().signal,
        timeoutMs: budgetMs,
        ...more,
      });
    const rules = (outcome: ScanOutcome): readonly string[] =>
      outcome.kind === "scanned" ? outcome.findings.map((finding) => finding.rule) : [outcome.reason];
    const rule = "terraform_unused_declarations";
    await writeFile(join(scratch, "main.tf"), 'variable "unused" {\n  type = string\n}\n');
    expect(rules(await scan({}))).toContain(rule);
    await writeFile(
      join(scratch, "main.tf"),
      `# tflint-ignore: ${rule} # later\nvariable "unused" {\n  type = string\n}\n`,
    );
    const heard = await scan({});
    expect(rules(heard)).not.toContain(rule);
    expect(heard).toMatchObject({ inlineSkips: [{ rule, file: "main.tf", reason: "later" }] });
    expect(rules(await scan({ ignoreInlineSkips: true }))).toContain(rule);
  });
});
