import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { ScanFolder } from "../../handlers/scanner/scan-folder.ts";
import { packageRoot } from "../../src/workdir/package-root.ts";

const fixtures = join(packageRoot(import.meta.url), "tests/fixtures/scanner");

/** Absolute folder of a Terraform root made for scanners. */
export function fixtureRoot(name: string): string {
  return join(fixtures, "roots", name);
}

/** What a scanner printed once, e.g. `checkov/3.3.30/public.json`; machine paths are cut to `/roots/…`. */
export function captured(name: string): string {
  return readFileSync(join(fixtures, name), "utf8");
}

/** The folder of a captured output, as if it lay at `/roots/NAME`. */
export function capturedFolder(name: string): ScanFolder {
  const dir = `/roots/${name}`;
  const inside = (file: string): string => file.replace(`${dir}/`, "");
  return {
    dir,
    certainTypes: [],
    place: (file, line, endLine) => ({
      file: inside(file),
      ...(line === undefined ? {} : { line }),
      ...(endLine === undefined ? {} : { endLine }),
    }),
    text: async (file) => readFileSync(resolve(fixtureRoot(name), inside(file)), "utf8"),
    close: async () => undefined,
  };
}
