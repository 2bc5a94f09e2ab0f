import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { row, time } from "./measure.ts";

/** Size of what `npm install` of the packed tarball brings, as it lies on the disk. */
export function benchInstall(root: string): readonly string[] {
  const dir = mkdtempSync(join(tmpdir(), "faber-bench-"));
  try {
    const packed = execFileSync("npm", ["pack", "--silent", "--pack-destination", dir], {
      cwd: root,
      encoding: "utf8",
    }).trim();
    const tarball = join(dir, packed.split("\n").at(-1) ?? "");
    const installed = time([
      "npm",
      "install",
      "--silent",
      "--no-audit",
      "--no-fund",
      "--prefix",
      dir,
      tarball,
    ]);
    const kilobytes = Number(
      execFileSync("du", ["-sk", join(dir, "node_modules")], { encoding: "utf8" }).split("\t")[0],
    );
    const megabytes = kilobytes / 1_000;
    const version = execFileSync(join(dir, "node_modules/.bin/faber"), ["--version"], {
      encoding: "utf8",
    }).trim();
    return [
      row(
        `installed tarball (faber ${version}, ${installed.seconds.toFixed(0)} s)`,
        `${megabytes.toFixed(0)} MB`,
        "< 100 MB",
        megabytes < 100,
      ),
    ];
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
