import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, test } from "vitest";
import { readXml } from "../helpers/xml.ts";
import { sarifLogSchema } from "../helpers/sarif-schema.ts";
import { faber, type FaberRun } from "../helpers/faber.ts";
import { projectFrom, type Project } from "../helpers/project.ts";
import { noTerraform } from "../helpers/terraform.ts";

if (noTerraform !== undefined) console.warn(`skipped: untrusted text: ${noTerraform}`);

/** What moves cursors, opens links, forges annotations, injects HTML, XML, SQL or shell, and leaves a folder. */
const corpus: readonly string[] = [
  "\u001b[2J\u001b[1;1H\u001b[31mred",
  "\u001b]8;;http://evil.example\u0007click\u001b]8;;\u0007",
  "\u001b]0;title\u0007\u009b31m\u0090q\u009c",
  "::error::owned",
  "line\n::error file=main.tf,line=1::owned\r\n::stop-commands::x\n##[error]owned",
  "\r✓ deploy        all is well",
  "\u202egnp.exe\u2066 \u200f",
  "</script><script>alert(1)</script>",
  '"><img src=x onerror=alert(1)>',
  "a]]>b<![CDATA[",
  "'); DROP TABLE issues; --",
  "$(touch pwned) `touch pwned` ; touch pwned",
  "../../../../pwned",
  "| a | [x](javascript:alert(1)) | `c` <details>",
];
const formats = ["json", "yaml", "md", "html", "junit", "sarif", "gitlab"] as const;

async function hostileProject(): Promise<Project> {
  const config = {
    locals: { corpus: corpus.map((text) => text.replaceAll("${", "$${")) },
    resource: {
      terraform_data: {
        named: { for_each: "${toset(local.corpus)}", input: "${each.value}" },
        failing: {
          depends_on: ["terraform_data.named"],
          lifecycle: {
            precondition: [
              {
                condition: "${length(local.corpus) == 0}",
                error_message: `Refused: \${join(" ", local.corpus)}.`,
              },
            ],
          },
        },
      },
    },
    output: { told: { value: "${local.corpus}" }, one: { value: '${join(" ", local.corpus)}' } },
  };
  const printing = {
    command: ["node", "-e", "process.stdout.write(require('fs').readFileSync('corpus.txt','utf8'))"],
  };
  return projectFrom("words", {
    "main.tf": "",
    "main.tf.json": JSON.stringify(config),
    "corpus.txt": corpus.join("\n"),
    "faber.json": JSON.stringify({
      project: "shop",
      environments: { test: {} },
      hooks: { pre_plan: [{ ...printing, on_failure: "warn" }] },
    }),
  });
}

// oxlint-disable-next-line no-control-regex -- control characters are what this is about
const control = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

