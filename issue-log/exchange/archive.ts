import { createHash } from "node:crypto";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { FaberError } from "../../src/core/error.ts";
import type { Occurrence } from "../../src/core/issue.ts";
import { writeFileAtomically } from "../../src/workdir/atomic-file.ts";
import type { IssueLog } from "../contract.ts";
import { issueNotFound } from "../not-found.ts";
import { daysBefore } from "../time.ts";
import { seedIssueOf } from "./export.ts";
import { formatVersion, type SeedIssue } from "./seed.ts";

/** A log that is smaller is left alone, unless forced; bytes. */
const archiveAbove = 10 * 1024 * 1024;
const oldAfterDays = 90;
const newestKept = 20;

export interface ArchiveRequest {
  /** ISO 8601. */
  readonly now: string;
  /** A folder, or `s3://BUCKET`. */
  readonly to: string;
  /** Whatever the size. */
  readonly force?: boolean;
  /** Puts bytes at an `s3://…` address, and resolves when they are safe there; needed for those alone. */
  readonly upload?: (address: string, body: Uint8Array) => Promise<void>;
}

export type Archived =
  | { readonly outcome: "small-enough"; readonly bytes: number }
  | { readonly outcome: "nothing-old"; readonly bytes: number }
  | {
      readonly outcome: "archived";
      /** The file, or its address. */
      readonly place: string;
      readonly occurrences: number;
      readonly bytesBefore: number;
      readonly bytes: number;
    };

/**
 * Moves what is known of old occurrences out of the log: older than 90 days and not among the 20 newest of their
 * issue. They stay counted; issues, solutions and attempts stay whole. `importLog` brings them back.
 */
export async function archiveLog(log: IssueLog, request: ArchiveRequest): Promise<Archived> {
  const bytesBefore = await log.size();
  if (bytesBefore <= archiveAbove && request.force !== true)
    return { outcome: "small-enough", bytes: bytesBefore };
  const old = await log.coldOccurrences(daysBefore(request.now, oldAfterDays), newestKept);
  if (old.length === 0) return { outcome: "nothing-old", bytes: bytesBefore };
  const document = {
    version: formatVersion,
    created: request.now,
    last_updated: request.now,
    issues: await issuesOf(log, old),
  };
  // First the copy, durable; only then does the log let go.
  const place = await put(request, Buffer.from(JSON.stringify(document)));
  const occurrences = await log.shed(old.map(({ id }) => id));
  await log.compact();
  return { outcome: "archived", place, occurrences, bytesBefore, bytes: await log.size() };
}

async function issuesOf(log: IssueLog, old: readonly Occurrence[]): Promise<readonly SeedIssue[]> {
  const byIssue = new Map<string, Occurrence[]>();
  for (const one of old) {
    const known = byIssue.get(one.issueId);
    if (known) known.push(one);
    else byIssue.set(one.issueId, [one]);
  }
  const issues: SeedIssue[] = [];
  for (const [issueId, own] of byIssue) {
    const issue = await log.find(issueId);
    if (!issue) throw issueNotFound(issueId);
    const occurrences = own.toReversed().map((one) => ({ ...one, archived: false }));
    const nothing = { carried: [], solutions: [], attempts: [], notes: [], links: [] };
    issues.push({ ...seedIssueOf({ issue, occurrences, ...nothing }), occurrence_count: own.length });
  }
  return issues;
}

async function put(request: ArchiveRequest, json: Uint8Array): Promise<string> {
  // Two archives of one second are two files, unless they say the same.
  const digest = createHash("sha256").update(json).digest("hex").slice(0, 6);
  const name = `issue-log-${request.now.replace(/[-:]/g, "").replace(/\.\d+/, "")}-${digest}.json`;
  if (!request.to.startsWith("s3://")) {
    const file = join(request.to, `${name}.gz`);
    await writeFileAtomically(file, await promisify(gzip)(json));
    return file;
  }
  if (!request.upload)
    throw new FaberError({
      code: "archive-no-upload",
      exit: "wrong-usage",
      message: `nothing here can write to ${request.to}`,
      hints: ["name a folder instead"],
    });
  const bucket = request.to.slice("s3://".length).replace(/\/+$/, "");
  const address = `s3://${bucket}/issue-logs/${name}`;
  await request.upload(address, json);
  return address;
}
