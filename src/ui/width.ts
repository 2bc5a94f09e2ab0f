import { stripAnsi } from "../core/safe-text.ts";

/**
 * Columns that a text takes in a terminal. Wide are East Asian scripts, full-width forms and emoji; combining
 * marks and format characters take none. Characters of ambiguous width count as one.
 */
export function displayWidth(text: string): number {
  const plain = stripAnsi(text);
  if (printableAscii.test(plain)) return plain.length;
  return clustersOf(plain).reduce((sum, cluster) => sum + clusterWidth(cluster), 0);
}

/** The text cut to `width` columns, its end replaced by `…`. Not for styled text. */
export function truncate(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  return width < 1 ? "" : `${takeColumns(clustersOf(text), width - 1)}…`;
}

/** The same with the middle replaced: for addresses and paths, whose ends tell the most. */
export function truncateMiddle(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  if (width < 5) return truncate(text, width);
  const clusters = clustersOf(text);
  const tail = Math.floor((width - 1) / 2);
  const end = takeColumns(clusters.toReversed(), tail);
  return `${takeColumns(clusters, width - 1 - tail)}…${clustersOf(end).toReversed().join("")}`;
}

export function padEnd(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - displayWidth(text)));
}

export function padStart(text: string, width: number): string {
  return " ".repeat(Math.max(0, width - displayWidth(text))) + text;
}

/** Lines of at most `width` columns, broken at spaces, inside a word only when it is longer than a line. */
export function wrap(text: string, width: number): string[] {
  const room = Math.max(8, width);
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const joined = line === "" ? word : `${line} ${word}`;
    if (displayWidth(joined) <= room) {
      line = joined;
      continue;
    }
    if (line !== "") lines.push(line);
    const pieces = chop(word, room);
    lines.push(...pieces.slice(0, -1));
    line = pieces.at(-1) ?? "";
  }
  return [...lines, line];
}

/** Parts joined by ` · `, broken between parts where a line would be too long, inside one only when it must. */
export function joinParts(parts: readonly string[], width: number): string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const joined = `${lines.at(-1) ?? ""} · ${part}`;
    if (lines.length > 0 && displayWidth(joined) <= width) lines[lines.length - 1] = joined;
    else lines.push(part);
  }
  return lines.flatMap((line) => wrap(line, width));
}

/** Pieces of at most `width` columns each. */
export function chop(text: string, width: number): string[] {
  const pieces: string[] = [];
  let rest = clustersOf(text);
  while (rest.length > 0) {
    const piece = takeColumns(rest, width) || (rest[0] ?? "");
    pieces.push(piece);
    rest = rest.slice(clustersOf(piece).length);
  }
  return pieces;
}

function takeColumns(clusters: readonly string[], columns: number): string {
  let taken = "";
  let used = 0;
  for (const cluster of clusters) {
    used += clusterWidth(cluster);
    if (used > columns) break;
    taken += cluster;
  }
  return taken;
}

function clustersOf(text: string): readonly string[] {
  if (printableAscii.test(text)) return text.split("");
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

function clusterWidth(cluster: string): number {
  if (zeroWidth.test(cluster)) return 0;
  return wide.test(cluster) ? 2 : 1;
}

const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });
const printableAscii = /^[ -~]*$/;
const zeroWidth = /^[\p{M}\p{Cf}\p{Cc}]/u;
const wide =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]|\ufe0f/u;
