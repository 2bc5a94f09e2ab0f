import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { run, type Ran } from "../../../../src/process/run.ts";
import { runUnharmed, type UnharmedEnd } from "../../../../src/process/run-unharmed.ts";
import { textOnceThere, untilGone } from "../../../helpers/waiting.ts";

// Programs that do not listen cost seconds each, so they are all started at once and looked at one by one.

const env = { PATH: "/usr/local/bin:/usr/bin:/bin" };
const dir = mkdtempSync(join(tmpdir(), "faber-deaf-"));

let holding: Promise<Ran>;
let silent: Promise<Ran>;
let unharmed: Promise<UnharmedEnd>;

beforeAll(() => {
  holding = deafGroup("holding", "");
  silent = deafGroup("silent", "> /dev/null 2>&1 < /dev/null");
  unharmed = slowToEnd();
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** A child that ignores SIGTERM, and its child, which does too. */
function deafGroup(name: string, redirection: string): Promise<Ran> {
  const place = join(dir, name);
  mkdirSync(place);
  const deaf = (pidFile: string): string =>
    `trap '' TERM; echo $$ > ${place}/${pidFile}; while :; do sleep 1; done`;
  writeFileSync(join(place, "grandchild.sh"), deaf("grandchild"));
  writeFileSync(join(place, "child.sh"), `sh ${place}/grandchild.sh ${redirection} &\n${deaf("child")}`);
  return run(["sh", join(place, "child.sh")], { env, timeoutMs: 700 });
}

/** A tool that counts what reaches it, and takes longer to end than any grace there might be. */
async function slowToEnd(): Promise<UnharmedEnd> {
  const file = join(dir, "counter.mjs");
  writeFileSync(
    file,
    `import { writeFileSync } from "node:fs";
     const got = [];
     for (const signal of ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"]) process.on(signal, () => {
       if (got.push(signal) === 1) setTimeout(() => { writeFileSync("got", got.join()); process.exit(7); }, 3000);
     });
     setInterval(() => undefined, 1000);
     console.log("ready");`,
  );
  const controller = new AbortController();
  const running = runUnharmed([process.execPath, file], {
    cwd: dir,
    env,
    signal: controller.signal,
    stdoutFile: join(dir, "out"),
    stderrFile: join(dir, "err"),
  });
  await textOnceThere(join(dir, "out"));
  controller.abort("SIGINT");
  controller.abort("SIGTERM");
  return running;
}

test("a time-out ends the whole group, the deaf child and its deaf child", async () => {
  expect((await holding).ended).toEqual({ how: "timed-out" });
  for (const name of ["child", "grandchild"]) {
    await untilGone(Number(readFileSync(join(dir, "holding", name), "utf8")));
  }
});

test("also when the grandchild holds no stream of ours that would be waited for", async () => {
  expect((await silent).ended).toEqual({ how: "timed-out" });
  for (const name of ["child", "grandchild"]) {
    await untilGone(Number(readFileSync(join(dir, "silent", name), "utf8")));
  }
});

test("a tool at work on a state is asked to stop once, and then waited for", async () => {
  expect(await unharmed).toEqual({ ended: { how: "exited", code: 7 }, interrupted: true, stderr: "" });
  expect(readFileSync(join(dir, "got"), "utf8")).toBe("SIGINT");
});
