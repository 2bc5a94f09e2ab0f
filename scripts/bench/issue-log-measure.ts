import { join } from "node:path";
import { performance } from "node:perf_hooks";
import Database from "better-sqlite3";
import { similarity } from "../../issue-log/index/rank.ts";
import { decodeSketch, sketchOf } from "../../issue-log/index/sketch.ts";
import { openNearIndex } from "../../issue-log/index/sqlite.ts";
import { createCorpus } from "./issue-log-corpus.ts";
import { tokensOf } from "./issue-log-tokens.ts";
import { median, row } from "./measure.ts";

/** Run by issue-log.ts: FOLDER ISSUES. Asks what issue-log-build.ts wrote. */
const [dir = "", count = ""] = process.argv.slice(2);
const issues = Number(count);
const lookUps = 1_000;
const compared = 300;
const fullTextQueries = 20;

const opening = performance.now();
const log = new Database(join(dir, "log.db"), { readonly: true });
const near = openNearIndex(log);
const opened = performance.now() - opening;

const messageOf = log.prepare<[number], string>("SELECT message FROM issues WHERE rowid = ?").pluck();
const idOf = log.prepare<[number], string>("SELECT id FROM issues WHERE rowid = ?").pluck();
const rowidOf = log.prepare<[string], number>("SELECT rowid FROM issues WHERE id = ?").pluck();
const rowids = Array.from({ length: lookUps }, (_, index) => 1 + Math.floor(((index + 0.5) * issues) / lookUps));

const ids = rowids.map((rowid) => idOf.get(rowid) ?? "");
const exact = ids.map((id) => timed(() => rowidOf.get(id)).milliseconds);

const corpus = createCorpus(11);
const strengths = [0.05, 0.15, 0.3];
const queries = rowids.map((rowid, index) =>
  corpus.vary(messageOf.get(rowid) ?? "", strengths[index % strengths.length] ?? 0),
);
const tokens = queries.map(tokensOf);
const found = tokens.map((query) => timed(() => near.nearest(query, 10)));
const residentMB = process.resourceUsage().maxRSS / 1_000;

const sample = Array.from({ length: compared }, (_, index) => Math.floor((index * lookUps) / compared));
const best = exhaustive(sample.map((index) => sketchOf(tokens[index] ?? [])));
const missed = sample.filter(
  (index, at) => (found[index]?.value[0]?.similarity ?? 0) < (best[at] ?? 0) - 1e-9,
);
const agreement = 1 - missed.length / compared;

const fullText = new Database(join(dir, "fulltext.db"), { readonly: true });
const matching = fullText.prepare<[string], unknown>(
  "SELECT rowid FROM messages WHERE messages MATCH ? ORDER BY bm25(messages) LIMIT 10",
);
const fullTextTimes = queries.slice(0, fullTextQueries).map((query) => {
  const words = [...new Set(query.match(/\w+/g))].map((word) => `"${word}"`).join(" OR ");
  return timed(() => matching.all(words)).milliseconds;
});

const times = found.map(({ milliseconds }) => milliseconds);
const factor = median(fullTextTimes) / median(times);
const ms = (value: number): string => `${value.toFixed(2)} ms`;
const p95 = quantile(times, 0.95);
const lines = [
  row("opening", ms(opened), "≤ 20 ms", opened <= 20),
  row("exact hit, p95", ms(quantile(exact, 0.95)), "≤ 1 ms", quantile(exact, 0.95) <= 1),
  row("near match, p50", ms(median(times)), "", true),
  row("near match, p95", ms(p95), "≤ 10 ms", p95 <= 10),
  row("near match, p99", ms(quantile(times, 0.99)), "", true),
  row(`same first answer as of all, ${compared} queries`, `${(agreement * 100).toFixed(1)} %`, "≥ 95 %", agreement >= 0.95),
  row("full-text OR by bm25, median", ms(median(fullTextTimes)), "", true),
  row("faster than that (medians)", `${factor.toFixed(0)} ×`, "≥ 50 ×", factor >= 50),
  row("resident memory", `${residentMB.toFixed(0)} MB`, "≤ 200 MB", residentMB <= 200),
];
process.stdout.write(`${lines.join("\n")}\n`);

function timed<T>(work: () => T): { readonly value: T; readonly milliseconds: number } {
  const from = performance.now();
  const value = work();
  return { value, milliseconds: performance.now() - from };
}

/** Of each query the greatest similarity that any issue has. */
function exhaustive(sketches: readonly ReturnType<typeof sketchOf>[]): readonly number[] {
  const greatest = sketches.map(() => 0);
  const all = log.prepare<[], Buffer>("SELECT sketch FROM near_sketches").pluck();
  for (const bytes of all.iterate()) {
    const issue = decodeSketch(bytes);
    sketches.forEach((query, index) => {
      const alike = similarity(query, issue);
      if (alike > (greatest[index] ?? 0)) greatest[index] = alike;
    });
  }
  return greatest;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
