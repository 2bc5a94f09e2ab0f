import { allEnded } from "../core/all-ended.ts";
import { told, type Diagnostic, type Told } from "../core/diagnostic.ts";
import type { Finding } from "../core/finding.ts";
import type { TestResult } from "../core/result.ts";
import type { Check, CheckContext } from "./contract.ts";

/** Format and meaning of the files: not formatted is a warning, not valid blocks. */
export const terraformValidation: Check = {
  name: "terraform_validation",
  phase: "pre-deployment",
  run: async (context) => {
    const { iac, clock } = context;
    const started = clock.monotonic();
    const [format, validity] = await allEnded([iac.unformatted(), validityOf(context)]);
    const files = format.ok ? format.value.files : [];
    const checked = format.ok ? format.value.checked : 0;
    const problems = validity.diagnostics.map(findingOf);
    const findings = [...problems, ...files.map(unformattedFinding)];
    const status = !validity.ok ? "FAIL" : findings.length > 0 || !format.ok ? "WARN" : "PASS";
    const form = !format.ok
      ? "format unknown"
      : files.length === 0
        ? "formatted"
        : `${files.length} not formatted`;
    return {
      name: "terraform_validation",
      status,
      duration_ms: Math.round(clock.monotonic() - started),
      findings,
      reason: [
        ...(checked === 0 ? [] : [`${checked} ${checked === 1 ? "file" : "files"}`]),
        ...(checked === 0 && format.ok ? [] : [form]),
        validity.ok ? "valid" : "not valid",
      ].join(", "),
      requirement: "required",
      figures: { files_checked: checked, unformatted: [...files], valid: validity.ok },
      ...(validity.ok ? {} : { diagnostics: validity.diagnostics }),
    } satisfies TestResult;
  },
};

/**
 * What can be planned is valid: Terraform validates before it plans, so a plan that is being made anyway answers
 * without starting the providers once more. Where there is none, or it failed, the files are asked alone.
 */
async function validityOf({ iac, plan }: CheckContext): Promise<Told<void>> {
  return (await plan()) ? told(undefined) : iac.validate();
}

/** The same test for files that could not be read at all. */
export function invalidFiles(diagnostics: readonly Diagnostic[], reason: string): TestResult {
  return {
    name: "terraform_validation",
    status: "FAIL",
    duration_ms: 0,
    findings: diagnostics.map(findingOf),
    reason,
    requirement: "required",
    figures: { valid: false },
  };
}

function findingOf(diagnostic: Diagnostic): Finding {
  return {
    rule: diagnostic.severity === "error" ? "terraform-invalid" : "terraform-warning",
    severity: diagnostic.severity === "error" ? "HIGH" : "LOW",
    message: diagnostic.detail === "" ? diagnostic.summary : `${diagnostic.summary}: ${diagnostic.detail}`,
    ...(diagnostic.address === undefined ? {} : { address: diagnostic.address }),
    ...(diagnostic.at === undefined ? {} : { at: diagnostic.at }),
    scanners: ["terraform"],
  };
}

function unformattedFinding(file: string): Finding {
  return {
    rule: "terraform-format",
    severity: "LOW",
    message: "the file is not in the canonical format",
    at: { file },
    remedy: "terraform fmt",
    scanners: ["terraform"],
  };
}