function expectHarmless(text: string, where: string): void {
  expect(
    control.exec(text)?.[0],
    `${where}: ${JSON.stringify(text.slice(Math.max(0, (control.exec(text)?.index ?? 0) - 40)).slice(0, 80))}`,
  ).toBeUndefined();
  expect(
    text
      .split("\n")
      .filter((line) =>
        /^(?:::error::owned|::stop-commands|::error file=main\.tf,line=1::owned|##\[error\])/.test(line),
      ),
    where,
  ).toEqual([]);
}

function expectValid(format: (typeof formats)[number], text: string): void {
  if (format === "json" || format === "gitlab") JSON.parse(text);
  if (format === "sarif") sarifLogSchema.parse(JSON.parse(text));
  if (format === "junit") readXml(text);
  if (format === "html") expect(text).not.toMatch(/<script>alert|<img src=x/);
  if (format === "md") expect(text).not.toMatch(/\]\(javascript:/);
}

describe.skipIf(noTerraform !== undefined)("a hostile configuration", () => {
  test("harms no terminal, log, annotation, report or folder", async () => {
    const project = await hostileProject();
    const runs: FaberRun[] = [];
    const run = async (args: readonly string[], env = {}): Promise<FaberRun> => {
      const ran = await faber([...args], { cwd: project.dir, env });
      runs.push(ran);
      return ran;
    };
    const reports = formats.flatMap((format) => ["--report", `${format}=out/${format}`]);
    const failed = await run(["deploy", "--env=test", "--yes", "--skip-tests", "--verbose", ...reports], {
      GITHUB_ACTIONS: "true",
      CI: "true",
    });
    expect(failed.code, failed.stderr).not.toBe(0);
    expect(failed.stderr).toContain("Refused");
    await project.write({
      "main.tf.json": (await project.read("main.tf.json")).replace(
        "(local.corpus) == 0",
        "(local.corpus) > 0",
      ),
    });
    expect((await run(["preview", "--env=test", "--verbose"])).code).toBe(0);
    expect((await run(["preview", "--env=test", "--json"])).code).toBe(0);
    expect(
      (await run(["deploy", "--env=test", "--yes", "--skip-tests", ...reports], { GITHUB_ACTIONS: "true" }))
        .code,
    ).toBe(0);
    // What failed was stored as text, and the log is a log still.
    const issues = await run(["issues", "list", "--json"]);
    expect(issues.code, issues.stderr).toBe(0);
    expect(JSON.stringify(issues.json())).toContain("DROP TABLE");
    for (const args of [
      ["issues", "list"],
      ["runs", "list", "--env=test"],
      ["cost", "--env=test"],
    ]) {
      const told = await run(args);
      expect(told.code, told.stderr).toBe(0);
    }
    expect((await run(["destroy", "--env=test", "--yes"])).code).toBe(0);
    runs.forEach((ran, index) => {
      expectHarmless(ran.stderr, `stderr ${index}`);
      expectHarmless(ran.stdout, `stdout ${index}`);
    });
    for (const format of formats) {
      const text = await project.read(`out/${format}`);
      expectHarmless(text.replaceAll("\r", ""), format);
      expectValid(format, text);
    }
    const files = [...(await project.files()).keys()];
    expect(files.filter((name) => name.includes("pwned"))).toEqual([]);
    const journals = files.filter((name) => name.endsWith("journal.ndjson"));
    for (const name of journals)
      for (const line of (await project.read(name)).trimEnd().split("\n")) JSON.parse(line);
    expect(journals.length).toBeGreaterThan(3);
  });

  test.each([
    ["an environment", ["preview", "--env=../../pwned"]],
    ["a report", ["report", "show", "../../faber.json", "--env=test"]],
    ["a run", ["runs", "show", "../../../faber.json", "--env=test"]],
  ])("cannot leave its folder by the name of %s", async (_what, args) => {
    const project = await hostileProject();
    const ran = await faber(args, { cwd: project.dir });
    expect(ran.code).toBe(64);
    expect([...(await project.files()).keys()].filter((name) => name.includes("pwned"))).toEqual([]);
  });
});

describe.skipIf(noTerraform !== undefined)("traces", () => {
  const settings =
    "project: shop\nenvironments: { test: { variables: { password: canary-7f3a9c41e0b7 } } }\n";

  test("go where OpenTelemetry's variables say, without secrets, and fail no run", async () => {
    const bodies: string[] = [];
    const keys: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      let text = "";
      request.setEncoding("utf8").on("data", (part: string) => (text += part));
      request.on("end", () => {
        bodies.push(`${request.url ?? ""} ${text}`);
        keys.push(request.headers.authorization);
        response.end("{}");
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    try {
      const project = await projectFrom("secrets", { "faber.yaml": settings });
      const args = ["deploy", "--env=test", "--yes", "--skip-tests"];
      const env = { OTEL_EXPORTER_OTLP_ENDPOINT: url };
      expect((await faber(args, { cwd: project.dir, env: { ...env, OTEL_SDK_DISABLED: "true" } })).code).toBe(
        0,
      );
      expect(bodies).toEqual([]);
      const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
      const sent = await faber(["destroy", "--env=test", "--yes", "--verbose"], {
        cwd: project.dir,
        env: {
          ...env,
          OTEL_EXPORTER_OTLP_HEADERS: "authorization=Bearer%20canary-0e0e47367f3a",
          TRACEPARENT: `00-${traceId}-00f067aa0ba902b7-01`,
        },
      });
      expect(sent.code, sent.stderr).toBe(0);
      expect(bodies).toHaveLength(1);
      expect(keys).toEqual(["Bearer canary-0e0e47367f3a"]);
      expect(bodies[0]).toContain(`"traceId":"${traceId}"`);
      expect(bodies[0]).toContain('"parentSpanId":"00f067aa0ba902b7"');
      for (const text of [bodies[0], sent.stderr, sent.stdout]) expect(text).not.toContain("canary");
      expect(bodies[0]).toMatch(/^\/v1\/traces .*"faber destroy".*terraform_data\.account/s);
      expect(bodies[0]).not.toContain("canary-7f3a9c41e0b7");
      const lost = await faber(["preview", "--env=test"], {
        cwd: project.dir,
        env: { OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:1" },
      });
      expect(lost.code, lost.stderr).toBe(0);
      expect(lost.stderr).toContain("no traces were sent");
    } finally {
      server.close();
    }
  });
});
