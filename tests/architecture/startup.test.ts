import { expect, test } from "vitest";
import { importsOf, packageOf, readSources, type Source } from "../helpers/sources.ts";

const sources: ReadonlyMap<string, Source> = new Map(readSources().map((source) => [source.path, source]));

interface Reached {
  readonly files: ReadonlySet<string>;
  readonly packages: readonly string[];
}

/** Everything that Node loads before the first line of `entry` runs. */
function closureOf(entry: string, planted: ReadonlyMap<string, Source> = new Map()): Reached {
  const files = new Set<string>();
  const packages = new Set<string>();
  const waiting = [entry];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (files.has(path)) continue;
    files.add(path);
    const source = planted.get(path) ?? sources.get(path);
    if (!source) throw new Error(`${path} is imported, and is not there`);
    for (const { kind, relative, to } of importsOf(source)) {
      if (kind !== "value") continue;
      if (relative) waiting.push(to);
      else packages.add(packageOf(to));
    }
  }
  return { files, packages: [...packages].filter((name) => name !== "node:").sort() };
}

const heavy =
  /^(?:@aws-sdk\/|@smithy\/|@cdktf\/|cdktf$|constructs$|inquirer$|chalk$|zod$|yaml$|execa$|esbuild$)/;

test("before the command line is looked at, no package is loaded", () => {
  const reached = closureOf("src/bin.ts");
  expect(reached.files.size).toBeGreaterThan(10);
  expect(reached.packages).toEqual([]);
});

test("help and wrong usage need the parser, and nothing heavy", () => {
  const { packages } = closureOf("src/cli/program.ts");
  expect(packages).toEqual(["commander"]);
});

test("describing a command does not load what it does", () => {
  const { files, packages } = closureOf("src/cli/commands/index.ts");
  expect([...files].filter((path) => !/^src\/cli\/(?:commands\/|options\.ts|define\.ts)/.test(path))).toEqual(
    [],
  );
  expect(packages).toEqual([]);
});

test("heavy packages come by import() alone, from wherever the program can reach", () => {
  const early = [...sources.values()]
    .filter(({ path }) => path.startsWith("src/cli/") || path === "src/bin.ts")
    .flatMap((source) => importsOf(source).map((found) => ({ ...found, path: source.path })))
    .filter(({ kind, relative, to }) => kind === "value" && !relative && heavy.test(packageOf(to)));
  expect(early).toEqual([]);
});

test("the AWS SDK is loaded by nobody before it is used", () => {
  const early = [...sources.values()]
    .filter(({ path }) => /^(?:src|handlers|issue-log|reports)\//.test(path))
    .filter((source) =>
      importsOf(source).some(({ kind, to }) => kind === "value" && /^@(?:aws-sdk|smithy)\//.test(to)),
    );
  expect(early.map(({ path }) => path)).toEqual([]);
});

test("the walk finds a package planted three files away", () => {
  const planted = new Map<string, Source>([
    ["src/a.ts", { path: "src/a.ts", text: 'import { b } from "./b/b.ts";\nimport type { z } from "zod";' }],
    [
      "src/b/b.ts",
      { path: "src/b/b.ts", text: 'export * from "../c.ts";\nconst x = await import("inquirer");' },
    ],
    ["src/c.ts", { path: "src/c.ts", text: 'import chalk from "chalk";\nimport "node:fs";' }],
  ]);
  expect(closureOf("src/a.ts", planted).packages).toEqual(["chalk"]);
});
