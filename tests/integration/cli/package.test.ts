import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sbomText } from "../../../scripts/gen-sbom.ts";
import { packageRoot } from "../../../src/workdir/package-root.ts";

const root = packageRoot(import.meta.url);
/** What packing reads; a copy, because it builds `dist` anew while other tests use the one that is there. */
const sources = ["src", "handlers", "issue-log", "reports", "scripts", "docs"];
const files = [
  "package.json",
  "package-lock.json",
  "tsconfig.json",
  "tsconfig.build.json",
  "README.md",
  "SECURITY.md",
  "CHANGELOG.md",
  "LICENSE",
];

describe("npm pack", () => {
  let dir = "";
  let listed: readonly string[] = [];
  const tarball = (): string => join(dir, readdirSync(dir).find((name) => name.endsWith(".tgz")) ?? "none");
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), "faber-pack-"));
    for (const name of [...sources, ...files]) cpSync(join(root, name), join(dir, name), { recursive: true });
    symlinkSync(join(root, "node_modules"), join(dir, "node_modules"));
    execFileSync("npm", ["pack", "--silent"], { cwd: dir, stdio: ["ignore", "ignore", "inherit"] });
    const told = execFileSync("tar", ["-tzf", tarball()], { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
    listed = told.trim().split("\n");
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  test("makes the bill of materials, and puts it into the package", () => {
    expect(listed).toContain("package/sbom.json");
    const packed = execFileSync("tar", ["-xzOf", tarball(), "package/sbom.json"], { encoding: "utf8" });
    expect(packed).toBe(sbomText());
  });

  test("takes along what a user needs, and nothing else", () => {
    for (const name of ["dist/src/bin.js", "SECURITY.md", "docs/threat-model.md", "README.md", "LICENSE"])
      expect(listed).toContain(`package/${name}`);
    const odd = listed.filter((name) =>
      /^package\/(?:tests|scripts|stacks|node_modules|\.faber)\/|\.map$|\.test\.|\.env|\.tfstate|\.pem$/.test(
        name,
      ),
    );
    expect(odd).toEqual([]);
  });
});
