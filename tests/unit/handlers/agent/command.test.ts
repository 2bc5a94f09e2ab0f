import { tmpdir } from "node:os";
import { describe, expect, test } from "vitest";
import { agentCommand } from "../../../../handlers/agent/command.ts";
import type { Diagnosis } from "../../../../src/core/diagnosis.ts";
import { withAdvice } from "../../../../src/debugger/agent.ts";

const diagnosis = {
  issue_id: "abc",
  message: "odd",
  status: "novel_error",
  solutions: [],
} as unknown as Diagnosis;
const ask = (script: string, timeoutMs = 10_000) =>
  agentCommand({
    command: [process.execPath, "-e", script],
    timeoutMs,
    cwd: tmpdir(),
    env: { PATH: process.env["PATH"] ?? "" },
    signal: new AbortController().signal,
    redact: (text) => text.replaceAll("hunter2", "(redacted)"),
  })(diagnosis);
const says = (answer: unknown): string => `process.stdout.write(${JSON.stringify(JSON.stringify(answer))})`;

describe("an agent of the user's own", () => {
  test("gets the diagnosis and proposes what is shown as unproven, cleaned and redacted", async () => {
    const script = `let t="";process.stdin.on("data",(c)=>t+=c).on("end",()=>{const d=JSON.parse(t);process.stdout.write(JSON.stringify({steps:["look at "+d.issue_id,"\\u001b]8;;http://x\\u0007hunter2"],patch:"- a\\n+ b",note:"try this"}))})`;
    const answer = await ask(script);
    expect(answer).toMatchObject({ kind: "advice", advice: { note: "try this", patch: "- a\n+ b" } });
    if (answer.kind !== "advice") return;
    expect(answer.advice.steps[0]).toBe("look at abc");
    expect(answer.advice.steps[1]).toContain("(redacted)");
    expect(answer.advice.steps[1]).not.toContain("\u001b");
    const [solution] = withAdvice(diagnosis, answer.advice).solutions;
    expect(solution).toMatchObject({
      match: "agent",
      confidence: "low",
      description: "try this",
      automation: { automated: false },
    });
  });

  test.each([
    ["writes nothing", "", "wrote nothing"],
    ["writes no JSON", "console.log('hello')", "no such JSON"],
    ["writes another shape", says({ steps: "rm -rf /" }), "steps is wrong"],
    ["adds what nobody asked for", says({ steps: ["a"], run: ["rm"] }), "no such JSON object"],
    ["proposes nothing", says({ steps: [] }), "proposes nothing"],
    ["writes too much", "process.stdout.write('x'.repeat(100000))", "more than 64 KiB"],
    ["never stops writing", "const w=()=>process.stdout.write('x'.repeat(65536),w);w()", "more than 64 KiB"],
    [
      "never stops complaining",
      "const w=()=>process.stderr.write('x'.repeat(65536),w);w()",
      "more than 64 KiB",
    ],
    ["fails", "process.exit(3)", "exit code 3"],
  ])("that %s is told about and no more", async (_what, script, why) => {
    expect(await ask(script)).toEqual({ kind: "nothing", why: expect.stringContaining(why) });
  });

  test("that hangs is ended", async () => {
    expect(await ask("setInterval(()=>0,1000)", 300)).toEqual({ kind: "nothing", why: "ran out of time" });
  });
});
