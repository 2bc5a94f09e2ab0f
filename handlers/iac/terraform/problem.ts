import type { Diagnostic } from "../../../src/core/diagnostic.ts";
import type { ProblemKind } from "../contract.ts";

/** The first kind that any error of a failed command shows; Terraform's summaries are constant by its own rule. */
export function problemIn(diagnostics: readonly Diagnostic[]): ProblemKind {
  const texts = diagnostics
    .filter((diagnostic) => diagnostic.severity === "error")
    .map((diagnostic) => `${diagnostic.summary}\n${diagnostic.detail}`);
  const kind = signs.find(([, sign]) => texts.some((text) => sign.test(text)))?.[0];
  if (kind) return kind;
  return diagnostics.some((diagnostic) => diagnostic.severity === "error" && diagnostic.at)
    ? "configuration"
    : "other";
}

const signs: readonly (readonly [ProblemKind, RegExp])[] = [
  ["backend", /^Backend (?:configuration changed|type changed|initialization required)/],
  ["stale-plan", /Saved plan is stale/],
  [
    "variables",
    /^No value for required variable|^Invalid value for (?:input )?variable|^Failed to read variables file/,
  ],
  [
    "credentials",
    /No valid credential sources found|ExpiredToken|expired security token|token (?:has|is) expired|InvalidClientTokenId|SignatureDoesNotMatch|UnrecognizedClientException|failed to refresh cached credentials|not authorized to perform|AccessDenied|UnauthorizedOperation/i,
  ],
  // A place that takes no lock is nobody else's doing: Terraform has one heading for both.
  [
    "backend",
    /Error (?:acquiring the state lock|locking state)[^]*(?:read-only file system|permission denied|no space left on device|disk quota exceeded)/i,
  ],
  // After the credentials: whoever may not write the lock has the same heading as whoever finds it taken.
  ["locked", /Error acquiring the state lock|state (?:is|already) locked|Error locking state/i],
  [
    "provider",
    /Failed to query available provider packages|Failed to install provider|Required plugins are not installed|Inconsistent dependency lock file|Failed to load plugin schemas|Could not load plugin/,
  ],
];
