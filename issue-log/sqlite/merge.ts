import type { IncomingDossier, LoggedOccurrence, Merged } from "../contract.ts";
import { failureOf } from "../incoming-failure.ts";
import { knownTime, type Cleaning } from "../storable.ts";
import type { Connection } from "./connection.ts";
import { writeLink, writeNote } from "./history.ts";
import { keyOf } from "./issues.ts";
import { insertAlias, insertIssue, insertOccurrence, insertTag } from "./record.ts";
import { writeAttempt, writeSolution } from "./solutions.ts";

/** Adds what is missing; inside one transaction. */
export function mergeDossiers(db: Connection, clean: Cleaning, dossiers: readonly IncomingDossier[]): Merged {
  const total = { issues: 0, occurrences: 0, solutions: 0, attempts: 0, notes: 0, links: 0 };
  const merged: (readonly [number, IncomingDossier])[] = [];
  for (const dossier of dossiers) {
    const known = keyOf(db, dossier.issue.id);
    const key = known ?? insertDossierIssue(db, clean, dossier);
    if (known === undefined) total.issues += 1;
    total.occurrences += mergeOccurrences(db, clean, key, dossier);
    total.solutions += count(dossier.solutions, (one) => writeSolution(db, key, clean.solution(one), "keep"));
    total.attempts += count(dossier.attempts, (one) => writeAttempt(db, clean, key, one));
    total.notes += count(dossier.notes, ({ at, author, text }) =>
      writeNote(db, key, { at: knownTime(at), author: clean.text(author), text: clean.text(text) }),
    );
    for (const tag of dossier.issue.tags) insertTag(db, key, clean.text(tag));
    for (const alias of dossier.issue.aliases) insertAlias(db, key, clean.text(alias));
    merged.push([key, dossier]);
  }
  // Now that every issue is there that a link may name.
  for (const [key, { links }] of merged)
    total.links += count(links, ({ to, why }) => {
      const other = keyOf(db, to);
      return other !== undefined && writeLink(db, key, other, clean.text(why));
    });
  return total;
}

function count<T>(items: readonly T[], isNew: (item: T) => boolean): number {
  return items.filter(isNew).length;
}

function insertDossierIssue(db: Connection, clean: Cleaning, { issue, tokens }: IncomingDossier): number {
  const key = insertIssue(db, clean, {
    identity: { id: issue.id, algorithm: issue.algorithm },
    failure: failureOf(issue),
    message: clean.text(issue.message),
    occurrence: { at: knownTime(issue.firstSeen) },
    tokens,
  });
  db.near().add(key, tokens);
  return key;
}

/** Returns how many there are now that were not there before. */
function mergeOccurrences(
  db: Connection,
  clean: Cleaning,
  key: number,
  { issue, occurrences, carried }: IncomingDossier,
): number {
  const added = count(occurrences, (one) => mergeOccurrence(db, clean, key, one));
  for (const { source, count: carriedCount } of carried)
    db.prepare(
      `INSERT INTO carried (issue, source, count) VALUES (?, ?, ?)
       ON CONFLICT DO UPDATE SET count = max(count, excluded.count)`,
    ).run(key, clean.text(source), carriedCount);
  db.prepare(
    `UPDATE issues SET first_seen = min(first_seen, @first), last_seen = max(last_seen, @last), occurrence_count =
       (SELECT count(*) FROM occurrences WHERE issue = @key) +
       (SELECT coalesce(sum(count), 0) FROM carried WHERE issue = @key)
     WHERE key = @key`,
  ).run({ key, first: knownTime(issue.firstSeen), last: knownTime(issue.lastSeen) });
  return added;
}

/** One that is known but archived gets back what is known of it here. */
function mergeOccurrence(db: Connection, clean: Cleaning, key: number, one: LoggedOccurrence): boolean {
  const known = db.prepare<{ archived: number }>("SELECT archived FROM occurrences WHERE id = ?").get(one.id);
  if (known && (known.archived === 0 || one.archived)) return false;
  if (known) db.prepare("DELETE FROM occurrences WHERE id = ?").run(one.id);
  insertOccurrence(db, key, {
    ...clean.occurrence(one),
    id: one.id,
    archived: one.archived,
    ...(one.message !== undefined && { message: clean.text(one.message) }),
  });
  return known === undefined;
}
