/** Milliseconds since 1970 of an ISO 8601 time; NaN when it is none. */
function millisecondsOf(iso: string): number {
  return Date.parse(iso);
}

/** Days from one ISO 8601 time to a later one; 0 when they are the other way round or no times. */
export function daysBetween(from: string, to: string): number {
  const days = (millisecondsOf(to) - millisecondsOf(from)) / 86_400_000;
  return Number.isFinite(days) ? Math.max(0, days) : 0;
}
