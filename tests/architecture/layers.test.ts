import { describe, expect, test } from "vitest";
import { importsOf, readSources, type Import, type Source } from "../helpers/sources.ts";

/** What one layer may import. Whatever is not named is forbidden; its own files are always allowed. */
interface Layer {
  /** Layers, or single files of them, whose values it may use. */
  readonly values?: readonly string[];
  /** Layers that it loads when they are needed, by `import()`. */
  readonly lazy?: readonly string[];
  readonly types?: readonly string[];
  /** Third-party modules: a name, or a pattern that ends in `*`. */
  readonly packages?: readonly string[];
  readonly lazyPackages?: readonly string[];
  /** The platform's modules; all of them when absent. */
  readonly platform?: readonly string[];
}

const everything = [
  "src/core",
  "src/process",
  "src/workdir",
  "src/config",
  "src/ui",
  "src/checks",
  "src/cost",
  "src/practices",
  "src/pipeline",
  "src/debugger",
  "src/recovery",
  "src/fixes",
  "src/permissions",
  "src/telemetry",
];

const layers: Readonly<Record<string, Layer>> = {
  // Its one effect-free use of the platform is hashing; streams appear as types.
  "src/core": { packages: ["fast-levenshtein"], platform: ["node:crypto", "node:stream"] },
  "src/process": { values: ["src/core"], packages: ["execa"] },
  "src/workdir": { values: ["src/core", "src/process/group.ts"] },
  "src/config": { values: ["src/core"], packages: ["zod", "yaml"] },
  "src/ui": {
    values: ["src/core"],
    types: ["src/cost"],
    packages: ["chalk"],
    lazyPackages: ["inquirer"],
  },
  // Traces, for whoever names a collector; sent as JSON, so that no SDK comes along.
  "src/telemetry": { values: ["src/core"] },
  // What AWS charges and how a resource of a plan becomes lines of a bill: pure, but for reading its price list.
  "src/cost": { values: ["src/core", "src/workdir/package-root.ts"] },
  // Rules over a plan, and what AWS says of tags and names.
  "src/practices": { values: ["src/core"] },
  "src/checks": { values: ["src/core", "src/cost", "src/practices"], types: ["handlers"] },
  "src/pipeline": {
    values: ["src/core", "src/checks", "src/workdir"],
    types: ["handlers", "src/config", "src/process"],
  },
  "src/debugger": { values: ["src/core"], types: ["handlers", "issue-log", "src/config"] },
  // From denials and a plan to the narrowest policy, and what must never be in one.
  "src/permissions": { values: ["src/core"] },
  "src/fixes": { values: ["src/core", "src/permissions"], types: ["handlers"] },
  "src/recovery": {
    values: ["src/core", "src/debugger", "src/fixes"],
    types: ["src/pipeline", "issue-log"],
  },
  "src/cli": {
    values: everything,
    lazy: ["handlers", "issue-log", "reports"],
    types: ["handlers", "issue-log", "reports"],
    packages: ["commander"],
  },
  src: { values: ["src/cli"] },
  handlers: {
    values: ["src/core", "src/process", "src/workdir", "src/permissions"],
    packages: ["zod"],
    lazyPackages: ["@aws-sdk/*", "@smithy/*", "csv-parse", "saxes", "tap-parser"],
  },
  // What is known beforehand is data that people write, so it has a schema.
  "issue-log": {
    values: ["src/core", "src/workdir"],
    packages: ["better-sqlite3", "pg", "yaml", "zod"],
  },
  reports: { values: ["src/core"], packages: ["yaml", "zod"] },
  // Infrastructure, run as a program of its own: it knows nothing of faber. Its functions bring the SDK they run with.
  stacks: {
    packages: [
      "cdktf",
      "constructs",
      "@cdktf/provider-aws/lib/*",
      "esbuild",
      "@aws-sdk/client-*",
      "@aws-sdk/lib-*",
    ],
  },
};

/** Folders that may import everything, and files at the root that are settings of a tool. */
const unlimited = ["scripts", "tests"];
const settings = ["vitest.config.ts"];

function layerOf(path: string): string {
  const [top = "", second = "", third] = path.split("/");
  return top === "src" && third !== undefined ? `src/${second}` : top;
}

function violationsIn(sources: readonly Source[]): readonly string[] {
  return sources.flatMap((source) => {
    const name = layerOf(source.path);
    if (unlimited.includes(name) || settings.includes(source.path)) return [];
    const layer = layers[name];
    if (!layer) return [`${source.path} lies in ${name}, which is no layer`];
    return importsOf(source)
      .filter((found) => !isAllowed(name, layer, found))
      .map((found) => `${source.path} imports ${found.to} (${found.kind})`);
  });
}

