import Database from "better-sqlite3";
import { expect, onTestFinished, test } from "vitest";
import { nearest } from "../../../../issue-log/index/rank.ts";
import { sketchOf, type WeightedToken } from "../../../../issue-log/index/sketch.ts";
import { openNearIndex, type NearIndex } from "../../../../issue-log/index/sqlite.ts";
import { sqliteNearTables } from "../../../../issue-log/index/sql.ts";
import { createRandom } from "../../../helpers/random.ts";

function newIndex(): { readonly db: Database.Database; readonly index: NearIndex } {
  const db = new Database(":memory:");
  onTestFinished(() => void db.close());
  db.exec(sqliteNearTables);
  return { db, index: openNearIndex(db) };
}

const tokensOf = (words: readonly string[]): readonly WeightedToken[] =>
  words.map((token) => ({ token, weight: token.startsWith("code:") ? 6 : 1 }));

test("an empty index knows nothing near", () => {
  const { index } = newIndex();
  expect(index.nearest(tokensOf(["a", "b"]), 5)).toEqual([]);
  expect(index.nearest([], 5)).toEqual([]);
});

test("adding the same twice changes nothing", () => {
  const { db, index } = newIndex();
  for (let count = 0; count < 2; count += 1) index.add(1, tokensOf(["a", "b", "c"]));
  expect(db.prepare("SELECT count(*) FROM near_sketches").pluck().get()).toBe(1);
  expect(index.nearest(tokensOf(["a", "b", "c"]), 5)).toEqual([{ key: 1, similarity: 1 }]);
});

test("finds what comparing with all finds, in a log of which half is one kind of failure", () => {
  const random = createRandom(11);
  const vocabulary = Array.from({ length: 500 }, () => random.text(7, "abcdefghijklmnop"));
  const { db, index } = newIndex();
  const hot = random.shuffle(vocabulary).slice(0, 14);
  const messages = Array.from({ length: 4_000 }, (_, at) => [
    `code:${at % 2 === 0 ? "hot" : random.below(40)}`,
    ...(at % 2 === 0 ? hot : random.shuffle(vocabulary).slice(0, 14)),
    random.pick(vocabulary),
    random.pick(vocabulary),
  ]);
  db.transaction(() => messages.forEach((words, at) => index.add(at + 1, tokensOf(words))))();

  const candidates = messages.map((words, at) => ({ key: at + 1, sketch: sketchOf(tokensOf(words)) }));
  let same = 0;
  const queries = 200;
  for (let count = 0; count < queries; count += 1) {
    const words = random.pick(messages).filter(() => !random.chance(0.15));
    const query = tokensOf([...words, random.pick(vocabulary)]);
    const [best] = nearest(sketchOf(query), candidates, 1);
    if (index.nearest(query, 1)[0]?.similarity === best?.similarity) same += 1;
  }
  expect(same / queries).toBeGreaterThanOrEqual(0.95);
});

test("reads no more of a log whose issues are all alike", () => {
  const { db, index } = newIndex();
  const alike = ["code:same", "the", "same", "words", "again"];
  db.transaction(() => {
    for (let key = 1; key <= 5_000; key += 1) index.add(key, tokensOf(alike));
  })();
  const read = index.nearest(tokensOf(alike), 5_000);
  expect(read.length).toBeGreaterThan(0);
  expect(read.length).toBeLessThan(200);
  expect(read.every(({ similarity }) => similarity === 1)).toBe(true);
});
