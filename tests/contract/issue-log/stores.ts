import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { createRedactor, type Redactor } from "../../../src/core/redact.ts";
import type { IssueDossier, IssueLog } from "../../../issue-log/contract.ts";
import { openIssueLog } from "../../../issue-log/open.ts";

/** Where a log of its own lies, for one test. */
export interface Place {
  /** Each call is another connection; all are closed when the test ends. */
  readonly open: (redactor?: Redactor) => Promise<IssueLog>;
}

export interface Store {
  readonly name: string;
  /** Why it cannot be tested here. */
  readonly missing?: string;
  readonly place: () => Promise<Place>;
}

/** Every store that the contract holds for. */
export const stores: readonly Store[] = [{ name: "SQLite", place: placeForSqlite }];

async function placeForSqlite(): Promise<Place> {
  const dir = await mkdtemp(join(tmpdir(), "faber-issue-log-"));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return placeAt("issue-log.db", dir);
}

export function placeAt(url: string, cwd: string): Place {
  return {
    open: async (redactor = createRedactor()) => {
      const log = await openIssueLog({ url, cwd, redactor });
      onTestFinished(() => log.close());
      return log;
    },
  };
}

export async function newLog(store: Store, redactor?: Redactor): Promise<IssueLog> {
  return (await store.place()).open(redactor);
}

export async function everythingIn(log: IssueLog): Promise<readonly IssueDossier[]> {
  const dossiers: IssueDossier[] = [];
  for await (const dossier of log.dossiers()) dossiers.push(dossier);
  return dossiers;
}
