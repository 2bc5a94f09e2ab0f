import type { Redactor } from "../../src/core/redact.ts";
import type { IssueDossier, IssueLog } from "../contract.ts";
import { wordsOf } from "../sqlite/issues.ts";
import { statisticsOf, trendStart } from "../statistics.ts";
import { createCleaning, knownTime, type Cleaning } from "../storable.ts";
import { coldOccurrences, dossierOf, keysAfter, shedOccurrences, sizeOf } from "./archive.ts";
import { connectTo, schema, type Connection } from "./connection.ts";
import { factsOf } from "./facts.ts";
import { historyOf, writeLink, writeNote } from "./history.ts";
import { findIssue, issueOf, knownKey, listIssues } from "./issues.ts";
import { mergeDossiers } from "./merge.ts";
import { migrate } from "./migrate.ts";
import { addToIndex, nearIssues } from "./near.ts";
import { writeRecord } from "./record.ts";
import { attemptsFor, triedSolutions, writeAttempt, writeSolution } from "./solutions.ts";

export interface PostgresSetting {
  readonly redactor: Redactor;
  /** How long to wait for another process that writes. */
  readonly busyTimeoutMs?: number;
}

const defaultHistory = 50;
const dossiersAtOnce = 100;

/**
 * A team's log, in its own schema of a database; the schema is made when it is missing. The URL's password is made
 * known to the redactor. Throws FaberError `issue-log-…` when it cannot be used.
 */
export async function openPostgresIssueLog(url: string, setting: PostgresSetting): Promise<IssueLog> {
  const { redactor, busyTimeoutMs } = setting;
  const db = connectTo(url, busyTimeoutMs);
  if (db.address.password !== undefined) redactor.learn(db.address.password);
  try {
    await migrate(db);
  } catch (error) {
    await db.close();
    throw error;
  }
  const clean = createCleaning(redactor);
  return { ...readingOf(db), ...writingOf(db, clean), ...upkeepOf(db, clean) };
}

type Reading = Pick<
  IssueLog,
  "find" | "solutionsOf" | "candidates" | "list" | "search" | "attemptsFor" | "historyOf" | "statistics"
>;

function readingOf({ read }: Connection): Reading {
  return {
    find: (id) => read((db) => findIssue(db, id)),
    solutionsOf: (issueId) => read(async (db) => triedSolutions(db, await knownKey(db, issueId))),
    candidates: (query) => read((db) => nearIssues(db, query)),
    list: (filter = {}) => read((db) => listIssues(db, filter)),
    search: (text, filter = {}) => read((db) => listIssues(db, filter, wordsOf(text))),
    attemptsFor: (filter) => read((db) => attemptsFor(db, filter)),
    historyOf: (issueId, limit = defaultHistory) =>
      read(async (db) => historyOf(db, await knownKey(db, issueId), limit)),
    statistics: async (now) => {
      const time = knownTime(now);
      return statisticsOf(await read((db) => factsOf(db, trendStart(time))), time);
    },
  };
}

type Writing = Pick<IssueLog, "record" | "teach" | "remember" | "note" | "link">;

function writingOf({ write }: Connection, clean: Cleaning): Writing {
  return {
    record: (input) =>
      write(async (db) => {
        const { key, isNew } = await writeRecord(db, clean, input);
        if (isNew) await addToIndex(db, key, input.tokens);
        return { issue: await issueOf(db, key), isNew };
      }),
    teach: (issueId, solution) =>
      write(async (db) => {
        await writeSolution(db, await knownKey(db, issueId), clean.solution(solution));
      }),
    remember: (attempt) =>
      write(async (db) => {
        await writeAttempt(db, clean, await knownKey(db, attempt.issueId), attempt);
      }),
    note: (issueId, author, text, at) =>
      write(async (db) => {
        const note = { at: knownTime(at), author: clean.text(author), text: clean.text(text) };
        await writeNote(db, await knownKey(db, issueId), note);
      }),
    link: (a, b, why) =>
      write(async (db) => {
        await writeLink(db, await knownKey(db, a), await knownKey(db, b), clean.text(why));
      }),
  };
}

type Upkeep = Pick<
  IssueLog,
  "dossiers" | "merge" | "coldOccurrences" | "shed" | "size" | "compact" | "close"
>;

function upkeepOf(connection: Connection, clean: Cleaning): Upkeep {
  const { read, writeAlone, outside, close } = connection;
  return {
    dossiers: () => allDossiers(connection),
    merge: (dossiers) => writeAlone((db) => mergeDossiers(db, clean, dossiers)),
    coldOccurrences: (before, keepNewest) => read((db) => coldOccurrences(db, before, keepNewest)),
    shed: (ids) => writeAlone((db) => shedOccurrences(db, ids)),
    size: () => read(sizeOf),
    // FULL gives room back to the disk; it holds up whoever writes occurrences, for as long as copying them takes.
    compact: () => outside([`VACUUM (FULL, ANALYZE) ${schema}.occurrences`]),
    close,
  };
}

async function* allDossiers({ read }: Connection): AsyncIterable<IssueDossier> {
  const after = (key: number): Promise<readonly number[]> => read((db) => keysAfter(db, key, dossiersAtOnce));
  for (let keys = await after(0); keys.length > 0; keys = await after(keys.at(-1) ?? 0))
    for (const key of keys) yield await read((db) => dossierOf(db, key));
}
