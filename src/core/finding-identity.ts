import { createHash } from "node:crypto";
import type { Finding } from "./finding.ts";

/** Hexadecimal digits of an identity: enough for millions of findings, short enough to read out. */
const digits = 16;

/**
 * What makes a finding the same in another run: root, address with its module path, rule and file. Lines move and
 * messages change with tool versions, so neither counts; a new resource has a new address and so a new identity.
 * `root` is the Terraform root relative to the project.
 */
export function findingIdentity(finding: Finding, root: string): string {
  const parts = [root, finding.address ?? "", finding.rule, finding.at?.file ?? ""];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, digits);
}
