/** `21 Nov 2026, 09:36 UTC` of an ISO 8601 time; the text itself when it is none. */
export function formatTime(iso: string): string {
  const [, year, month, day, hour, minute] = timePattern.exec(iso) ?? [];
  const name = months[Number(month) - 1];
  if (name === undefined) return iso;
  return `${Number(day)} ${name} ${year}, ${hour}:${minute} UTC`;
}

/** `21 Nov` */
export function formatDay(iso: string): string {
  const [, , month, day] = timePattern.exec(iso) ?? [];
  const name = months[Number(month) - 1];
  return name === undefined ? iso.slice(0, 10) : `${Number(day)} ${name}`;
}

/** `340 ms`, `2.1 s`, `1 min 12 s`, `1 h 4 min`. */
export function formatDuration(milliseconds: number): string {
  const whole = Math.max(0, Math.round(milliseconds));
  if (whole < 1000) return `${whole} ms`;
  if (whole < 59_950) return `${(whole / 1000).toFixed(1)} s`;
  const seconds = Math.round(whole / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}

/** `1 finding`, `2 findings`. */
export function plural(count: number, word: string): string {
  return `${count.toLocaleString("en-US")} ${word}${count === 1 ? "" : "s"}`;
}

/** `$1,234.50`, `−$3.00`; what is no number stays as it is. */
export function formatMoney(amount: string | number): string {
  const usd = Number(amount);
  if (!Number.isFinite(usd)) return String(amount);
  const text = Math.abs(usd).toLocaleString("en-US", {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  });
  return `${usd < 0 ? "−" : ""}$${text}`;
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const timePattern = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)/;
