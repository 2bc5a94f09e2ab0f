import { chmod, mkdir, readdir, readFile, rename, stat, utimes, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { repointScripts } from "../../../../handlers/tools/repoint-scripts.ts";
import { inStaging, putFolder } from "../../../../handlers/tools/staging.ts";
import { run } from "../../../../src/process/run.ts";
import { scratchFolder, writeProgram, writeTree } from "../../../helpers/tool-surroundings.ts";

test("a build that fails leaves nothing behind", async () => {
  const dir = await scratchFolder();
  const failing = inStaging(dir, "tool", async (staging) => {
    await writeFile(join(staging, "half"), "");
    throw new Error("killed");
  });
  await expect(failing).rejects.toThrow("killed");
  expect(await readdir(join(dir, "tmp"))).toEqual([]);
});

test("what a killed install left long ago is cleared away, and one under way is not touched", async () => {
  const dir = await scratchFolder();
  await writeTree(dir, { "tmp/old-1/file": "", "tmp/young-1/file": "" });
  const longAgo = new Date("2020-01-01T00:00:00Z");
  await utimes(join(dir, "tmp/old-1"), longAgo, longAgo);
  const during = await inStaging(dir, "tool", async () => readdir(join(dir, "tmp")));
  expect(during).toHaveLength(2);
  expect(await readdir(join(dir, "tmp"))).toEqual(["young-1"]);
});

test("two installs of the same folder at once leave one whole folder", async () => {
  const dir = await scratchFolder();
  const place = join(dir, "python", "tool");
  const install = async (who: string): Promise<void> =>
    inStaging(dir, "tool", async (staging) => {
      await writeTree(join(staging, "built"), { a: who, b: who });
      await putFolder(join(staging, "built"), place, staging);
    });
  await Promise.all(["first", "second", "third"].map(install));
  expect((await readdir(place)).sort()).toEqual(["a", "b"]);
  expect(await readFile(join(place, "a"), "utf8")).toBe(await readFile(join(place, "b"), "utf8"));
  expect(await readdir(join(dir, "tmp"))).toEqual([]);
});

test("a tool folder that cannot be made says so, and names the variable that moves it", async () => {
  const dir = await scratchFolder();
  await writeTree(dir, { blocked: "a file" });
  const refused = inStaging(join(dir, "blocked"), "tool", async () => undefined);
  await expect(refused).rejects.toMatchObject({
    code: "cannot-write",
    hints: [expect.stringContaining("FABER_TOOLS_DIR")],
  });
});

test("scripts name the folder they are moved to, keep their modes, and binaries stay as they are", async () => {
  const dir = await scratchFolder();
  const venv = join(dir, "tmp", "venv");
  const place = join(dir, "python", "tool");
  await mkdir(join(venv, "bin"), { recursive: true });
  await writeProgram(join(venv, "bin", "tool"), `exec ${venv}/bin/python3 "$@"`);
  await writeTree(venv, { "pyvenv.cfg": `command = python3 -m venv ${venv}\n`, "bin/binary": `\0${venv}` });
  await repointScripts(venv, place);
  expect(await readFile(join(venv, "bin", "tool"), "utf8")).toBe(
    `#!/bin/sh\nexec ${place}/bin/python3 "$@"\n`,
  );
  expect(await readFile(join(venv, "pyvenv.cfg"), "utf8")).toContain(place);
  expect(await readFile(join(venv, "bin", "binary"), "utf8")).toContain(venv);
  expect((await stat(join(venv, "bin", "tool"))).mode & 0o777).toBe(0o755);
});

test("a script whose interpreter lies in a folder with a space still runs, with its arguments", async () => {
  const dir = await scratchFolder();
  const venv = join(dir, "venv");
  const place = join(dir, "Application Support", "tool");
  await writeTree(venv, { "bin/tool": `#!${venv}/bin/python3\nprint("hello")\n`, "pyvenv.cfg": "" });
  await chmod(join(venv, "bin", "tool"), 0o755);
  await repointScripts(venv, place);
  await mkdir(dirname(place));
  await rename(venv, place);
  await writeProgram(join(place, "bin", "python3"), 'echo "python ran $(basename "$1") with $2"');
  const ran = await run([join(place, "bin", "tool"), "an argument"], { env: { PATH: "/usr/bin:/bin" } });
  expect(ran.stdout).toBe("python ran tool with an argument\n");
});
