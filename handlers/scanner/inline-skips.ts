import type { InlineSkip } from "./contract.ts";

/** `checkov:skip=RULE[,RULE]:reason`, as its comments write it. */
const checkovSkip = /(?:#|\/\/)\s*checkov:skip=([A-Za-z0-9_,\s]+?)(?::([^\n]*))?$/gm;

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
