import { describe, expect, test } from "vitest";
import { arrayAt, objectAt, stringAt } from "../../src/core/json.ts";
import { deploy, deployAtTerminal, flat, settings, solutionsIn, statisticsOf } from "../helpers/fixing.ts";
import { serveState } from "../helpers/state-server.ts";
import { faber } from "../helpers/faber.ts";
import { faultProxy } from "../helpers/fault-proxy.ts";
import { projectFrom } from "../helpers/project.ts";
import { keys, noTerminal } from "../helpers/terminal.ts";
import { noTerraform } from "../helpers/terraform.ts";

if (noTerraform !== undefined) console.warn(`skipped: an agent of the user's own: ${noTerraform}`);

const token = `ghp_${"a1B2".repeat(9)}`;

/** A backend that fails as nobody has met it, until it is mended. */
async function oddBackend(): Promise<{ readonly settings: string; readonly mend: () => void }> {
  const server = await serveState();
  let odd = true;
  const proxy = await faultProxy(new URL(server.url).origin, (_nth, { method }) =>
    odd && method === "GET" ? { status: 418, code: "Teapot", message: "short and stout" } : undefined,
  );
  const url = `${proxy.url}/state`;
  return {
    settings: `{ address: "${url}", lock_address: "${url}", unlock_address: "${url}", retry_max: 0 }`,
    mend: () => {
      odd = false;
    },
  };
}

/** Keeps what it is given, and answers in words and colours of its own. */
const advisor = `
import { writeFileSync } from "node:fs";
let input = "";
for await (const chunk of process.stdin) input += chunk;
writeFileSync("asked.json", input);
writeFileSync("surroundings.json", JSON.stringify(process.env));
const { message } = JSON.parse(input);
process.stdout.write(JSON.stringify({
  note: "Descale the pot\\u001b[2J",
  steps: ["descale it, since: " + message, "\\u001b]0;owned\\u0007use ${token}"],
  patch: "- limescale\\n+ water",
}));
`;

describe.skipIf(noTerraform !== undefined)("an agent of the user's own", () => {
  const shop = async (agent: string, timeout = 30) => {
    const { settings: backend, mend } = await oddBackend();
    const project = await projectFrom("words", {
      "faber.yaml": `${settings(`backend: ${backend}`)}debugger:\n  agent: { command: [node, agent.mjs], timeout: ${timeout} }\n`,
      "backend.tf": 'terraform {\n  backend "http" {}\n}\n',
      "agent.mjs": agent,
    });
    return { project, mend };
  };

  test("is given the redacted diagnosis; what it says is shown as unproven, and remembered when it was done", async () => {
    const { project, mend } = await shop(advisor);
    const run = await faber(["deploy", "--env=test", "--skip-tests", "--yes", "--json"], {
      cwd: project.dir,
      env: { AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMIexample", AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE" },
    });
    expect(run.code, run.stderr).not.toBe(0);
    const asked = objectAt(JSON.parse(await project.read("asked.json")));
    expect(asked).toMatchObject({
      schema_version: "faber.diagnosis/1",
      status: "novel_error",
      message: expect.stringContaining("418"),
    });
    expect(Object.keys(objectAt(JSON.parse(await project.read("surroundings.json"))))).not.toContain(
      "AWS_SECRET_ACCESS_KEY",
    );
    expect(solutionsIn(run)).toMatchObject([
      {
        match: "agent",
        confidence: "low",
        automation: { automated: false },
        // What would move a terminal is spelt out.
        description: "Descale the pot\\u{1b}[2J",
      },
    ]);
    expect(flat(run)).toContain("from the agent that faber.yaml names; unproven");
    expect(flat(run)).toContain("Look at this change: - limescale + water");
    expect(run.stderr + run.stdout).not.toContain("\u001b");
    expect(run.stderr + run.stdout).not.toContain(token);

    if (noTerminal !== undefined) return;
    const terminal = deployAtTerminal(project);
    await terminal.expectText("Descale the pot");
    await terminal.expectText("Run the failed stage again");
    mend();
    terminal.type(`y${keys.enter}`);
    await terminal.expectText("What solved it");
    terminal.type(`1${keys.enter}`);
    expect(await terminal.ended, terminal.screen()).toBe(0);
    expect(await statisticsOf(project)).toMatchObject({ total_resolutions: 1, automation_rate: 0 });
    const debug = await faber(["debug", `--error=Error: ${stringAt(asked["message"]) ?? "?"}`, "--json"], {
      cwd: project.dir,
    });
    const [known] = arrayAt(debug.json()["solutions"]).map(objectAt);
    expect(known).toMatchObject({
      description: expect.stringMatching(/^Descale the pot/),
      match: expect.stringMatching(/issue$/),
      success_rate: { successes: 1 },
    });
  });

  test.each([
    ["talks nonsense", "console.log('have you tried\\u001b[31m turning it off')", "no such JSON object"],
    ["talks without end", "for (;;) process.stdout.write('x'.repeat(65536))", "wrote more than 64 KiB"],
    ["never answers", "setInterval(() => 0, 1000)", "ran out of time"],
    ["dies", "process.exit(7)", "exit code 7"],
  ])("that %s is told about, and the diagnosis stands without it", async (_what, agent, reason) => {
    const { project } = await shop(agent, 2);
    const run = await deploy(project);
    expect(run.code, run.stderr).not.toBe(0);
    expect(run.json()["diagnoses"]).toMatchObject([
      { status: "novel_error", agent_said_nothing_because: expect.stringContaining(reason), solutions: [] },
    ]);
    expect(flat(run)).toContain("the agent was asked in vain");
    expect(run.stderr + run.stdout).not.toContain("\u001b");
  });
});
