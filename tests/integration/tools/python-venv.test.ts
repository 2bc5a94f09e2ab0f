import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { ToolSurroundings } from "../../../handlers/tools/contract.ts";
import { installVenv, type VenvTool } from "../../../handlers/tools/python-venv.ts";
import { run } from "../../../src/process/run.ts";
import { realEnv, scratchFolder, surroundingsIn } from "../../helpers/tool-surroundings.ts";

/** A tiny package stands in for a scanner; `pip` for its program. */
const six: VenvTool = {
  name: "six",
  program: "pip",
  requirement: { name: "six", version: "1.16.0" },
  howToGet: "by hand",
};
const silent = (): undefined => undefined;

async function surroundings(env: Readonly<Record<string, string>> = {}): Promise<ToolSurroundings> {
  // As on macOS, where the data folder has a space in its name.
  return surroundingsIn(join(await scratchFolder(), "Application Support", "faber"), {
    env: { ...realEnv(), ...env },
  });
}

test("a package is installed into an environment of its own, which works where it was put", async ({
  skip,
}) => {
  const here = await surroundings();
  const said: string[] = [];
  const failure = await installVenv(six, here, (text) => said.push(text)).catch((error: unknown) => error);
  if (failure instanceof Error && /No matching distribution|Could not find a version/.test(failure.message)) {
    return skip(`no package index can be reached: ${failure.message}`);
  }
  expect(failure).toBeUndefined();
  expect(said).toEqual(["making a virtual environment for six", "installing six 1.16.0 with pip"]);
  const bin = join(here.toolDir, "python", "six", "bin");
  const imported = await run([join(bin, "python"), "-c", "import six; print(six.__version__)"], {
    env: here.env,
  });
  expect(imported.stdout).toBe("1.16.0\n");
  const program = await run([join(bin, "pip"), "list", "--format=freeze"], { env: here.env });
  expect(program.stdout).toContain("six==1.16.0");
  expect((await stat(join(bin, "pip"))).mode & 0o111).not.toBe(0);
  expect(await readdir(here.toolDir)).toEqual(["python", "tmp"]);
  expect(await readdir(join(here.toolDir, "tmp"))).toEqual([]);
});

test("the user's settings for pip hold, and a failed install says why, how else, and leaves nothing", async () => {
  const here = await surroundings({
    PIP_NO_INDEX: "1",
    PIP_FIND_LINKS: "",
    PIP_USER: "1",
    PIP_TARGET: "/none",
  });
  await expect(installVenv(six, here, silent)).rejects.toMatchObject({
    code: "tool-not-available",
    exitName: "wrong-usage",
    message: expect.stringMatching(
      /^six could not be fetched: pip install failed \(exit code 1\): ERROR: No matching distribution/,
    ),
    hints: ["by hand"],
  });
  expect(await readdir(here.toolDir)).toEqual(["tmp"]);
  expect(await readdir(join(here.toolDir, "tmp"))).toEqual([]);
});

test("an install that is interrupted leaves nothing", async () => {
  const here = await surroundings();
  const controller = new AbortController();
  const stopAtPip = (text: string): void => {
    if (text.includes("with pip")) controller.abort();
  };
  await expect(installVenv(six, { ...here, signal: controller.signal }, stopAtPip)).rejects.toThrow(
    "interrupted",
  );
  expect(await readdir(join(here.toolDir, "tmp"))).toEqual([]);
  expect(await readdir(here.toolDir)).toEqual(["tmp"]);
});

test("without Python it says so", async () => {
  const here = await surroundings({ PATH: "" });
  await expect(installVenv(six, here, silent)).rejects.toThrow(
    "six could not be fetched: python3 is not on PATH",
  );
});
