/** Milliseconds since 1970 of an ISO 8601 time; NaN when it is none. */
export function millisecondsOf(iso: string): number {
  return Date.parse(iso);
}

/** Days from one ISO 8601 time to a later one; 0 when they are the other way round or no times. */
export function daysBetween(from: string, to: string): number {
  const days = (millisecondsOf(to) - millisecondsOf(from)) / 86_400_000;
  return Number.isFinite(days) ? Math.max(0, days) : 0;
}

/** Whether a time is not after another, both ISO 8601; false when one of them is none. */
export function isUntil(iso: string, limit: string): boolean {
  return millisecondsOf(iso) <= millisecondsOf(limit);
}

/** A time so many hours later, in whole seconds, as IAM's conditions take it: `2026-01-31T12:00:00Z`. */
export function hoursAfter(iso: string, hours: number): string {
  return `${new Date(millisecondsOf(iso) + hours * 3_600_000).toISOString().slice(0, 19)}Z`;
}

/** `2026-01-02 03:04:05.678 +0000 UTC`, as Go prints a time, in ISO 8601; nothing when it is none. */
export function isoOfGoTime(text: string): string | undefined {
  const [day, time] = text.split(" ");
  const at = new Date(`${day ?? ""}T${(time ?? "").replace(/(\.\d{3})\d+$/, "$1")}Z`);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}

/** Seconds since 1970, as AWS's JSON protocols write a time, in ISO 8601. */
export function isoOfEpochSeconds(seconds: number): string {
  return new Date(seconds * 1_000).toISOString();
}
