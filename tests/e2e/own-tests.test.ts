import { describe, expect, test } from "vitest";
import { arrayAt, objectAt, type JsonObject } from "../../src/core/json.ts";
import { faber, type FaberRun } from "../helpers/faber.ts";
import { newestRunFile, projectFrom, type Project } from "../helpers/project.ts";
import { noTerraform } from "../helpers/terraform.ts";
import { untilGone } from "../helpers/waiting.ts";

if (noTerraform !== undefined) console.warn(`skipped: tests of one's own: ${noTerraform}`);

/** Programs of the user's, in Node so that they run wherever faber does. */
const programs = {
  "ok.mjs": `console.log("fine");`,
  "bad.mjs": `console.error("buckets are public"); process.exit(3);`,
  "junit.mjs": `import { writeFileSync } from "node:fs";
    writeFileSync("out.xml", '<testsuite name="s"><testcase name="a"/><testcase name="b"><failure message="no"/></testcase></testsuite>');
    process.exit(1);`,
  "tap.mjs": `console.log("1..2\\nok 1 - one\\nok 2 - two");`,
  "own.mjs": `console.log(JSON.stringify({ findings: [{ rule: "r1", severity: "MEDIUM", message: "hm" }] }));`,
  "liar.mjs": `console.log(JSON.stringify({ findings: [] })); process.exit(7);`,
  "hang.mjs": `import { spawn } from "node:child_process"; import { writeFileSync } from "node:fs";
    const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
    writeFileSync("child.pid", String(child.pid)); setInterval(() => {}, 1000);`,
  "told.mjs": `import { readFileSync, writeFileSync } from "node:fs";
    const facts = JSON.parse(readFileSync(process.env.FABER_RUN_FILE, "utf8"));
    const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => /^(FABER_RUN|OUTPUT)_/.test(name)));
    writeFileSync(process.argv[2], JSON.stringify({ facts, own, secret: process.env.SHOP_PASSWORD }));
    console.log("the password is " + (process.env.SHOP_PASSWORD ?? "none"));`,
};

const test_ = (name: string, how: string): string => `  - { name: ${name}, ${how} }`;
const settings = (...lines: readonly string[]): string =>
  [
    "project: shop",
    "environments: { test: {} }",
    "optional_tests: [checkov_security, tfsec_security]",
    ...lines,
  ].join("\n");

function testNamed(report: JsonObject, name: string): JsonObject {
  return objectAt(arrayAt(report["tests"]).find((one) => objectAt(one)["name"] === name));
}

/** The process that `hang.mjs` left behind. */
async function childIsGone(project: Project): Promise<void> {
  await untilGone(Number(await project.read("child.pid")));
}

describe.skipIf(noTerraform !== undefined)("tests of one's own", () => {
  test("are judged by the gate in every format, and a broken one never passes", async () => {
    const project = await projectFrom("words", {
      ...programs,
      "faber.yaml": settings(
        "tests:",
        test_("fine", "command: [node, ok.mjs]"),
        test_("leaky", "command: [node, bad.mjs]"),
        test_("suite", "command: [node, junit.mjs], format: junit, report: out.xml, severity: MEDIUM"),
        test_("tapped", "command: [node, tap.mjs], format: tap"),
        test_("own", "command: [node, own.mjs], format: faber"),
        test_("liar", "command: [node, liar.mjs], format: faber"),
        test_("gone", "command: [./no-such-program]"),
        test_("slow", "command: [node, hang.mjs], timeout: 1, required: false"),
      ),
    });
    const ran = await faber(["test", "--env=test", "--phase=pre-deployment", "--json"], { cwd: project.dir });
    expect(ran.code, ran.stderr).toBe(3);
    const report = ran.json();
    const statuses = ["fine", "leaky", "suite", "tapped", "own", "liar", "gone", "slow"].map((name) => [
      name,
      testNamed(report, name)["status"],
    ]);
    expect(Object.fromEntries(statuses)).toEqual({
      fine: "PASS",
      leaky: "FAIL",
      suite: "WARN",
      tapped: "PASS",
      own: "WARN",
      liar: "ERROR",
      gone: "SKIPPED",
      slow: "ERROR",
    });
    expect(testNamed(report, "leaky")["findings"]).toMatchObject([
      { rule: "leaky", severity: "CRITICAL", message: "exit code 3: buckets are public" },
    ]);
    expect(testNamed(report, "suite")).toMatchObject({
      findings: [{ rule: "s › b", severity: "MEDIUM", message: "no" }],
      cases: { total: 2, passed: 1, failed: 1 },
    });
    expect(testNamed(report, "liar")["reason"]).toBe("exit code 7, and its report names nothing");
    expect(testNamed(report, "slow")).toMatchObject({ reason: "ran out of time", timed_out: true });
    // The whole group ends at the time-out, not the program alone.
    await childIsGone(project);
  });

  test("can be Terraform's own", async () => {
    const run = (name: string, wanted: string): string =>
      `run "${name}" {\n  command = plan\n  assert {\n    condition = ${wanted}\n    error_message = "it is not"\n  }\n}\n`;
    const project = await projectFrom("words", {
      "checks/words.tftest.hcl": run("right", `var.word == "hello"`) + run("wrong", `var.word == "bye"`),
      "faber.yaml": settings("tests:", test_("hcl", "terraform_test: checks")),
    });
    const ran = await faber(["test", "--env=test", "--json"], { cwd: project.dir });
    expect(ran.code, ran.stderr).toBe(3);
    expect(testNamed(ran.json(), "hcl")).toMatchObject({
      status: "FAIL",
      cases: { total: 2, passed: 1, failed: 1 },
      findings: [{ severity: "CRITICAL", message: "Test assertion failed: it is not" }],
    });
  });
});

