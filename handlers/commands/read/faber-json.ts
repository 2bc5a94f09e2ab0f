import { z } from "zod";
import { severities, type Finding, type Severity } from "../../../src/core/finding.ts";

const text = z.string().max(4_000);
const findingsDocument = z.object({
  findings: z
    .array(
      z.object({
        rule: text.min(1),
        message: text.min(1),
        severity: z.enum(severities).optional(),
        address: text.optional(),
        file: text.optional(),
        line: z.int().positive().optional(),
        remedy: text.optional(),
      }),
    )
    .max(100_000),
});

export type ReadFindings =
  | { readonly ok: true; readonly findings: readonly Finding[] }
  | { readonly ok: false; readonly why: string };

/** Findings in faber's own words: `{"findings": [{"rule", "message", "severity"?, "address"?, "file"?, "line"?, "remedy"?}]}`. */
export function readFaberJson(
  json: string,
  { test, severity }: { readonly test: string; readonly severity: Severity },
): ReadFindings {
  const parsed = parse(json);
  if (!parsed.ok) return parsed;
  const document = findingsDocument.safeParse(parsed.value);
  if (!document.success) {
    const issue = document.error.issues[0];
    return { ok: false, why: `${issue?.path.join(".") ?? "it"}: ${issue?.message ?? "is not valid"}` };
  }
  return {
    ok: true,
    findings: document.data.findings.map((found) => ({
      rule: found.rule,
      severity: found.severity ?? severity,
      message: found.message,
      ...(found.address === undefined ? {} : { address: found.address }),
      ...(found.file === undefined
        ? {}
        : { at: { file: found.file, ...(found.line === undefined ? {} : { line: found.line }) } }),
      ...(found.remedy === undefined ? {} : { remedy: found.remedy }),
      scanners: [test],
    })),
  };
}

type Parsed = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly why: string };

function parse(json: string): Parsed {
  try {
    return { ok: true, value: JSON.parse(json) };
  } catch (error) {
    if (error instanceof SyntaxError) return { ok: false, why: `it is not JSON: ${error.message}` };
    throw error;
  }
}
