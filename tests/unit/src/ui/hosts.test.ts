import { describe, expect, it } from "vitest";
import type { FaberEvent } from "../../../../src/core/event.ts";
import type { Host } from "../../../../src/core/host.ts";
import { createLiveHost } from "../../../../src/ui/live.ts";
import { createPlainHost } from "../../../../src/ui/plain.ts";
import type { TerminalSetting } from "../../../../src/ui/terminal.ts";
import {
  attribute,
  change,
  identityKnown,
  planOf,
  reportOf,
  runStarted,
  screen,
  stageResult,
  testResult,
} from "./samples.ts";

const applyStarted: FaberEvent = { type: "apply.started", total: 3, pid: 1, digest: "d" };
const resource = (type: "started" | "ended" | "failed", address: string): FaberEvent => ({
  type: `resource.${type}`,
  address,
  action: "create",
  elapsed_s: 0,
});
const ended = (more = {}): FaberEvent => ({ type: "stage.ended", result: stageResult("deploy", more) });
const tell = (host: Host, ...events: readonly FaberEvent[]): void => events.forEach(host.emit);
const diagnostic = {
  severity: "error",
  summary: "it broke",
  detail: "100% sure,\nreally: yes",
  at: { file: "a,b:c.tf", line: 3 },
} as const;

describe("the plain host", () => {
  it("reads as a log, with a sign of life every 30 s", () => {
    const { setting, pass, text, ticking } = screen();
    const host = createPlainHost(setting);
    tell(host, runStarted, identityKnown, { type: "stage.started", stage: "deploy" }, applyStarted);
    tell(host, resource("started", "app_a.a"), resource("started", "app_b.b"), resource("ended", "app_a.a"));
    pass(75_000);
    tell(host, ended(), { type: "run.ended", report: reportOf() });
    expect(`\n${text()}`).toMatchInlineSnapshot(`
      "
      faber 0.1.0 · orders · test · account 000000000000 (emulator) · us-east-1
      run 7f3a

      · deploy        started
      · deploy        1 of 3 · app_b.b 30 s (30 s)
      · deploy        1 of 3 · app_b.b 1 min 0 s (1 min 0 s)
      ✓ deploy        all well                                                  2.1 s

      PASS  orders test is deployed and verified in 1 min 12 s
        report   .faber/test-reports/test/1-post-deployment.json
        next     faber status --env=test · faber destroy --env=test
      "
    `);
    expect(ticking()).toBe(0);
    // oxlint-disable-next-line no-control-regex -- control characters are what this is about
    expect(text()).not.toMatch(/[\u001b\r]/);
  });

  it("groups and annotates in GitHub Actions, within its limits, and lets no tool give commands", () => {
    const { setting, text } = screen({ env: { GITHUB_ACTIONS: "true" }, verbosity: "verbose" });
    const host = createPlainHost(setting);
    const many = Array.from({ length: 30 }, (_, index) => ({ ...diagnostic, summary: `problem ${index}` }));
    tell(host, { type: "stage.started", stage: "deploy" }, { type: "diagnostic", diagnostic });
    tell(host, { type: "tool.line", tool: "t", text: "x ##[error]no" });
    host.print(["::stop-commands::x"]);
    tell(host, ended({ status: "FAIL", diagnostics: [diagnostic, ...many] }));
    const lines = text().split("\n");
    expect(lines.filter((line) => line.startsWith("::error"))).toHaveLength(10);
    expect(lines).toContain("::error file=a%2Cb%3Ac.tf,line=3,title=it broke::100%25 sure,%0Areally: yes");
    expect(lines[0]).toBe("::group::deploy");
    expect(lines).toContain("::endgroup::");
    expect(text()).not.toContain("##[");
    expect(lines.filter((line) => line.startsWith("::stop"))).toEqual([]);
  });

  it("says little when quiet, and all when verbose", () => {
    const events: readonly FaberEvent[] = [
      runStarted,
      { type: "stage.started", stage: "deploy" },
      { type: "tool.line", tool: "t", text: "tool says" },
      { type: "notice", level: "info", code: "c", text: "by the way" },
      ended({ tests: [testResult("passing")] }),
      { type: "stage.started", stage: "post-tests" },
      {
        type: "stage.ended",
        result: stageResult("post-tests", { status: "FAIL", headline: "two are missing" }),
      },
      { type: "run.ended", report: reportOf() },
    ];
    const shown = (verbosity: TerminalSetting["verbosity"]): string => {
      const { setting, text } = screen({ verbosity });
      tell(createPlainHost(setting), ...events);
      return text();
    };
    expect(shown("quiet")).not.toMatch(/tool says|by the way|deploy {2,}|started/);
    expect(shown("quiet")).toMatch(/two are missing/);
    expect(shown("quiet")).toMatch(/PASS {2}orders test/);
    expect(shown("normal")).not.toMatch(/tool says|passing/);
    expect(shown("verbose")).toMatch(/tool says[^]*passing/);
  });

  it("refuses to ask where nobody is", async () => {
    const { setting } = screen();
    const unattended = { code: "no-approval", exit: "not-approved", hints: ["--approve=DIGEST"] } as const;
    const question = {
      id: "q",
      text: "Apply?",
      kind: "choice",
      choices: ["y", "n"],
      defaultChoice: "n",
      unattended,
    } as const;
    await expect(createPlainHost(setting).ask(question)).rejects.toMatchObject({ code: "no-approval" });
    for (const more of [{ env: { CI: "true" } }, { noInput: true }])
      await expect(
        createLiveHost(screen({ tty: true, ...more }).setting).ask(question),
      ).rejects.toMatchObject({
        exitName: "not-approved",
      });
  });
});

