/** A finished time for a person: `2.1 s`, `1 min 12 s`, `1 h 4 min`. */
export function formatDuration(milliseconds: number): string {
  const tenths = Math.round(Math.max(0, milliseconds) / 100);
  return tenths < 600 ? `${(tenths / 10).toFixed(1)} s` : formatElapsed(milliseconds);
}

/** A time that still runs, in whole seconds, so that it does not flicker: `21 s`, `1 min 12 s`. */
export function formatElapsed(milliseconds: number): string {
  const seconds = Math.round(Math.max(0, milliseconds) / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
