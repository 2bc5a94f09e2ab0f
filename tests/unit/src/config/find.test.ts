import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findConfig, workingDir } from "../../../../src/config/find.ts";

let dir = "";

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "faber-find-"));
  await mkdir(join(dir, "repo", "deep", "er"), { recursive: true });
});

afterEach(() => rm(dir, { recursive: true, force: true }));

test("the nearest file upwards, in any of its three names", async () => {
  const cwd = join(dir, "repo", "deep", "er");
  await writeFile(join(dir, "repo", "faber.yml"), "");
  expect(await findConfig({ env: {}, cwd })).toBe(join(dir, "repo", "faber.yml"));
  await writeFile(join(dir, "repo", "deep", "faber.json"), "");
  expect(await findConfig({ env: {}, cwd })).toBe(join(dir, "repo", "deep", "faber.json"));
});

test("the search ends at the repository's root", async () => {
  await writeFile(join(dir, "faber.yaml"), "");
  const cwd = join(dir, "repo", "deep");
  expect(await findConfig({ env: {}, cwd })).toBe(join(dir, "faber.yaml"));
  await writeFile(join(dir, "repo", ".git"), "gitdir: elsewhere\n");
  expect(await findConfig({ env: {}, cwd })).toBeUndefined();
  await writeFile(join(dir, "repo", "faber.yaml"), "");
  expect(await findConfig({ env: {}, cwd })).toBe(join(dir, "repo", "faber.yaml"));
});

test("--config goes before FABER_CONFIG, which goes before what is found", async () => {
  for (const name of ["a.yaml", "b.yaml", "faber.yaml"]) await writeFile(join(dir, name), "");
  expect(await findConfig({ flag: "a.yaml", env: { FABER_CONFIG: "b.yaml" }, cwd: dir })).toBe(
    join(dir, "a.yaml"),
  );
  expect(await findConfig({ env: { FABER_CONFIG: "b.yaml" }, cwd: dir })).toBe(join(dir, "b.yaml"));
  expect(await findConfig({ env: { FABER_CONFIG: "" }, cwd: dir })).toBe(join(dir, "faber.yaml"));
});

test("a named file that is not there, and two files in one folder, are refused", async () => {
  const gone = findConfig({ flag: "gone.yaml", env: {}, cwd: dir });
  await expect(gone).rejects.toMatchObject({
    code: "config-not-found",
    message: '--config: there is no file "gone.yaml"',
  });
  const folder = findConfig({ env: { FABER_CONFIG: "repo" }, cwd: dir });
  await expect(folder).rejects.toThrow('FABER_CONFIG: "repo" is a folder, not a file');
  await writeFile(join(dir, "faber.yaml"), "");
  await writeFile(join(dir, "faber.json"), "");
  await expect(findConfig({ env: {}, cwd: dir })).rejects.toMatchObject({ code: "config-ambiguous" });
});

test("--chdir, then FABER_CHDIR, and a folder that is not there", async () => {
  expect(await workingDir({ flag: "repo", env: { FABER_CHDIR: "x" }, cwd: dir })).toBe(join(dir, "repo"));
  expect(await workingDir({ env: { FABER_CHDIR: "repo/deep" }, cwd: dir })).toBe(join(dir, "repo", "deep"));
  expect(await workingDir({ env: {}, cwd: dir })).toBe(dir);
  await expect(workingDir({ flag: "gone", env: {}, cwd: dir })).rejects.toMatchObject({
    code: "no-such-folder",
  });
});
