import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { runReportSchema, testReportSchema } from "../../../reports/schema.ts";
import { main } from "../../../src/cli/main.ts";
import { reportFormats } from "../../../src/core/report.ts";
import { surroundings } from "../../helpers/faber.ts";
import { newestRunFile, projectFrom, type Project } from "../../helpers/project.ts";
import { finding, reportedTest, testReport } from "../../helpers/sample-reports.ts";
import { noTerraform } from "../../helpers/terraform.ts";
import { until } from "../../helpers/waiting.ts";
import { testWorld, type TestWorld } from "../../helpers/world.ts";
import { readXml } from "../../helpers/xml.ts";

if (noTerraform !== undefined) console.warn(`skipped: reports of real runs: ${noTerraform}`);

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function worldOf(project: Project, args: readonly string[], input?: string): TestWorld {
  return testWorld(args, {
    cwd: project.dir,
    env: surroundings({}),
    clock: { now: () => new Date(), monotonic: () => performance.now() },
    ...(input === undefined ? {} : { stdin: Readable.from([input]) }),
  });
}

async function faber(project: Project, args: readonly string[], input?: string): Promise<Ran> {
  const world = worldOf(project, args, input);
  const code = await main(world);
  return { code, out: world.out(), err: world.err() };
}

const json = (text: string): Record<string, unknown> => JSON.parse(text) as Record<string, unknown>;
const everyFormat = reportFormats.map((format) => `--report=${format}=out/report.${format}`);
const settings = "project: shop\nenvironments:\n  test: {}\n";
const password = "canary-7f3a9c41e0b7-canary";

describe.skipIf(noTerraform !== undefined)("a run", () => {
  test("writes every format that was asked for, and no secret into any", async () => {
    const project = await projectFrom("secrets", {
      "faber.yaml": `${settings.replace("{}", "")}    variables: { password: "${password}" }\n`,
    });
    const ran = await faber(project, ["deploy", "--env=test", "--yes", ...everyFormat]);
    expect(ran.code, ran.err).toBe(0);
    const texts = new Map(
      reportFormats.map((format) => [format, readFileSync(project.path(`out/report.${format}`), "utf8")]),
    );
    for (const [format, text] of texts) {
      expect(text, format).not.toContain(password);
      expect(text.length, format).toBeGreaterThan(2);
    }
    const document = json(texts.get("json") ?? "");
    expect(runReportSchema.safeParse(document).success).toBe(true);
    expect(document).toMatchObject({ command: "deploy", exit: { code: 0 } });
    expect(document["test_reports"]).toHaveLength(2);
    expect(parse(texts.get("yaml") ?? "")).toEqual(document);
    expect(readXml(texts.get("junit") ?? "").children.length).toBeGreaterThan(3);
    expect(texts.get("html")).toContain("shop test is deployed");
  });

  test("that fails writes them too", async () => {
    const project = await projectFrom("secrets", {
      "faber.yaml": `${settings.replace("{}", "")}    variables: { password: "${password}", fail: true }\n`,
    });
    const ran = await faber(project, [
      "deploy",
      "--env=test",
      "--yes",
      "--fix=never",
      "--json",
      ...everyFormat,
    ]);
    expect(ran.code, ran.err).toBe(5);
    for (const format of reportFormats) {
      expect(existsSync(project.path(`out/report.${format}`)), format).toBe(true);
      expect(readFileSync(project.path(`out/report.${format}`), "utf8")).not.toContain(password);
    }
    const junit = readXml(readFileSync(project.path("out/report.junit"), "utf8"));
    expect(junit.children.at(-1)?.attributes).toMatchObject({ name: "faber deploy" });
    const { errors, failures } = junit.children.at(-1)?.attributes ?? {};
    expect(Number(errors) + Number(failures)).toBeGreaterThan(0);
  });

  test("that is interrupted writes them too", async () => {
    const project = await projectFrom("secrets", {
      "faber.yaml": `${settings.replace("{}", "")}    variables: { password: "${password}" }\n`,
      hold: "",
    });
    const world = worldOf(project, ["deploy", "--env=test", "--yes", "--fix=never", ...everyFormat]);
    const ended = main(world);
    await until(() => project.has("begun"), "the apply has begun");
    world.send("SIGINT");
    rmSync(project.path("hold"));
    expect(await ended).toBe(130);
    for (const format of reportFormats)
      expect(existsSync(project.path(`out/report.${format}`)), format).toBe(true);
    expect(readFileSync(project.path("out/report.html"), "utf8")).toContain('<span class="label">STOPPED');
  });

  test.each([
    ["sarif", /--report wants FORMAT=FILE/],
    ["pdf=x.pdf", /knows no format "pdf"/],
    ["html=", /FORMAT=FILE/],
    ["html=main.tf/x.html", /a part of the path is a file/],
    ["html=.", /a folder is in the way/],
  ])("with --report=%s is refused before it begins", async (value, message) => {
    const project = await projectFrom("words");
    const ran = await faber(project, ["deploy", "--env=test", "--yes", `--report=${value}`]);
    expect([ran.code, project.has(".faber")]).toEqual([64, false]);
    expect(ran.err).toMatch(message);
  });
});

