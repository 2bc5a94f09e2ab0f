import { join } from "node:path";
import { performance } from "node:perf_hooks";
import Database from "better-sqlite3";
import { totalWeight } from "../../issue-log/index/rank.ts";
import { decodeSketch, sketchOf, type Sketch } from "../../issue-log/index/sketch.ts";
import { openSqliteIssueLog } from "../../issue-log/sqlite/index.ts";
import { createRedactor } from "../../src/core/redact.ts";
import { createCorpus } from "./issue-log-corpus.ts";
import { readingOf } from "./issue-log-reading.ts";
import { median, row } from "./measure.ts";

/** Run by issue-log.ts: FOLDER ISSUES. Asks what issue-log-build.ts wrote. */
const [dir = "", count = ""] = process.argv.slice(2);
const issues = Number(count);
const lookUps = 1_000;
const compared = 300;
const fullTextQueries = 20;
const file = join(dir, "issue-log.db");
/** Share of the words that a query drops, changes or adds. */
const strengths = [0.05, 0.15, 0.3];

const opening = await timed(() => openSqliteIssueLog(file, { redactor: createRedactor() }));
const log = opening.value;
const raw = new Database(file, { readonly: true });
const sampled = raw.prepare<[number], { id: string; message: string }>(
  "SELECT id, message FROM issues WHERE key = ?",
);
const known = Array.from({ length: lookUps }, (_, index) => {
  const found = sampled.get(1 + Math.floor(((index + 0.5) * issues) / lookUps));
  if (!found) throw new Error("the log has fewer issues than it should");
  return found;
});

const exact: number[] = [];
for (const { id } of known) exact.push((await timed(() => log.find(id))).milliseconds);

const corpus = createCorpus(11);
const queries = known.map(({ message }, index) =>
  readingOf(corpus.vary(message, strengths[index % strengths.length] ?? 0)),
);
const near: number[] = [];
const first: number[] = [];
for (const { tokens } of queries) {
  const { value, milliseconds } = await timed(() => log.candidates({ tokens, limit: 5 }));
  near.push(milliseconds);
  first.push(value[0]?.similarity ?? 0);
}
const residentMB = process.resourceUsage().maxRSS / 1_000;
await log.close();

const sample = Array.from({ length: compared }, (_, index) => Math.floor((index * lookUps) / compared));
const best = exhaustive(sample.map((index) => sketchOf(queries[index]?.tokens ?? [])));
const agreed = sample.filter((index, at) => (first[index] ?? 0) >= (best[at] ?? 0) - 1e-9).length / compared;

const fullText = new Database(join(dir, "fulltext.db"), { readonly: true });
const matching = fullText.prepare<[string], unknown>(
  "SELECT rowid FROM messages WHERE messages MATCH ? ORDER BY bm25(messages) LIMIT 5",
);
const byText: number[] = [];
for (const { message } of queries.slice(0, fullTextQueries)) {
  const words = [...new Set(message.match(/\w+/g))].map((word) => `"${word}"`).join(" OR ");
  byText.push((await timed(() => matching.all(words))).milliseconds);
}

const factor = median(byText) / median(near);
const ms = (value: number): string => `${value.toFixed(2)} ms`;
const [exact95, near95] = [quantile(exact, 0.95), quantile(near, 0.95)];
// Full text takes time in proportion to the log: the limit is one for a million.
const factorLimit = issues < 1_000_000 ? 0 : 50;
const factorText = factorLimit > 0 ? `≥ ${factorLimit} ×` : "";
const ofAll = `same first answer as comparing all (${compared} queries)`;
const lines = [
  row("opening the log", ms(opening.milliseconds), "≤ 20 ms", opening.milliseconds <= 20),
  row("exact hit, p95", ms(exact95), "≤ 1 ms", exact95 <= 1),
  row("near match, p50", ms(median(near)), "", true),
  row("near match, p95", ms(near95), "≤ 10 ms", near95 <= 10),
  row("near match, p99", ms(quantile(near, 0.99)), "", true),
  row(ofAll, `${(agreed * 100).toFixed(1)} %`, "≥ 95 %", agreed >= 0.95),
  row("full text OR by bm25, median", ms(median(byText)), "", true),
  row("near match is faster than that", `${factor.toFixed(0)} ×`, factorText, factor >= factorLimit),
  row("resident memory", `${residentMB.toFixed(0)} MB`, "≤ 200 MB", residentMB <= 200),
];
process.stdout.write(`${lines.join("\n")}\n`);

async function timed<T>(
  work: () => T,
): Promise<{ readonly value: Awaited<T>; readonly milliseconds: number }> {
  const from = performance.now();
  const value = await work();
  return { value, milliseconds: performance.now() - from };
}

/** Of each query the greatest similarity that any issue has; every issue is looked at. */
function exhaustive(sketches: readonly Sketch[]): readonly number[] {
  const asking = askedFor(sketches);
  const totals = sketches.map(totalWeight);
  const greatest = new Float64Array(sketches.length);
  const shared = new Float64Array(sketches.length);
  for (const bytes of raw.prepare<[], Buffer>("SELECT sketch FROM near_sketches").pluck().iterate()) {
    const issue = decodeSketch(bytes);
    const total = totalWeight(issue);
    shared.fill(0);
    issue.hashes.forEach((hash, at) => {
      for (const { query, weight } of asking.get(hash) ?? [])
        shared[query] = (shared[query] ?? 0) + Math.min(weight, issue.weights[at] ?? 0);
    });
    shared.forEach((weight, query) => {
      const alike = weight / (total + (totals[query] ?? 0) - weight);
      if (alike > (greatest[query] ?? 0)) greatest[query] = alike;
    });
  }
  return [...greatest];
}

/** Which queries have a token, and with what weight. */
function askedFor(
  sketches: readonly Sketch[],
): ReadonlyMap<number, readonly { readonly query: number; readonly weight: number }[]> {
  const asking = new Map<number, { query: number; weight: number }[]>();
  sketches.forEach(({ hashes, weights }, query) =>
    hashes.forEach((hash, at) => {
      const entry = { query, weight: weights[at] ?? 0 };
      const others = asking.get(hash);
      if (others) others.push(entry);
      else asking.set(hash, [entry]);
    }),
  );
  return asking;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
