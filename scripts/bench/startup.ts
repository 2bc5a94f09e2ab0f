import { median, pairs, ratioOf, row, time } from "./measure.ts";

/** How long the program takes to say its version and its help, against the smallest Node program there is. */
export function benchStartup(faber: string, runs = 15): readonly string[] {
  return [
    ["--version", 2.5],
    ["--help", 3],
  ].map(([flag, limit]) => {
    const measured = pairs(
      runs,
      () => time([process.execPath, faber, String(flag)]).seconds,
      () => time([process.execPath, "-e", "0"]).seconds,
    );
    const ratio = ratioOf(measured.a, measured.b);
    const value = `${ratio.toFixed(2)} × (${(median(measured.a) * 1_000).toFixed(0)} ms)`;
    return row(`faber ${flag} / node -e 0`, value, `≤ ${limit} ×`, ratio <= Number(limit));
  });
}
