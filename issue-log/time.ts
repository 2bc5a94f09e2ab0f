/** A given time in the one form that sorts as text: `2026-11-21T09:36:40.000Z`; undefined when it is none. */
export function utcTime(iso: string): string | undefined {
  const milliseconds = epochMs(iso);
  return Number.isNaN(milliseconds) ? undefined : isoOf(milliseconds);
}

/** Seconds from one time to a later one. */
export function secondsBetween(from: string, to: string): number {
  return (epochMs(to) - epochMs(from)) / 1_000;
}

export function daysBefore(iso: string, days: number): string {
  return isoOf(epochMs(iso) - days * dayMs);
}

/** ISO 8601 week of a day (`2026-11-21` or a time in UTC): `2026-W47`. Weeks belong to the year of their Thursday. */
export function isoWeek(iso: string): string {
  const midnight = epochMs(`${iso.slice(0, 10)}T00:00:00Z`);
  // Day 0 of the epoch was a Thursday.
  const weekday = (((midnight / dayMs + 3) % 7) + 7) % 7;
  const thursday = isoOf(midnight + (3 - weekday) * dayMs);
  const year = thursday.slice(0, 4);
  const dayOfYear = (epochMs(thursday) - epochMs(`${year}-01-01T00:00:00Z`)) / dayMs;
  return `${year}-W${String(Math.floor(dayOfYear / 7) + 1).padStart(2, "0")}`;
}

const dayMs = 86_400_000;
/** The years that four digits can write. */
const earliest = -62_167_219_200_000;
const latest = 253_402_300_799_999;

function epochMs(iso: string): number {
  // oxlint-disable-next-line no-restricted-globals -- reads a given time, not the clock
  const milliseconds = Date.parse(iso);
  return milliseconds >= earliest && milliseconds <= latest ? milliseconds : Number.NaN;
}

function isoOf(milliseconds: number): string {
  // oxlint-disable-next-line no-restricted-globals -- writes a given time, not the clock's
  return new Date(milliseconds).toISOString();
}
