import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { arrayAt, isObject, objectAt, stringAt, type JsonObject } from "../../../src/core/json.ts";
import { packageRoot } from "../../../src/workdir/package-root.ts";
import { sbomText } from "../../../scripts/gen-sbom.ts";

const root = packageRoot(import.meta.url);
const document = (name: string): JsonObject => objectAt(JSON.parse(readFileSync(join(root, name), "utf8")));
const manifest = document("package.json");
const locked = Object.entries(objectAt(document("package-lock.json")["packages"])).filter(
  (entry): entry is [string, JsonObject] => entry[0] !== "" && isObject(entry[1]),
);

describe("what an install brings along", () => {
  test("is named by exact versions, and the lock file says the same", () => {
    for (const kind of ["dependencies", "devDependencies"]) {
      const wanted = objectAt(manifest[kind]);
      expect(Object.keys(wanted).length).toBeGreaterThan(10);
      for (const [name, version] of Object.entries(wanted)) {
        expect([name, version]).toEqual([name, expect.stringMatching(/^\d+\.\d+\.\d+(?:-[\w.]+)?$/)]);
        const lock = locked.find(([path]) => path === `node_modules/${name}`);
        expect([name, lock?.[1]["version"]]).toEqual([name, version]);
      }
    }
  });

  test("is checked against a hash, package by package", () => {
    const unchecked = locked.filter(
      ([, { integrity, inBundle, link }]) =>
        inBundle !== true && link !== true && stringAt(integrity)?.startsWith("sha512-") !== true,
    );
    expect(locked.length).toBeGreaterThan(100);
    expect(unchecked.map(([path]) => path)).toEqual([]);
  });

  test("runs install scripts only where package.json allows them by name", () => {
    const running = locked.filter(([, { hasInstallScript }]) => hasInstallScript === true);
    const names = running.map(([path]) => path.replace(/^.*node_modules\//, ""));
    const allowed = objectAt(manifest["allowScripts"]);
    expect(names).toContain("better-sqlite3");
    expect(names.filter((name) => allowed[name] !== true && name !== "fsevents")).toEqual([]);
    expect(Object.keys(allowed).filter((name) => !names.includes(name))).toEqual([]);
  });
});

describe("the bill of materials", { timeout: 60_000 }, () => {
  const text = sbomText();
  const sbom = objectAt(JSON.parse(text));
  const components = arrayAt(sbom["components"]).filter(isObject);

  test("is CycloneDX, and the same for the same lock file", { timeout: 60_000 }, () => {
    expect(sbom).toMatchObject({ bomFormat: "CycloneDX", specVersion: expect.stringMatching(/^1\.\d$/) });
    expect(sbom["serialNumber"]).toMatch(
      /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect(sbomText()).toBe(text);
    expect(text).not.toContain(root);
  });

  test("names every dependency with its version, and nothing that is for development", () => {
    const has = (name: string, version: unknown): boolean =>
      components.some((component) => component["name"] === name && component["version"] === version);
    for (const [name, version] of Object.entries(objectAt(manifest["dependencies"])))
      expect([name, has(name, version)]).toEqual([name, true]);
    for (const name of ["vitest", "cdktf", "typescript", "fast-check"])
      expect(components.some((component) => component["name"] === name)).toBe(false);
    const versions = new Set(
      locked.map(
        ([path, { version }]) => `${path.replace(/^.*node_modules\//, "")}@${stringAt(version) ?? "?"}`,
      ),
    );
    expect(
      components.filter(
        ({ name, version }) => !versions.has(`${stringAt(name) ?? "?"}@${stringAt(version) ?? "?"}`),
      ),
    ).toEqual([]);
  });

  test("goes with the package", () => {
    expect(manifest["files"]).toContain("sbom.json");
    expect(objectAt(manifest["scripts"])["prepack"]).toContain("gen-sbom.ts");
  });
});