const hooksFor = (...points: readonly string[]): readonly string[] =>
  points.map((point) => `  ${point}: [{ command: [node, told.mjs, ${point}.json] }]`);

describe.skipIf(noTerraform !== undefined)("hooks", () => {
  const deploy = (project: Project, command = "deploy"): Promise<FaberRun> =>
    faber([command, "--env=test", "--yes", "--json", ...(command === "deploy" ? ["--skip-tests"] : [])], {
      cwd: project.dir,
      env: { SHOP_PASSWORD: "AKIAABCDEFGHIJKLMNOP" },
    });

  test("run before and after stages, are told about the run, and their output is kept without secrets", async () => {
    const project = await projectFrom("chain", {
      ...programs,
      "faber.yaml": settings(
        "hooks:",
        ...hooksFor("pre_plan", "post_plan", "pre_deploy", "post_deploy", "pre_destroy", "post_destroy"),
      ),
    });
    const ran = await deploy(project);
    expect(ran.code, ran.stderr).toBe(0);
    const told = async (point: string): Promise<JsonObject> =>
      objectAt(JSON.parse(await project.read(`${point}.json`)));
    expect(await told("pre_plan")).toMatchObject({
      facts: { schema_version: "faber.command/1", point: "pre_plan", run: { environment: "test" } },
      own: { FABER_RUN_POINT: "pre_plan", FABER_RUN_ENVIRONMENT: "test", FABER_RUN_PROJECT: "shop" },
      secret: "AKIAABCDEFGHIJKLMNOP",
    });
    expect(await told("post_plan")).toMatchObject({
      facts: { plan: { digest: objectAt(ran.json()["plan"])["digest"] ?? "", counts: { add: 3 } } },
    });
    expect(await told("pre_deploy")).toMatchObject({ facts: { plan: { counts: { add: 3 } } } });
    expect(await told("post_deploy")).toMatchObject({
      facts: { outcome: "PASS", outputs: { third: "third" } },
      own: { FABER_RUN_OUTCOME: "PASS", OUTPUT_THIRD: "third" },
    });
    expect(project.has("pre_destroy.json")).toBe(false);
    const journal = await newestRunFile(project, "journal.ndjson");
    expect(journal).toContain('"type":"hook.ended"');
    expect(journal).toContain("the password is (redacted)");
    expect(journal + ran.stderr + ran.stdout).not.toContain("AKIAABCDEFGHIJKLMNOP");

    const gone = await deploy(project, "destroy");
    expect(gone.code, gone.stderr).toBe(0);
    expect(await told("pre_destroy")).toMatchObject({ facts: { plan: { counts: { destroy: 3 } } } });
    expect(await told("post_destroy")).toMatchObject({ facts: { outcome: "PASS" } });
  });

  test.each([
    ["pre_plan", 3, "hook pre_plan failed: node bad.mjs: exit code 3"],
    ["pre_deploy", 3, "hook pre_deploy failed: node bad.mjs: exit code 3"],
    ["post_deploy", 6, "hook post_deploy failed: node bad.mjs: exit code 3"],
  ])("%s that fails stops the run with exit %i", async (point, code, reason) => {
    const project = await projectFrom("chain", {
      ...programs,
      "faber.yaml": settings(`hooks: { ${point}: [{ command: [node, bad.mjs] }] }`),
    });
    const ran = await deploy(project);
    expect(ran.code, ran.stderr).toBe(code);
    expect(ran.json()).toMatchObject({ exit: { code, reason } });
    expect(ran.stderr).toContain("buckets are public");
    // Before the deploy nothing was made; after it, everything is told.
    expect(project.has("terraform.tfstate")).toBe(point === "post_deploy");
  });

  test("that only warn or are nobody's business let the run go on; a time-out ends one", async () => {
    const project = await projectFrom("chain", {
      ...programs,
      "faber.yaml": settings(
        "hooks:",
        "  pre_plan: [{ command: [node, bad.mjs], on_failure: warn }]",
        "  pre_deploy: [{ command: [node, bad.mjs], on_failure: continue }]",
        "  post_deploy: [{ command: [node, hang.mjs], timeout: 1, on_failure: warn }]",
      ),
    });
    const ran = await deploy(project);
    expect(ran.code, ran.stderr).toBe(0);
    expect(ran.stderr).toContain("! hook pre_plan  node bad.mjs: exit code 3");
    expect(ran.stderr).toContain("! hook post_deploy  node hang.mjs: ran out of time");
    await childIsGone(project);
  });
});
