import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { lockEnvironment, type EnvironmentLock } from "../../../../src/workdir/environment-lock.ts";
import { processStart } from "../../../../src/workdir/process-start.ts";
import { repository } from "../../../helpers/sources.ts";
import { scratchFolder } from "../../../helpers/tool-surroundings.ts";
import { until } from "../../../helpers/waiting.ts";

const since = "2026-11-21T09:36:40.000Z";

function take(
  stateDir: string,
  more: { pid?: number; runId?: string; environment?: string } = {},
): Promise<EnvironmentLock> {
  const { pid = process.pid, runId = "run-1", environment = "test" } = more;
  return lockEnvironment({ stateDir, environment, runId, command: "deploy", pid, since });
}

/** A process that does nothing, and is gone when the test has ended. */
async function sleeper(): Promise<number> {
  const child = spawn("sleep", ["60"], { stdio: "ignore" });
  onTestFinished(() => void child.kill("SIGKILL"));
  await until(() => child.pid !== undefined, "a process ID");
  return child.pid ?? 0;
}

/** The process ID of a process that has ended and been reaped. */
async function deadPid(): Promise<number> {
  const child = spawn("true", { stdio: "ignore" });
  await new Promise((resolve) => child.once("exit", resolve));
  return child.pid ?? 0;
}

async function plant(stateDir: string, name: string, text: string): Promise<void> {
  await mkdir(join(stateDir, "locks"), { recursive: true });
  writeFileSync(join(stateDir, "locks", name), text);
}

function holder(more: Record<string, unknown>): string {
  const whole = { token: "old", run_id: "run-0", command: "destroy", started: "", host: hostname(), since };
  return JSON.stringify({ ...whole, ...more });
}

describe("the lock of an environment", () => {
  test("keeps everybody else out and names its holder, until it is given back", async () => {
    const dir = await scratchFolder();
    const lock = await take(dir, { runId: "run-1" });
    await expect(take(dir, { runId: "run-2" })).rejects.toMatchObject({
      code: "environment-locked",
      exit: { code: 7 },
      message: `environment test is in use: faber deploy, run run-1, process ${process.pid} on ${hostname()}, since ${since}`,
    });
    await lock.release();
    await (await take(dir, { runId: "run-2" })).release();
    expect(readdirSync(join(dir, "locks"))).toEqual([]);
  });

  test("is one for each environment", async () => {
    const dir = await scratchFolder();
    const locks = await Promise.all([take(dir, { environment: "test" }), take(dir, { environment: "prod" })]);
    await Promise.all(locks.map((lock) => lock.release()));
  });

  test("of a dead process is taken over", async () => {
    const dir = await scratchFolder();
    await take(dir, { pid: await deadPid() });
    const lock = await take(dir);
    await lock.release();
    expect(readdirSync(join(dir, "locks"))).toEqual([]);
  });

  test("of a live process is respected", async () => {
    const dir = await scratchFolder();
    const pid = await sleeper();
    await take(dir, { pid });
    await expect(take(dir)).rejects.toThrow(`process ${pid} on`);
  });

  test("is not kept by another process that got the same ID later", async () => {
    const dir = await scratchFolder();
    await plant(dir, "test.lock", holder({ pid: process.pid, started: "1" }));
    expect(await processStart(process.pid)).not.toBe("1");
    await (await take(dir)).release();
  });

  test("of another machine is respected, whatever its processes are called here", async () => {
    const dir = await scratchFolder();
    await plant(dir, "test.lock", holder({ pid: await deadPid(), host: "elsewhere.example" }));
    await expect(take(dir)).rejects.toThrow("on elsewhere.example");
  });

  test.each(["", "{", "null", '{"pid":1,"token":"t"}', '{"pid":1,"token":"../x","started":"","host":"h"}'])(
    "that is damaged (%s) holds nobody up",
    async (text) => {
      const dir = await scratchFolder();
      await plant(dir, "test.lock", text);
      const lock = await take(dir);
      await expect(take(dir)).rejects.toMatchObject({ code: "environment-locked" });
      await lock.release();
      expect(readdirSync(join(dir, "locks"))).toEqual([]);
    },
  );

  test("whose clearing was cut short by a death is cleared all the same", async () => {
    const dir = await scratchFolder();
    const pid = await deadPid();
    await plant(dir, "test.lock", holder({ pid, token: "old" }));
    await plant(dir, "old.claim", holder({ pid, token: "clearer" }));
    await plant(dir, "clearer.claim", holder({ pid, token: "clearer-of-the-clearer" }));
    await (await take(dir)).release();
    expect(readdirSync(join(dir, "locks"))).toEqual([]);
  });

  test("given back late does not take away its successor's", async () => {
    const dir = await scratchFolder();
    const first = await take(dir);
    writeFileSync(
      join(dir, "locks/test.lock"),
      holder({ pid: process.pid, token: "other", started: await processStart(process.pid) }),
    );
    await first.release();
    expect(existsSync(join(dir, "locks/test.lock"))).toBe(true);
  });

  test("in a place that is no folder is refused in words", async () => {
    const dir = await scratchFolder();
    writeFileSync(join(dir, "file"), "");
    await expect(take(join(dir, "file"))).rejects.toMatchObject({ code: "cannot-write" });
  });
});

