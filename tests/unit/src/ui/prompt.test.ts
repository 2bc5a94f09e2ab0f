import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it, vi } from "vitest";
import type { Question } from "../../../../src/core/host.ts";
import { createLiveHost } from "../../../../src/ui/live.ts";
import { answerOf, askOnTerminal } from "../../../../src/ui/prompt.ts";
import { planOf, change, screen, type Screen } from "./samples.ts";

const choice: Question = {
  id: "apply",
  text: "Apply plan 9c41e0b7f3a2 to test?",
  kind: "choice",
  choices: ["y", "n", "v"],
  defaultChoice: "n",
  unattended: { code: "approval-missing", exit: "not-approved", hints: ["--approve=DIGEST"] },
};

function ask(on: Screen, question = choice, signal?: AbortSignal): Promise<string> {
  const { stream, stdin, style, env, noInput } = on.setting;
  return askOnTerminal(question, {
    stdin,
    stderr: stream,
    style,
    env,
    noInput,
    ...(signal ? { signal } : {}),
  });
}
const drawn = (on: Screen, text = "(y/N/v)"): Promise<void> =>
  vi.waitFor(() => expect(on.text()).toContain(text));

describe("askOnTerminal", () => {
  it("takes what is typed after the question", async () => {
    const on = screen({ tty: true });
    const answer = ask(on);
    await drawn(on);
    on.stdin.write("y\r");
    expect(await answer).toBe("y");
  });

  it("lets nothing approve that was typed or pasted before", async () => {
    const on = screen({ tty: true });
    on.stdin.write("y\ry\r\ny");
    const answer = ask(on);
    // A paste goes on while faber gets ready to ask.
    for (const piece of ["y", "\r", "y\r"]) {
      await wait(15);
      expect(on.text()).toBe("");
      on.stdin.write(piece);
    }
    await drawn(on);
    expect(await Promise.race([answer, wait(100, "still asking")])).toBe("still asking");
    on.stdin.write("\r");
    expect(await answer).toBe("n");
  });

  it("asks again after something that is no choice", async () => {
    const on = screen({ tty: true });
    const answer = ask(on);
    await drawn(on);
    on.stdin.write("q\r");
    await drawn(on, "please answer y, n, v");
    on.stdin.write("\u007fyes\r");
    expect(await answer).toBe("y");
  });

  it("gives back a typed name as it is", async () => {
    const on = screen({ tty: true });
    const answer = ask(on, { ...choice, kind: "typed", text: "Type the environment's name:" });
    await drawn(on, "name:");
    on.stdin.write("prod \r");
    expect(await answer).toBe("prod");
  });

  it.each([
    ["Ctrl-C", "\u0003", { code: "interrupted", exitName: "interrupted" }],
    ["Ctrl-D", "\u0004", { code: "approval-missing", exitName: "not-approved" }],
  ])("ends on %s", async (_name, key, expected) => {
    const on = screen({ tty: true });
    const answer = ask(on);
    const rejected = expect(answer).rejects.toMatchObject(expected);
    await drawn(on);
    on.stdin.write(key);
    await rejected;
  });

  it("ends when the signal fires or the input ends", async () => {
    const controller = new AbortController();
    const first = screen({ tty: true });
    const aborted = expect(ask(first, choice, controller.signal)).rejects.toMatchObject({
      code: "interrupted",
    });
    await drawn(first);
    controller.abort();
    await aborted;
    const second = screen({ tty: true });
    const ended = expect(ask(second)).rejects.toMatchObject({ code: "approval-missing" });
    await drawn(second);
    second.stdin.end();
    await ended;
  });

  it("shows the plan on v and asks again, also when it was quiet before", async () => {
    const on = screen({ tty: true, verbosity: "quiet" });
    const host = createLiveHost(on.setting);
    const created = Array.from({ length: 40 }, (_, index) => change(`app_queue.q[${index}]`, "create"));
    host.emit({ type: "plan.shown", plan: planOf(created), risks: [] });
    expect(on.text()).toBe("");
    const answer = host.ask(choice);
    await drawn(on);
    expect(on.text()).toContain("40 to add");
    expect(on.text()).not.toContain("app_queue.q[39]");
    on.stdin.write("v\r");
    await drawn(on, "app_queue.q[39]");
    await vi.waitFor(() =>
      expect(on.text().lastIndexOf("(y/N/v)")).toBeGreaterThan(on.text().lastIndexOf("q[39]")),
    );
    on.stdin.write("y\r");
    expect(await answer).toBe("y");
  });
});

it.each([
  ["", "n"],
  ["Y", "y"],
  ["yes", "y"],
  ["no", "n"],
  ["yep", ""],
  ["yy", ""],
])("understands %j as %j", (typed, answer) => expect(answerOf(choice, typed)).toBe(answer));
