import type { Severity } from "../../src/core/finding.ts";

/** SARIF's levels. What nobody rated is worth a look, so it is no note. */
export const levels: Readonly<Record<Severity, "error" | "warning" | "note">> = {
  CRITICAL: "error",
  HIGH: "error",
  MEDIUM: "warning",
  LOW: "note",
  UNKNOWN: "warning",
};

/**
 * Numbers of `security-severity`, which GitHub's code scanning reads as: above 9.0 critical, from 7.0 high, from 4.0
 * medium, else low. What nobody rated gets none.
 */
export const securitySeverities: Readonly<Record<Severity, string | undefined>> = {
  CRITICAL: "9.5",
  HIGH: "8.0",
  MEDIUM: "5.5",
  LOW: "2.0",
  UNKNOWN: undefined,
};
