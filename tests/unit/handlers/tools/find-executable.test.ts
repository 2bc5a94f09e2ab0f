import { mkdir, symlink } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { expect, test } from "vitest";
import { allOnPath, firstOnPath } from "../../../../handlers/tools/find-executable.ts";
import { scratchFolder, writeProgram, writeTree } from "../../../helpers/tool-surroundings.ts";

test("finds programs in PATH's order, and only what can be run", async () => {
  const dir = await scratchFolder();
  await writeTree(dir, { "a/tool": "not executable" });
  await mkdir(join(dir, "b", "tool"), { recursive: true });
  await mkdir(join(dir, "c"), { recursive: true });
  await symlink(join(dir, "nowhere"), join(dir, "c", "tool"));
  const real = await writeProgram(join(dir, "d", "tool"), "true");
  const second = await writeProgram(join(dir, "e", "tool"), "true");
  const PATH = ["a", "b", "c", "d", "none", "e", "d"].map((name) => join(dir, name)).join(delimiter);
  expect(await allOnPath("tool", { PATH })).toEqual([real, second]);
});

test("takes nothing from a relative or empty entry of PATH", async () => {
  expect(await allOnPath("package.json", { PATH: `${delimiter}.${delimiter}` })).toEqual([]);
  expect(await allOnPath("sh", {})).toEqual([]);
});

test("prefers the better name over the earlier folder", async () => {
  const dir = await scratchFolder();
  await writeProgram(join(dir, "a", "python"), "true");
  const better = await writeProgram(join(dir, "b", "python3"), "true");
  const PATH = [join(dir, "a"), join(dir, "b")].join(delimiter);
  expect(await firstOnPath(["python3", "python"], { PATH })).toBe(better);
  expect(await firstOnPath(["go"], { PATH })).toBeUndefined();
});
