import type { Diagnostic, Told } from "../core/diagnostic.ts";
import { FaberError } from "../core/error.ts";

/** The value of an answer; what the tool refused is a fix that could not be done. */
export function valueOf<T>(told: Told<T>, what: string): T {
  if (told.ok) return told.value;
  throw new FaberError({
    code: "fix-failed",
    exit: "deploy-failed",
    message: `${what} failed: ${firstError(told.diagnostics)}`,
    hints: ["nothing else was changed; the diagnosis above says how to do it by hand"],
  });
}

/** The first error of a tool, on one line. */
export function firstError(diagnostics: readonly Diagnostic[]): string {
  const found = diagnostics.find(({ severity }) => severity === "error");
  if (!found) return "the tool did not say why";
  const detail = found.detail.replace(/\s+/g, " ").trim().slice(0, 300);
  return detail === "" ? found.summary : `${found.summary}: ${detail}`;
}
