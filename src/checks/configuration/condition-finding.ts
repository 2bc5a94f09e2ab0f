import type { Finding } from "../../core/finding.ts";
import type { Condition } from "./conditions.ts";

const words: Readonly<Record<Condition["kind"], string>> = {
  check: "a check block",
  resource: "a condition of the resource",
  output: "a condition of the output",
  variable: "a validation of the variable",
  other: "a condition",
};

/** A condition of the configuration that does not hold, or could not be evaluated. */
export function conditionFinding({ address, kind, status, problems }: Condition, scanner: string): Finding {
  const isFailed = status === "fail";
  const said = problems.length === 0 ? "without a message" : problems.join("; ");
  return {
    rule: isFailed ? "condition-failed" : "condition-error",
    severity: "HIGH",
    address,
    message: isFailed ? `${words[kind]} fails: ${said}` : `${words[kind]} could not be evaluated: ${said}`,
    remedy: isFailed
      ? "the configuration itself says that this must hold: mend what it looks at, or the condition"
      : "see what its data source or expression asks for: faber preview",
    scanners: [scanner],
  };
}
