import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { packageRoot } from "../../../../src/workdir/package-root.ts";

test("the package is found from source and from compiled code one folder deeper", () => {
  const root = packageRoot(import.meta.url);
  expect(readFileSync(join(root, "package.json"), "utf8")).toMatch(/"name": "faber"/);
  expect(packageRoot(pathToFileURL(join(root, "dist/handlers/scanner/checkov.js")).href)).toBe(root);
});

test("a module outside the package is an error", () => {
  expect(() => packageRoot("file:///nowhere/at/all.js")).toThrow(/package\.json/);
});
