import type { HealthCheck } from "../../core/health.ts";
import { safeLine } from "../../core/safe-text.ts";

/** What was last seen of one thing whose health is looked at. */
export interface Seen {
  /** Its address in the state, or the name of the check. */
  readonly id: string;
  /** `http`, `lambda`, or the type of a resource. */
  readonly kind: string;
  /** Absent where nobody asked for it: it was found in the state. */
  readonly check?: HealthCheck;
  /** `broken`: the question itself is wrong. */
  readonly state: "healthy" | "degraded" | "unhealthy" | "unchecked" | "broken";
  /** One line, safe for a terminal. */
  readonly saw: string;
  readonly attempts: number;
  readonly remedy?: string;
  /** Waiting will not change it. */
  readonly final: boolean;
}

/** More of an answer is not shown; characters. */
const longest = 400;

/** Text of a stranger on one line, cut, without the values in `secrets`. */
export function shownText(text: string, secrets: readonly string[] = []): string {
  const hidden = secrets
    .filter((secret) => secret.length >= 4)
    .reduce((rest, secret) => rest.replaceAll(secret, "(redacted)"), text);
  const line = safeLine(hidden).trim();
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}

export function isSettled({ state, final }: Seen): boolean {
  return state === "healthy" || final;
}
