import type { IncomingDossier, LoggedOccurrence, Merged } from "../contract.ts";
import { failureOf } from "../incoming-failure.ts";
import { knownTime, type Cleaning } from "../storable.ts";
import type { Transaction } from "./connection.ts";
import { writeLink, writeNote } from "./history.ts";
import { keyOf } from "./issues.ts";
import { addToIndex } from "./near.ts";
import { insertAlias, insertIssue, insertOccurrence, insertTag } from "./record.ts";
import { writeAttempt, writeSolution } from "./solutions.ts";

/** Adds what is missing; inside one transaction, while nobody else writes. */
export async function mergeDossiers(
  db: Transaction,
  clean: Cleaning,
  dossiers: readonly IncomingDossier[],
): Promise<Merged> {
  const total = { issues: 0, occurrences: 0, solutions: 0, attempts: 0, notes: 0, links: 0 };
  const merged: (readonly [number, IncomingDossier])[] = [];
  for (const dossier of dossiers) {
    const known = await keyOf(db, dossier.issue.id);
    const key = known ?? (await insertDossierIssue(db, clean, dossier));
    if (known === undefined) total.issues += 1;
    total.occurrences += await mergeOccurrences(db, clean, key, dossier);
    total.solutions += await count(dossier.solutions, (one) =>
      writeSolution(db, key, clean.solution(one), "keep"),
    );
    total.attempts += await count(dossier.attempts, (one) => writeAttempt(db, clean, key, one));
    total.notes += await count(dossier.notes, ({ at, author, text }) =>
      writeNote(db, key, { at: knownTime(at), author: clean.text(author), text: clean.text(text) }),
    );
    for (const tag of dossier.issue.tags) await insertTag(db, key, clean.text(tag));
    for (const alias of dossier.issue.aliases) await insertAlias(db, key, clean.text(alias));
    merged.push([key, dossier]);
  }
  // Now that every issue is there that a link may name.
  for (const [key, { links }] of merged)
    total.links += await count(links, async ({ to, why }) => {
      const other = await keyOf(db, to);
      return other !== undefined && (await writeLink(db, key, other, clean.text(why)));
    });
  return total;
}

async function count<T>(items: readonly T[], isNew: (item: T) => Promise<boolean>): Promise<number> {
  let found = 0;
  for (const item of items) if (await isNew(item)) found += 1;
  return found;
}

async function insertDossierIssue(
  db: Transaction,
  clean: Cleaning,
  { issue, tokens }: IncomingDossier,
): Promise<number> {
  const key = await insertIssue(db, clean, {
    identity: { id: issue.id, algorithm: issue.algorithm },
    failure: failureOf(issue),
    message: clean.text(issue.message),
    occurrence: { at: knownTime(issue.firstSeen) },
    tokens,
  });
  await addToIndex(db, key, tokens);
  return key;
}

/** Returns how many there are now that were not there before. */
async function mergeOccurrences(
  db: Transaction,
  clean: Cleaning,
  key: number,
  { issue, occurrences, carried }: IncomingDossier,
): Promise<number> {
  const added = await count(occurrences, (one) => mergeOccurrence(db, clean, key, one));
  for (const { source, count: carriedCount } of carried)
    await db.run(
      `INSERT INTO carried AS c (issue, source, count) VALUES ($1, $2, $3)
       ON CONFLICT (issue, source) DO UPDATE SET count = greatest(c.count, excluded.count)`,
      [key, clean.text(source), carriedCount],
    );
  await db.run(
    `UPDATE issues SET first_seen = least(first_seen, $2), last_seen = greatest(last_seen, $3), occurrence_count =
       (SELECT count(*) FROM occurrences WHERE issue = $1) +
       (SELECT coalesce(sum(count), 0) FROM carried WHERE issue = $1)
     WHERE key = $1`,
    [key, knownTime(issue.firstSeen), knownTime(issue.lastSeen)],
  );
  return added;
}

/** One that is known but archived gets back what is known of it here. */
async function mergeOccurrence(
  db: Transaction,
  clean: Cleaning,
  key: number,
  one: LoggedOccurrence,
): Promise<boolean> {
  const known = await db.one<{ archived: number }>("SELECT archived FROM occurrences WHERE id = $1", [
    one.id,
  ]);
  if (known && (known.archived === 0 || one.archived)) return false;
  if (known) await db.run("DELETE FROM occurrences WHERE id = $1", [one.id]);
  await insertOccurrence(db, key, {
    ...clean.occurrence(one),
    id: one.id,
    archived: one.archived,
    ...(one.message !== undefined && { message: clean.text(one.message) }),
  });
  return known === undefined;
}