test("twenty processes that race past a dead holder: never two at a time", async () => {
  const dir = await scratchFolder();
  // Whoever holds the lock makes a file that must not be there yet, and leaves by dying or by giving back.
  writeFileSync(
    join(dir, "racer.mts"),
    `import { closeSync, existsSync, openSync, appendFileSync, rmSync } from "node:fs";
     import { setTimeout as delay } from "node:timers/promises";
     import { lockEnvironment } from ${JSON.stringify(join(repository, "src/workdir/environment-lock.ts"))};
     const dir = ${JSON.stringify(dir)};
     appendFileSync(dir + "/ready", ".");
     while (!existsSync(dir + "/go")) await delay(2);
     const end = Date.now() + 60_000;
     for (let won = 0; won < 2 && Date.now() < end; ) {
       try {
         const lock = await lockEnvironment({ stateDir: dir, environment: "test", runId: "r" + process.pid,
           command: "deploy", pid: process.pid, since: "now" });
         try { closeSync(openSync(dir + "/inside", "wx")); } catch { appendFileSync(dir + "/two-at-a-time", "!"); }
         await delay(Math.random() * 3);
         won += 1;
         appendFileSync(dir + "/won", ".");
         rmSync(dir + "/inside", { force: true });
         if (won === 2) process.kill(process.pid, "SIGKILL");
         await lock.release();
       } catch (error) {
         if (error?.code !== "environment-locked") { appendFileSync(dir + "/error", String(error?.stack) + "\\n"); break; }
         await delay(Math.random() * 4);
       }
     }`,
  );
  const racers: ChildProcess[] = [];
  onTestFinished(() => racers.forEach((racer) => racer.kill("SIGKILL")));
  // Compiled once, not twenty times.
  const { build } = await import("esbuild");
  await build({
    entryPoints: [join(dir, "racer.mts")],
    outfile: join(dir, "racer.mjs"),
    bundle: true,
    platform: "node",
    format: "esm",
  });
  await plant(dir, "test.lock", holder({ pid: await deadPid() }));
  for (let index = 0; index < 20; index += 1) {
    racers.push(spawn(process.execPath, [join(dir, "racer.mjs")], { stdio: "ignore" }));
  }
  await until(() => size(join(dir, "ready")) === 20, "twenty racers", 60_000);
  writeFileSync(join(dir, "go"), "");
  await until(
    () => racers.every((racer) => racer.signalCode !== null || racer.exitCode !== null),
    "the end",
    60_000,
  );
  expect(size(join(dir, "error"))).toBe(0);
  expect(size(join(dir, "two-at-a-time"))).toBe(0);
  // Each won twice, and died holding the second.
  expect(size(join(dir, "won"))).toBe(40);
}, 120_000);

function size(file: string): number {
  return existsSync(file) ? readFileSync(file, "utf8").length : 0;
}