describe("the live host", () => {
  it("moves one line of its own, at most ten times a second, and leaves nothing behind", () => {
    const { setting, pass, writes, text, ticking } = screen({ tty: true });
    const host = createLiveHost(setting);
    tell(host, { type: "stage.started", stage: "deploy" }, applyStarted, resource("started", "app_a.a"));
    const before = writes.length;
    pass(1000);
    expect(writes.length - before).toBeGreaterThanOrEqual(4);
    expect(writes.length - before).toBeLessThanOrEqual(10);
    expect(writes.at(-1)).toContain("0 of 3 · app_a.a 1 s");
    tell(host, ended());
    expect(ticking()).toBe(0);
    expect(text()).not.toContain("\u001b[?25l");
    expect(finalScreen(text())).toEqual([
      "✓ deploy        all well                                                  2.1 s",
      "",
    ]);
  });

  it("clears what a narrowed terminal wrapped", () => {
    const { setting, pass, writes } = screen({ tty: true, columns: 80 });
    const host = createLiveHost(setting);
    tell(host, { type: "stage.started", stage: "deploy" });
    pass(130);
    Object.assign(setting.stream, { columns: 30 });
    pass(125);
    expect(writes.at(-1)).toContain("\r\u001b[2A\u001b[J");
    host.close();
    host.close();
    expect(writes.at(-1)?.endsWith("\u001b[K")).toBe(true);
  });

  it("stays alive when nobody reads any more", async () => {
    const broken = Object.assign(new Error("write EPIPE"), { code: "EPIPE" });
    const { setting, writes, pass } = screen({ tty: true, fail: broken });
    const host = createLiveHost(setting);
    tell(host, runStarted, identityKnown, { type: "stage.started", stage: "deploy" });
    await new Promise((resolve) => setImmediate(resolve));
    pass(1000);
    tell(host, ended(), { type: "run.ended", report: reportOf() });
    expect(writes).toHaveLength(1);
  });

  it("tells a diagnostic once, beneath its stage", () => {
    const { setting, text } = screen({ tty: true });
    tell(
      createLiveHost(setting),
      { type: "stage.started", stage: "deploy" },
      { type: "diagnostic", diagnostic },
    );
    expect(text()).toBe("");
    const host = createLiveHost(setting);
    tell(host, { type: "stage.started", stage: "deploy" }, { type: "diagnostic", diagnostic });
    tell(host, ended({ status: "FAIL", diagnostics: [diagnostic] }));
    expect(text().match(/it broke/g)).toHaveLength(1);
    expect(text().indexOf("✗ deploy")).toBeLessThan(text().indexOf("it broke"));
  });

  it("shows no secret, not even half of one that is cut", () => {
    const { setting, text, pass } = screen({ tty: true, verbosity: "verbose" });
    const secret = `topsecret-${"0123456789".repeat(12)}`;
    setting.redactor.learn(secret);
    const host = createLiveHost(setting);
    tell(
      host,
      { type: "stage.started", stage: "deploy" },
      { type: "stage.progress", stage: "deploy", text: secret },
    );
    tell(
      host,
      { type: "tool.line", tool: "t", text: secret },
      { type: "notice", level: "warning", code: "c", text: secret },
    );
    const plan = planOf([
      change("app_a.a", "update", [attribute("x", { before: `a${secret}`, after: `b\n${secret}` })]),
    ]);
    tell(host, { type: "plan.shown", plan, risks: [secret] });
    pass(500);
    tell(host, ended({ headline: secret }));
    expect(text()).not.toContain("topsecret");
    expect(text()).toContain("(redacted)");
  });
});

/** What a terminal shows at the end: only returns and clears to the end of the line are understood. */
function finalScreen(text: string): string[] {
  return text.split("\n").map((line) => line.split("\r\u001b[K").at(-1) ?? "");
}
