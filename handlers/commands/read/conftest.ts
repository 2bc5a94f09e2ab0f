import { z } from "zod";
import type { Finding, Severity } from "../../../src/core/finding.ts";
import type { ReadFindings } from "./faber-json.ts";

const said = z.object({ msg: z.string(), metadata: z.record(z.string(), z.unknown()).optional() });
const results = z.array(
  z.object({
    namespace: z.string().optional(),
    successes: z.number().optional(),
    failures: z.array(said).nullish(),
    warnings: z.array(said).nullish(),
    exceptions: z.array(said).nullish(),
  }),
);

/** What `conftest test --output json` writes: an answer without a single rule run checked nothing. */
export function readConftest(
  json: string,
  { test, severity }: { readonly test: string; readonly severity: Severity },
): ReadFindings & { readonly rules?: number } {
  const document = results.safeParse(parseOrNothing(json));
  if (!document.success) return { ok: false, why: "conftest wrote no result" };
  const finding = (level: Severity, namespace: string | undefined) => (one: z.infer<typeof said>) => {
    const address = one.metadata?.["address"];
    return {
      rule: namespace ?? "main",
      severity: level,
      message: one.msg,
      ...(typeof address === "string" ? { address } : {}),
      scanners: [test],
    } satisfies Finding;
  };
  const findings = document.data.flatMap((result) => [
    ...(result.failures ?? []).map(finding(severity, result.namespace)),
    ...(result.warnings ?? []).map(finding("MEDIUM", result.namespace)),
  ]);
  const rules = document.data.reduce(
    (sum, result) =>
      sum + (result.successes ?? 0) + (result.failures?.length ?? 0) + (result.warnings?.length ?? 0),
    0,
  );
  return rules === 0 ? { ok: false, why: "no policy ran" } : { ok: true, findings, rules };
}

function parseOrNothing(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
