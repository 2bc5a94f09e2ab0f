import { spawn } from "node:child_process";
import fs, { appendFileSync, existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { followLines } from "../../../../src/process/follow-lines.ts";
import { runUnharmed, type UnharmedOptions } from "../../../../src/process/run-unharmed.ts";
import { startDaemon } from "../../../../src/process/start-daemon.ts";
import { repository } from "../../../helpers/sources.ts";
import { scratchFolder } from "../../../helpers/tool-surroundings.ts";
import { textOnceThere, until, untilGone } from "../../../helpers/waiting.ts";

const env = { PATH: "/usr/local/bin:/usr/bin:/bin" };

function optionsIn(dir: string, more: Partial<UnharmedOptions> = {}): UnharmedOptions {
  return {
    cwd: dir,
    env,
    signal: new AbortController().signal,
    stdoutFile: join(dir, "out"),
    stderrFile: join(dir, "err"),
    ...more,
  };
}

/** A Node program in a file, for what a shell does not do alike everywhere. */
function program(dir: string, name: string, text: string): readonly [string, string] {
  const file = join(dir, `${name}.mjs`);
  writeFileSync(file, text);
  return [process.execPath, file];
}

describe("a tool that must not be torn out of its work", () => {
  test("has a process group of its own, so that a terminal's Ctrl-C passes it by", async () => {
    const dir = await scratchFolder();
    await runUnharmed(["sh", "-c", "ps -o pid= -o pgid= -p $$"], optionsIn(dir));
    const [pid, group] = readFileSync(join(dir, "out"), "utf8").trim().split(/\s+/);
    expect(group).toBe(pid);
  });

  test("is not begun at all when the run was stopped before", async () => {
    const dir = await scratchFolder();
    const end = await runUnharmed(
      ["touch", join(dir, "begun")],
      optionsIn(dir, { signal: AbortSignal.abort("SIGINT") }),
    );
    expect(end).toEqual({ ended: { how: "interrupted" }, interrupted: true, stderr: "" });
    expect(existsSync(join(dir, "begun"))).toBe(false);
  });

  test("goes on and finishes when faber itself is killed", async () => {
    const dir = await scratchFolder();
    const worker = program(
      dir,
      "worker",
      `import { existsSync, appendFileSync } from "node:fs";
       appendFileSync("pid", String(process.pid));
       const timer = setInterval(() => {
         // Written again and again, so that a broken pipe would kill it.
         console.log("x".repeat(70_000));
         console.error("y");
         if (!existsSync("orphaned")) return;
         clearInterval(timer);
         appendFileSync("finished", "yes");
       }, 20);`,
    );
    const source = join(repository, "src/process/run-unharmed.ts");
    const parent = program(
      dir,
      "parent",
      `import { runUnharmed } from ${JSON.stringify(source)};
       await runUnharmed(${JSON.stringify(worker)}, {
         cwd: ${JSON.stringify(dir)}, env: {}, signal: new AbortController().signal,
         stdoutFile: ${JSON.stringify(join(dir, "out"))}, stderrFile: ${JSON.stringify(join(dir, "err"))}, onLine: () => undefined,
       });`,
    );
    const faber = spawn(process.execPath, ["--import", "tsx", parent[1]], {
      cwd: repository,
      env: { ...env, TMPDIR: dir },
      stdio: ["ignore", "ignore", "inherit"],
      detached: false,
    });
    onTestFinished(() => void faber.kill("SIGKILL"));
    const pid = Number(await textOnceThere(join(dir, "pid")));
    faber.kill("SIGKILL");
    await until(() => faber.signalCode !== null, "the death of the parent");
    writeFileSync(join(dir, "orphaned"), "");
    expect(await textOnceThere(join(dir, "finished"))).toBe("yes");
    await untilGone(pid);
  });

  test("that is not there is an answer", async () => {
    const dir = await scratchFolder();
    const end = await runUnharmed(["no-such-program-of-faber"], optionsIn(dir, { onLine: () => undefined }));
    expect(end.ended.how).toBe("not-started");
    expect(end.interrupted).toBe(false);
  });

  test("inherits nothing, tells its process ID, and its streams are private", async () => {
    const dir = await scratchFolder();
    let pid = 0;
    const options = optionsIn(dir, { env: { ...env, ONLY: "this" }, onStart: (started) => (pid = started) });
    const end = await runUnharmed(["sh", "-c", "env; echo $$ >&2; exit 4"], options);
    expect(end.ended).toEqual({ how: "exited", code: 4 });
    expect(end.stderr).toBe(`${pid}\n`);
    expect(readFileSync(join(dir, "out"), "utf8")).not.toContain("HOME=");
    expect(statSync(join(dir, "out")).mode & 0o777).toBe(0o600);
    expect(statSync(join(dir, "err")).mode & 0o777).toBe(0o600);
  });
});

describe("the lines of a tool", () => {
  test("are all followed, 100,000 of them, the last without an end of line", async () => {
    const dir = await scratchFolder();
    const count = 100_000;
    const lines: string[] = [];
    const options = optionsIn(dir, { onLine: (line) => lines.push(line) });
    await runUnharmed(["sh", "-c", `seq 1 ${count}; printf last`], options);
    expect(lines).toHaveLength(count + 1);
    expect(lines[0]).toBe("1");
    expect(lines[count - 1]).toBe(String(count));
    expect(lines[count]).toBe("last");
  });

  test("arrive while it runs", async () => {
    const dir = await scratchFolder();
    const lines: string[] = [];
    const script = `echo first; while [ ! -e ${dir}/go ]; do sleep 0.02; done; echo second`;
    const running = runUnharmed(["sh", "-c", script], optionsIn(dir, { onLine: (line) => lines.push(line) }));
    await until(() => lines.length === 1, "the first line");
    writeFileSync(join(dir, "go"), "");
    await running;
    expect(lines).toEqual(["first", "second"]);
  });

  test("keep their characters when one is written in pieces", async () => {
    const dir = await scratchFolder();
    const file = join(dir, "lines");
    writeFileSync(file, "");
    const lines: string[] = [];
    let end = (): void => undefined;
    const ended = new Promise<void>((resolve) => (end = resolve));
    const following = followLines(file, ended, (line) => lines.push(line));
    const bytes = Buffer.from("grün €\n😀 ok\n");
    for (const byte of bytes) {
      appendFileSync(file, Buffer.of(byte));
      await new Promise((resolve) => setImmediate(resolve));
    }
    end();
    await following;
    expect(lines).toEqual(["grün €", "😀 ok"]);
  });

  test("keep their characters where a chunk ends in the middle of one", async () => {
    const dir = await scratchFolder();
    const file = join(dir, "lines");
    const line = `a${"€".repeat(400_000)}`;
    writeFileSync(file, `${line}\n\nb`);
    const lines: string[] = [];
    await followLines(file, Promise.resolve(), (text) => lines.push(text));
    expect(lines).toEqual([line, "", "b"]);
  });

  test("are followed by looking, where the system has no watcher left to give", async () => {
    const real = fs.watch;
    const none = (): never => {
      throw Object.assign(new Error("System limit for number of file watchers reached"), { code: "ENOSPC" });
    };
    Object.assign(fs, { watch: none });
    syncBuiltinESMExports();
    onTestFinished(() => {
      Object.assign(fs, { watch: real });
      syncBuiltinESMExports();
    });
    expect(() => fs.watch("/")).toThrow(/watchers/);
    const dir = await scratchFolder();
    const lines: string[] = [];
    await runUnharmed(["sh", "-c", "echo a; echo b"], optionsIn(dir, { onLine: (line) => lines.push(line) }));
    expect(lines).toEqual(["a", "b"]);
  });
});

describe("a daemon", () => {
  test("writes to its log, and tells how it ended", async () => {
    const dir = await scratchFolder();
    const logFile = join(dir, "log");
    const daemon = startDaemon(["sh", "-c", "echo out; echo err >&2; exit 5"], { cwd: dir, env, logFile });
    expect(await daemon.ended).toEqual({ how: "exited", code: 5 });
    expect(readFileSync(logFile, "utf8")).toBe("out\nerr\n");
    expect(statSync(logFile).mode & 0o777).toBe(0o600);
  });

  test("that cannot be started says so and has no process ID", async () => {
    const dir = await scratchFolder();
    const daemon = startDaemon(["no-such-program-of-faber"], { cwd: dir, env, logFile: join(dir, "log") });
    expect(daemon.pid).toBeUndefined();
    expect((await daemon.ended).how).toBe("not-started");
  });
});
