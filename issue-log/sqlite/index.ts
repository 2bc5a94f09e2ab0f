import type { Redactor } from "../../src/core/redact.ts";
import type { IssueDossier, IssueLog, RecordInput } from "../contract.ts";
import { createCleaning, knownTime, type Cleaning } from "../storable.ts";
import { bulkRecord } from "./bulk.ts";
import { connect, type Connection } from "./connection.ts";
import { findIssue, issueOf, knownKey, listIssues, wordsOf } from "./issues.ts";
import { nearIssues } from "./near.ts";
import { writeRecord } from "./record.ts";
import { attemptsFor, triedSolutions, writeAttempt, writeSolution } from "./solutions.ts";

export interface SqliteIssueLog extends IssueLog {
  /** Many records in few transactions; returns how many. What is recorded at the same time elsewhere waits. */
  readonly bulkRecord: (inputs: Iterable<RecordInput>) => number;
}

export interface SqliteSetting {
  readonly redactor: Redactor;
  /** How long to wait for another process that writes. */
  readonly busyTimeoutMs?: number;
}

const defaultHistory = 50;
const dossiersAtOnce = 100;

/**
 * A log in one file, which is made when it is missing. What looking up a failure does not need is loaded when it is
 * used: a process that asks once pays for every file that it reads. Throws FaberError `issue-log-…` when it cannot be
 * used.
 */
export async function openSqliteIssueLog(file: string, setting: SqliteSetting): Promise<SqliteIssueLog> {
  const db = await connect(file, setting.busyTimeoutMs);
  const clean = createCleaning(setting.redactor);
  return { ...readingOf(db), ...writingOf(db, clean), ...upkeepOf(db, clean) };
}

type Reading = Pick<
  IssueLog,
  "find" | "solutionsOf" | "candidates" | "list" | "search" | "attemptsFor" | "historyOf" | "statistics"
>;

function readingOf(db: Connection): Reading {
  return {
    find: async (id) => db.read(() => findIssue(db, id)),
    solutionsOf: async (issueId) => db.read(() => triedSolutions(db, knownKey(db, issueId))),
    candidates: async (query) => db.read(() => nearIssues(db, query)),
    list: async (filter = {}) => db.read(() => listIssues(db, filter)),
    search: async (text, filter = {}) => db.read(() => listIssues(db, filter, wordsOf(text))),
    attemptsFor: async (filter) => db.read(() => attemptsFor(db, filter)),
    historyOf: async (issueId, limit = defaultHistory) => {
      const { historyOf } = await import("./history.ts");
      return db.read(() => historyOf(db, knownKey(db, issueId), limit));
    },
    statistics: async (now) => {
      const [{ statisticsOf, trendStart }, { factsOf }] = await Promise.all([
        import("../statistics.ts"),
        import("./facts.ts"),
      ]);
      const time = knownTime(now);
      return statisticsOf(
        db.read(() => factsOf(db, trendStart(time))),
        time,
      );
    },
  };
}

type Writing = Pick<IssueLog, "record" | "teach" | "remember" | "note" | "link">;

function writingOf(db: Connection, clean: Cleaning): Writing {
  return {
    record: async (input) =>
      db.write(() => {
        const { key, isNew } = writeRecord(db, clean, input);
        if (isNew) db.near().add(key, input.tokens);
        return { issue: issueOf(db, key), isNew };
      }),
    teach: async (issueId, solution) =>
      db.write(() => void writeSolution(db, knownKey(db, issueId), clean.solution(solution))),
    remember: async (attempt) =>
      db.write(() => void writeAttempt(db, clean, knownKey(db, attempt.issueId), attempt)),
    note: async (issueId, author, text, at) => {
      const { writeNote } = await import("./history.ts");
      const note = { at: knownTime(at), author: clean.text(author), text: clean.text(text) };
      db.write(() => writeNote(db, knownKey(db, issueId), note));
    },
    link: async (a, b, why) => {
      const { writeLink } = await import("./history.ts");
      db.write(() => void writeLink(db, knownKey(db, a), knownKey(db, b), clean.text(why)));
    },
  };
}

type Upkeep = Pick<
  SqliteIssueLog,
  "dossiers" | "merge" | "coldOccurrences" | "shed" | "size" | "compact" | "close" | "bulkRecord"
>;

function upkeepOf(db: Connection, clean: Cleaning): Upkeep {
  return {
    dossiers: () => allDossiers(db),
    merge: async (dossiers) => {
      const { mergeDossiers } = await import("./merge.ts");
      return db.write(() => mergeDossiers(db, clean, dossiers));
    },
    coldOccurrences: async (before, keepNewest) => {
      const { coldOccurrences } = await import("./archive.ts");
      return db.read(() => coldOccurrences(db, before, keepNewest));
    },
    shed: async (ids) => {
      const { shedOccurrences } = await import("./archive.ts");
      return db.write(() => shedOccurrences(db, ids));
    },
    size: async () => (await import("./archive.ts")).sizeOf(db.file),
    compact: async () => db.exec("VACUUM; PRAGMA wal_checkpoint(TRUNCATE)"),
    close: async () => db.close(),
    bulkRecord: (inputs) => bulkRecord(db, clean, inputs),
  };
}

async function* allDossiers(db: Connection): AsyncIterable<IssueDossier> {
  const { dossierOf, keysAfter } = await import("./archive.ts");
  const after = (key: number): readonly number[] => db.read(() => keysAfter(db, key, dossiersAtOnce));
  for (let keys = after(0); keys.length > 0; keys = after(keys.at(-1) ?? 0))
    for (const key of keys) yield db.read(() => dossierOf(db, key));
}
