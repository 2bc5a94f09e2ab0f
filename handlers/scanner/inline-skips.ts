import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { InlineSkip } from "./contract.ts";
import { terraformFiles } from "./root-files.ts";

/** What comments in a root's files switch off, as `read` understands them. */
export async function skipsInRoot(
  root: string,
  read: (file: string, text: string) => readonly InlineSkip[],
): Promise<readonly InlineSkip[]> {
  const files = await terraformFiles(root);
  const skips = await Promise.all(
    files.map(async (file) => read(file, await readFile(join(root, file), "utf8"))),
  );
  return skips.flat();
}

/** `checkov:skip=RULE[,RULE]:reason`, as its comments write it; the other two names are older and newer ones of its. */
const checkovSkip =
  /(?:checkov|bridgecrew|cortex):skip=[ \t]*([\w-]+(?:[ \t]*,[ \t]*[\w-]+)*)(?::([^\n]*))?/g;

/** The rules that comments in one file switch off for Checkov. */
export function checkovSkips(file: string, text: string): readonly InlineSkip[] {
  return [...text.matchAll(checkovSkip)].flatMap(([, rules = "", reason = ""]) =>
    rules
      .split(",")
      .map((rule) => rule.trim())
      .filter((rule) => rule !== "")
      .map((rule) => ({ rule, file, reason: reason.trim() })),
  );
}

/** `tfsec:ignore:RULE[:exp:DATE]`, several on a line; Trivy reads its own and tfsec's. */
const aquaSkip = /(tfsec|trivy):ignore:([\w-]+|\*)/g;

/** The rules that comments in one file switch off for tfsec, or for Trivy. */
export function aquaSkips(tools: readonly string[]): (file: string, text: string) => readonly InlineSkip[] {
  return (file, text) =>
    [...text.matchAll(aquaSkip)].flatMap(([, tool = "", rule = ""]) =>
      tools.includes(tool) ? [{ rule, file, reason: "" }] : [],
    );
}

/** `tflint-ignore: RULE[, RULE] [# reason]`, and `tflint-ignore-file` for a whole file. */
const tflintSkip =
  /tflint-ignore(?:-file)?:[ \t]*([\w-]+(?:[ \t]*,[ \t]*[\w-]+)*)(?:[ \t]*#[ \t]*([^\n]*))?/g;

/** The rules that comments in one file switch off for tflint. */
export function tflintSkips(file: string, text: string): readonly InlineSkip[] {
  return [...text.matchAll(tflintSkip)].flatMap(([, rules = "", reason = ""]) =>
    rules.split(",").map((rule) => ({ rule: rule.trim(), file, reason: reason.trim() })),
  );
}