function isAllowed(name: string, layer: Layer, { kind, to, relative }: Import): boolean {
  if (!relative) return isPackageAllowed(layer, kind, to);
  const matches = (list: readonly string[] | undefined): boolean =>
    list?.some((entry) => entry === to || entry === layerOf(to)) ?? false;
  if (layerOf(to) === name || matches(layer.values)) return true;
  if (kind === "type") return matches(layer.types) || matches(layer.lazy);
  return kind === "dynamic" && matches(layer.lazy);
}

function isPackageAllowed(layer: Layer, kind: Import["kind"], to: string): boolean {
  if (to.startsWith("node:")) return layer.platform?.includes(to) ?? true;
  const matches = (list: readonly string[] | undefined): boolean =>
    list?.some((entry) => (entry.endsWith("*") ? to.startsWith(entry.slice(0, -1)) : to === entry)) ?? false;
  return matches(layer.packages) || (kind !== "value" && matches(layer.lazyPackages));
}

const sources = readSources();

describe("the layers of the house", () => {
  test("enough files are read for the check to mean something", () => {
    expect(sources.filter(({ path }) => path.startsWith("src/")).length).toBeGreaterThan(100);
    expect(sources.filter(({ path }) => path.startsWith("handlers/")).length).toBeGreaterThan(60);
    expect(sources.flatMap(importsOf).length).toBeGreaterThan(600);
  });

  test("nobody imports what lies above, beside or outside", () => {
    expect(violationsIn(sources)).toEqual([]);
  });

  test("every layer of the table that is not empty by design has files", () => {
    const found = new Set(sources.map(({ path }) => layerOf(path)));
    const later = ["issue-log"];
    expect(Object.keys(layers).filter((name) => !found.has(name) && !later.includes(name))).toEqual([]);
  });
});

describe("the check itself finds", () => {
  const planted: readonly (readonly [string, string, string])[] = [
    ["a value upwards", "src/core/x.ts", 'import { main } from "../cli/main.ts";'],
    ["a type upwards", "src/core/x.ts", 'import type { Carried } from "../pipeline/stage.ts";'],
    [
      "a value where types alone are allowed",
      "src/checks/x.ts",
      'import { a } from "../../handlers/iac/registry.ts";',
    ],
    [
      "inline types, which stay a value import",
      "src/checks/x.ts",
      'import { type A } from "../../handlers/iac/contract.ts";',
    ],
    [
      "a dynamic import of a forbidden layer",
      "src/config/x.ts",
      'const a = await import("../ui/prompt.ts");',
    ],
    ["a dynamic import that is computed", "src/cli/x.ts", "const a = await import(name);"],
    [
      "an early import of what must come late",
      "src/cli/x.ts",
      'import { a } from "../../handlers/iac/registry.ts";',
    ],
    ["a re-export", "src/workdir/x.ts", 'export { run } from "../process/run.ts";'],
    ["a re-export of everything", "handlers/x.ts", 'export * from "../src/cli/main.ts";'],
    [
      "an import over several lines",
      "reports/x.ts",
      'import {\n  a,\n  b,\n} from "../src/pipeline/stage.ts";',
    ],
    ["an import for its effects", "src/core/x.ts", 'import "../cli/main.ts";'],
    ["a package of another layer", "src/core/x.ts", 'import { z } from "zod";'],
    ["a heavy package too early", "handlers/hosting/x.ts", 'import { S3Client } from "@aws-sdk/client-s3";'],
    ["a package nobody may use", "stacks/x.ts", 'import { s3 } from "@cdktf/provider-aws";'],
    ["the file system in the core", "src/core/x.ts", 'import { readFile } from "node:fs/promises";'],
    ["a folder that is no layer", "src/helpers/x.ts", "export const a = 1;"],
    ["a top-level folder that is no layer", "lib/x.ts", "export const a = 1;"],
    ["a file that lies loose in the root", "x.ts", "export const a = 1;"],
  ];
  test.each(planted)("%s", (_what, path, text) => {
    expect(violationsIn([{ path, text }])).toHaveLength(1);
  });

  test("and nothing where nothing is wrong", () => {
    const text = [
      'import { readFile } from "node:fs/promises";',
      'import type { S3Client } from "@aws-sdk/client-s3";',
      'import { FaberError } from "../src/core/error.ts";',
      '/** Loads with import("../src/cli/main.ts"). */',
      'const sdk = await import("@aws-sdk/client-s3");',
    ].join("\n");
    expect(violationsIn([{ path: "handlers/x.ts", text }])).toEqual([]);
  });
});