describe.skipIf(noTerraform !== undefined)("faber report", () => {
  test("converts what a run left behind, and what comes through a pipe", async () => {
    const project = await projectFrom("words");
    const tested = await faber(project, ["test", "--env=test", "--json"]);
    const test = json(tested.out);
    expect(testReportSchema.safeParse(test).success).toBe(true);
    const piped = await faber(project, ["report", "convert", "-", "--to=md"], tested.out);
    expect([piped.code, piped.out.split("\n")[0]]).toEqual([0, expect.stringMatching(/^## .+ test /)]);
    writeFileSync(project.path("run.json"), await newestRunFile(project, "report.json"));
    for (const format of reportFormats) {
      const ran = await faber(project, [
        "report",
        "convert",
        "run.json",
        `--to=${format}`,
        `--out=c/${format}`,
      ]);
      expect([ran.code, ran.out.trim()], ran.err).toEqual([0, project.path(`c/${format}`)]);
    }
    // A run report finds the reports of its phases by their paths.
    expect(json(readFileSync(project.path("c/json"), "utf8"))).toMatchObject({
      schema_version: "faber.test-report/1",
      run_id: test["run_id"],
    });
    const moved = {
      ...json(await newestRunFile(project, "report.json")),
      reports: { "pre-deployment": "/no/such.json" },
    };
    const alone = await faber(project, ["report", "convert", "-", "--to=json"], JSON.stringify(moved));
    expect(alone.err).toContain("/no/such.json, which cannot be read: left out");
    expect(json(alone.out)["schema_version"]).toBe("faber.run/1");
  });

  test("shows the trend of what was run, in text, JSON and as a page", async () => {
    const project = await projectFrom("words", { "faber.yaml": settings });
    expect((await faber(project, ["report", "trend", "--env=test"])).out).toContain("no reports yet");
    for (const phase of ["pre-deployment", "pre-deployment", "post-deployment"])
      await faber(project, ["test", "--env=test", `--phase=${phase}`]);
    const text = await faber(project, ["report", "trend", "--env=test"]);
    expect(text.out).toMatch(/^shop test · 3 reports[^]*pass rate {3}pre-deployment[^]*post-deployment/);
    const ran = await faber(project, ["report", "trend", "--env=test", "--json", "--html=trend.html"]);
    expect(json(ran.out)).toMatchObject({
      environment: "test",
      phases: [
        { phase: "pre-deployment", reports: 2 },
        { phase: "post-deployment", reports: 1 },
      ],
      exit: { code: 0 },
    });
    expect(readFileSync(project.path("trend.html"), "utf8")).toContain('id="trend"');
  });
});

describe("what cannot be converted is refused with what is wrong", () => {
  const wrong = testReport([reportedTest("t", "WARN", { findings: [{ ...finding(), severity: "BAD" }] })]);
  test.each([
    ["{", /it is not JSON/],
    ["[]", /no JSON object/],
    [
      '{"schema_version":"faber.run/7"}',
      /"faber\.run\/7": faber\.test-report\/1 and faber\.run\/1 can be read/,
    ],
    [JSON.stringify(wrong), /tests\[0\]\.findings\[0\]\.severity: /],
  ])("%s", async (text, message) => {
    const project = await projectFrom("words");
    const ran = await faber(project, ["report", "convert", "-", "--to=html"], text);
    expect([ran.code, ran.out]).toEqual([64, ""]);
    expect(ran.err).toMatch(message);
  });

  test("a file that is not there, a format that is none, nothing at all", async () => {
    const project = await projectFrom("words");
    const codes = [
      await faber(project, ["report", "convert", "none.json", "--to=html"]),
      await faber(project, ["report", "convert", "-", "--to=docx"], "{}"),
      await faber(project, ["report", "convert", "-"], "{}"),
      await faber(project, ["report", "convert", "--to=html"]),
    ];
    expect(codes.map(({ code }) => code)).toEqual([64, 64, 64, 64]);
    expect(codes.map(({ err }) => err).join("")).toMatch(
      /none\.json[^]*"docx"[^]*--to is missing[^]*no report was named/,
    );
  });
});
