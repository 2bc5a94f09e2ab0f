import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { reportPeak, row, time } from "./measure.ts";

/** Faber's own peak memory while it previews 500 resources. */
export function benchMemory(faber: string, resources = 500): readonly string[] {
  const dir = mkdtempSync(join(tmpdir(), "faber-bench-"));
  try {
    writeFileSync(join(dir, "main.tf"), manyResources(resources));
    const ran = time([process.execPath, faber, "deploy", "--env=bench", "--yes", "--json"], {
      cwd: dir,
      env: { ...process.env, NODE_OPTIONS: reportPeak },
    });
    const peak = ran.peakMiB ?? Number.NaN;
    return [
      row(
        `own memory, deploy of ${resources} resources`,
        `${peak.toFixed(0)} MiB`,
        "≤ 200 MB",
        peak * 1.048576 <= 200,
      ),
    ];
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Wide ones: each carries a document of some 2 kB, as policies and user data do. */
function manyResources(count: number): string {
  return `resource "terraform_data" "many" {
  count = ${count}
  input = {
    name   = "resource-\${count.index}"
    policy = jsonencode({ Statement = [for n in range(20) : { Sid = "s\${n}", Effect = "Allow", Action = ["s3:GetObject"], Resource = "arn:aws:s3:::bucket-\${count.index}/\${n}/*" }] })
  }
}
`;
}
