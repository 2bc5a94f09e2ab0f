import type { Place } from "./finding.ts";

/** What a tool said about its own run. A finding is about infrastructure, a FaberError about faber or its use. */
export interface Diagnostic {
  readonly severity: "error" | "warning";
  /** Constant for one kind of problem; everything variable stands in the detail. */
  readonly summary: string;
  readonly detail: string;
  /** Resource address, e.g. `module.a.aws_s3_bucket.b["x"]`. */
  readonly address?: string;
  readonly at?: Place;
  /** The lines of source it points to, as the tool printed them. */
  readonly excerpt?: string;
}

/** The answer of a tool: a value, or why there is none. Failing is data here, not an exception. */
export type Told<T> =
  | { readonly ok: true; readonly value: T; readonly diagnostics: readonly Diagnostic[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

export function told<T>(value: T, diagnostics: readonly Diagnostic[] = []): Told<T> {
  return { ok: true, value, diagnostics };
}

export function failed(diagnostics: readonly Diagnostic[]): {
  ok: false;
  diagnostics: readonly Diagnostic[];
} {
  return { ok: false, diagnostics };
}

/** Why there is no value, in a line: the first error. */
export function whyOf(diagnostics: readonly Diagnostic[]): string {
  const [error] = errorsIn(diagnostics);
  return error === undefined ? "no reason given" : [error.summary, error.detail].filter(Boolean).join(": ");
}

export function errorsIn(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.filter((diagnostic) => diagnostic.severity === "error");
}
