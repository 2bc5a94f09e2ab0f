import { errorsIn, type Diagnostic } from "./diagnostic.ts";
import { counts, worstFirst } from "./finding.ts";
import { blocks } from "./gate.ts";
import type { TestResult } from "./result.ts";

/** More failures at once are a landslide, and the first of them tell what it is. */
const mostTold = 10;

/** What blocking tests have to say, as errors that a debugger can read: what broke, and what was found to be wrong. */
export function failuresIn(tests: readonly TestResult[]): readonly Diagnostic[] {
  return tests
    .filter(blocks)
    .flatMap((test): readonly Diagnostic[] => {
      if (test.status !== "FAIL")
        return [{ severity: "error", summary: `${test.name} could not be made`, detail: test.reason ?? "" }];
      return test.findings
        .filter((finding) => counts(finding) && serious.has(finding.severity))
        .toSorted(worstFirst)
        .map(({ rule, message, address }) => ({
          severity: "error",
          summary: `${test.name} failed: ${rule}`,
          detail: message,
          ...(address === undefined ? {} : { address }),
        }));
    })
    .slice(0, mostTold);
}

const serious: ReadonlySet<string> = new Set(["CRITICAL", "HIGH"]);

/** What a tool itself says of files that it refuses. */
export function invalidityIn(tests: readonly TestResult[]): readonly Diagnostic[] {
  return errorsIn(tests.filter(blocks).flatMap(({ diagnostics }) => diagnostics ?? []));
}
