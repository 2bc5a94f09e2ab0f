import { chmodSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";

/** As old as a zip file can say: the archive's bytes must follow from the sources alone. */
const anyDate = new Date("1980-01-02T00:00:00Z");

export interface Bundle {
  readonly sources: string;
  readonly bundles: string;
  readonly name: string;
}

/**
 * Bundles one function with the AWS SDK into a folder of its own and returns that folder.
 * The SDK goes in because its version is then the tested one.
 */
export function bundle({ sources, bundles, name }: Bundle): string {
  const folder = join(bundles, name);
  const file = join(folder, "index.mjs");
  buildSync({
    entryPoints: [join(sources, name, "index.ts")],
    absWorkingDir: sources,
    outfile: file,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "esm",
    mainFields: ["module", "main"],
    // Whitespace goes, and with it the comments that name paths of this machine; names stay for stack traces.
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: "none",
    logLevel: "error",
  });
  chmodSync(file, 0o644);
  utimesSync(file, anyDate, anyDate);
  return folder;
}
