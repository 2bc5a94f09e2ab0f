import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { run, succeeded } from "../../../src/process/run.ts";
import { blocksOf } from "../../helpers/pages.ts";
import { repository } from "../../helpers/sources.ts";

let scratch: string;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), "faber-examples-"));
});

afterAll(async () => {
  await rm(scratch, { recursive: true, force: true });
});

interface Example {
  readonly path: string;
  readonly text: string;
}

/** The TypeScript of docs/extending.md, each block by the path that the text before it names last. */
async function examplesOfPage(): Promise<readonly Example[]> {
  const page = await readFile(join(repository, "docs/extending.md"), "utf8");
  return blocksOf(page)
    .filter(({ language }) => language === "ts")
    .map(({ lines, before }) => {
      const path = [...before.matchAll(/`([a-z][\w/-]+\.ts)`:/g)].at(-1)?.[1];
      if (path === undefined) throw new Error(`no path is named before ${lines[0] ?? "a block"}`);
      return { path, text: lines.join("\n") };
    });
}

/** Compiles them as if they lay in the repository: `rootDirs` puts the two trees on top of each other. */
async function compile(examples: readonly Example[]): Promise<string> {
  const tree = join(scratch, "tree");
  for (const { path, text } of examples) {
    await mkdir(dirname(join(tree, path)), { recursive: true });
    await writeFile(join(tree, path), text);
  }
  const options = { noEmit: true, rootDir: "/", rootDirs: [tree, repository], types: ["node"] };
  const config = {
    extends: join(repository, "tsconfig.json"),
    compilerOptions: { ...options, typeRoots: [join(repository, "node_modules/@types")] },
    include: [`${tree}/**/*.ts`],
    exclude: [],
  };
  await writeFile(join(tree, "package.json"), '{"type":"module"}');
  await symlink(join(repository, "node_modules"), join(tree, "node_modules"));
  await writeFile(join(tree, "tsconfig.json"), JSON.stringify(config));
  const tsc = join(repository, "node_modules/typescript/bin/tsc");
  const ran = await run([process.execPath, tsc, "-p", tree, "--pretty", "false"], {
    cwd: repository,
    env: { PATH: process.env["PATH"] ?? "" },
    signal: AbortSignal.timeout(120_000),
  });
  return succeeded(ran) ? "" : ran.stdout + ran.stderr;
}

test("the examples of docs/extending.md compile as they stand, and one with a mistake does not", async () => {
  const examples = await examplesOfPage();
  expect(examples.length).toBeGreaterThan(8);
  const wrong = {
    path: "src/checks/wrong.ts",
    text: 'import type { Check } from "./contract.ts";\nexport const wrong: Check = { name: 1 };\n',
  };
  const said = (await compile([...examples, wrong])).split("\n").filter((line) => line.includes("error TS"));
  expect(said.filter((line) => !line.includes("wrong.ts"))).toEqual([]);
  expect(said.length).toBeGreaterThan(0);
});
