import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { isAlive } from "../../../../src/process/group.ts";
import { describeEnd, run, succeeded, type Ended } from "../../../../src/process/run.ts";
import { runUserCommandLine } from "../../../../src/process/user-command.ts";
import { scratchFolder, writeProgram } from "../../../helpers/tool-surroundings.ts";
import { textOnceThere, untilGone } from "../../../helpers/waiting.ts";

const env = { PATH: "/usr/local/bin:/usr/bin:/bin" };

describe("a program that runs to its end", () => {
  test("its two streams stay apart, and nothing of them is trimmed", async () => {
    const ran = await run(["sh", "-c", "echo out; echo err >&2; printf '  tail '"], { env });
    expect(ran).toEqual({ ended: { how: "exited", code: 0 }, stdout: "out\n  tail ", stderr: "err\n" });
    expect(succeeded(ran)).toBe(true);
  });

  test("its exit code is an answer, not an exception", async () => {
    const ran = await run(["sh", "-c", "exit 3"], { env });
    expect(ran.ended).toEqual({ how: "exited", code: 3 });
    expect(succeeded(ran)).toBe(false);
  });

  test("its environment is the one that was given, whole", async () => {
    process.env["FABER_TEST_INHERITED"] = "yes";
    const ran = await run(["/usr/bin/env"], { env: { ONLY: "this" } });
    delete process.env["FABER_TEST_INHERITED"];
    expect(ran.stdout).toBe("ONLY=this\n");
  });

  test("arguments are not read by a shell", async () => {
    const ran = await run(["printf", "%s|", "a b", "$HOME", "`id`", "*", ""], { env });
    expect(ran.stdout).toBe("a b|$HOME|`id`|*||");
  });

  test("input reaches it, and without any its stdin is empty", async () => {
    expect((await run(["cat"], { env, input: "zeile ä\n" })).stdout).toBe("zeile ä\n");
    expect((await run(["cat"], { env })).stdout).toBe("");
  });

  test("input that comes later reaches it, and its time begins with it", async () => {
    let give: (text: string) => void = () => undefined;
    const late = new Promise<string>((resolve) => {
      give = resolve;
    });
    const waiting = run(["sh", "-c", "cat; sleep 30"], { env, input: late, timeoutMs: 100 });
    const quick = run(["cat"], { env, input: late, timeoutMs: 20_000 });
    const gone = run(["true"], { env, input: late });
    expect((await gone).ended).toEqual({ how: "exited", code: 0 });
    give("late\n");
    expect(await quick).toMatchObject({ ended: { how: "exited", code: 0 }, stdout: "late\n" });
    expect(await waiting).toMatchObject({ ended: { how: "timed-out" }, stdout: "late\n" });
    expect((await run(["cat"], { env, input: Promise.reject(new Error("none")) })).stdout).toBe("");
  });

  test("a program that does not read its input is no error", async () => {
    const ran = await run(["true"], { env, input: "x".repeat(1_000_000) });
    expect(ran.ended).toEqual({ how: "exited", code: 0 });
  });

  test("it runs where it is told to", async () => {
    const dir = await scratchFolder();
    expect((await run(["pwd"], { env, cwd: dir })).stdout.trim()).toContain(dir);
  });
});

describe("a program that does not run to its end", () => {
  test("one that is not there is an answer too", async () => {
    const ran = await run(["no-such-program-of-faber"], { env });
    expect(ran.ended.how).toBe("not-started");
    expect(describeEnd(ran.ended)).toMatch(/^could not be started: .*no-such-program-of-faber.*ENOENT/);
  });

  test("so is a folder that is not there", async () => {
    expect((await run(["true"], { env, cwd: "/no/such/folder" })).ended.how).toBe("not-started");
  });

  test("one that is killed from outside says by what", async () => {
    const ran = await run(["sh", "-c", "kill -KILL $$"], { env });
    expect(ran.ended).toEqual({ how: "killed", signal: "SIGKILL" });
  });

  test("nothing is started once it was interrupted", async () => {
    const dir = await scratchFolder();
    const ran = await run(["touch", join(dir, "begun")], { env, signal: AbortSignal.abort("SIGINT") });
    expect(ran).toEqual({ ended: { how: "interrupted" }, stdout: "", stderr: "" });
    expect(existsSync(join(dir, "begun"))).toBe(false);
  });

  test("an interrupt ends it, and what it had printed is kept", async () => {
    const dir = await scratchFolder();
    const controller = new AbortController();
    const script = `echo begun; echo $$ > ${dir}/pid; exec sleep 60`;
    const running = run(["sh", "-c", script], { env, signal: controller.signal });
    const pid = Number(await textOnceThere(join(dir, "pid")));
    controller.abort("SIGINT");
    expect(await running).toEqual({ ended: { how: "interrupted" }, stdout: "begun\n", stderr: "" });
    await untilGone(pid);
  });

  test("a child that goes at once takes its deaf grandchild with it", async () => {
    const dir = await scratchFolder();
    const grandchild = await writeProgram(
      join(dir, "grandchild"),
      `trap '' TERM\necho $$ > ${dir}/pid\nwhile :; do sleep 1; done`,
    );
    const controller = new AbortController();
    const script = `${grandchild} > /dev/null 2>&1 < /dev/null &\nexec sleep 60`;
    const running = run(["sh", "-c", script], { env, signal: controller.signal });
    const pid = Number(await textOnceThere(join(dir, "pid")));
    expect(isAlive(pid)).toBe(true);
    controller.abort("SIGINT");
    expect((await running).ended).toEqual({ how: "interrupted" });
    await untilGone(pid);
  });
});

test("a command line of the user's is a shell's, and gets nothing of ours", async () => {
  const ran = await runUserCommandLine('echo "$GREETING" | tr a-z A-Z; echo $#', {
    env: { ...env, GREETING: "hello" },
  });
  expect(ran.stdout).toBe("HELLO\n0\n");
});

test.each<[Ended, string]>([
  [{ how: "exited", code: 2 }, "exit code 2"],
  [{ how: "killed", signal: "SIGSEGV" }, "killed by SIGSEGV"],
  [{ how: "timed-out" }, "ran out of time"],
  [{ how: "interrupted" }, "interrupted"],
])("an end in words", (ended, words) => {
  expect(describeEnd(ended)).toBe(words);
});
