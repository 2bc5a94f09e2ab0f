import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import type { IssueLog } from "../../../issue-log/contract.ts";
import { archiveLog } from "../../../issue-log/exchange/archive.ts";
import { exportLog } from "../../../issue-log/exchange/export.ts";
import { importLog } from "../../../issue-log/exchange/import.ts";
import { attemptOf, failureOf, identify, noon, solutionOf } from "./samples.ts";
import { originalLog } from "./original.ts";
import { everythingIn, newLog, type Store } from "./stores.ts";

const later = "2026-11-22T00:00:00.000Z";
const nothingAdded = { issues: 0, occurrences: 0, solutions: 0, attempts: 0, notes: 0, links: 0 };

/** Two issues with everything that a log can know. */
async function fill(log: IssueLog): Promise<readonly [string, string]> {
  const occurrence = {
    environment: "test",
    operation: "deploy",
    resourceAddress: "module.a.aws_sqs_queue.q",
    runId: "r",
  };
  const input = failureOf("AccessDenied on queue 1", {
    occurrence,
    resourceType: "aws_sqs_queue",
    extra: { tags: ["t"] },
  });
  const { issue } = await log.record({
    ...input,
    failure: { ...input.failure, action: "sqs:CreateQueue", secondaryCategory: "config" },
  });
  await log.record(
    failureOf("AccessDenied on queue 2", { resourceType: "aws_sqs_queue", occurrence: { at: later } }),
  );
  const other = await log.record(failureOf("Throttling"));
  const automation = {
    automated: true,
    handler: "grant",
    operation: "add",
    parameters: { actions: ["sqs:*"], days: 1 },
  };
  await log.teach(
    issue.id,
    solutionOf("s1", { kind: "permission_grant", automation, rootCause: "no policy" }),
  );
  await log.teach(issue.id, solutionOf("s2", { origin: "learned", impact: "high" }));
  const changes = { environment: "prod", protectedEnvironment: true, runId: "r2", durationSeconds: 1.5 };
  await log.remember(attemptOf(issue.id, "s1", { id: "a1", ...changes }));
  await log.remember(
    attemptOf(issue.id, "s1", { id: "a2", outcome: "abandoned", provenBy: "person", at: later }),
  );
  await log.note(issue.id, "Ann", "asked the other team", noon);
  await log.link(issue.id, other.issue.id, "failed together");
  return [issue.id, other.issue.id];
}

export function exchanging(store: Store): void {
  describe("an export", () => {
    test("has the original's keys", async () => {
      const log = await newLog(store);
      const [id, other] = await fill(log);
      const { issues, ...top } = await exportLog(log, later);
      expect(top).toMatchObject({
        version: "1.1",
        created: noon,
        last_updated: later,
        statistics: { total_issues: 2 },
      });
      expect(issues[0]).toMatchObject({
        issue_id: id,
        first_seen: noon,
        last_seen: later,
        occurrence_count: 2,
        error: {
          category: "permission",
          message: "AccessDenied on queue 1",
          normalized_message: "accessdenied on queue #",
          code: "AccessDenied",
          context: {
            environment: "test",
            operation: "deploy",
            resource_type: "aws_sqs_queue",
            resource_name: "module.a.aws_sqs_queue.q",
            terraform_module: "module.a",
          },
        },
        solutions: [
          {
            solution_id: "s1",
            category: "permission_grant",
            steps: ["first this", "then that"],
            automation: { automated: true, skill: "grant", operation: "add", parameters: { days: 1 } },
            success_rate: { attempts: 1, successes: 1, failures: 0, percentage: 100 },
            first_used: noon,
            last_used: noon,
            avg_resolution_time_seconds: 1.5,
          },
          { solution_id: "s2", success_rate: { attempts: 0 }, first_used: null },
        ],
        tags: ["t"],
        related_issues: [other],
        notes: [{ timestamp: noon, author: "Ann", note: "asked the other team" }],
      });
    });

    test("imports into an empty log without loss, and into its own log without effect", async () => {
      const log = await newLog(store);
      await fill(log);
      const exported = await exportLog(log, later);
      const json = JSON.stringify(exported);
      const copy = await newLog(store);
      expect(await importLog(copy, json, identify)).toEqual({
        issues: 2,
        occurrences: 3,
        solutions: 2,
        attempts: 2,
        notes: 1,
        links: 1,
      });
      expect(await exportLog(copy, later)).toEqual(exported);
      expect(await everythingIn(copy)).toEqual(await everythingIn(log));
      const query = { tokens: failureOf("AccessDenied on queue 9").tokens, limit: 3 };
      expect(await copy.candidates(query)).toEqual(await log.candidates(query));
      expect(await importLog(copy, gzipSync(json), identify)).toEqual(nothingAdded);
      expect(await importLog(log, Buffer.from(json), identify)).toEqual(nothingAdded);
      expect(await exportLog(copy, later)).toEqual(exported);
    });

    test("of an older algorithm gets today's identity and keeps its old one", async () => {
      const log = await newLog(store);
      const [old] = await fill(log);
      const json = JSON.stringify(await exportLog(log, later));
      const copy = await newLog(store);
      await importLog(copy, json, (message, type) => {
        const read = identify(`v2 ${message}`, type);
        return { ...read, identity: { id: read.identity.id, algorithm: 2 } };
      });
      const issue = await copy.find(old);
      expect(issue).toMatchObject({ algorithm: 2, aliases: [old], occurrenceCount: 2 });
      expect(issue?.id).not.toBe(old);
      expect(issue?.related).toHaveLength(1);
      expect(await copy.solutionsOf(old)).toHaveLength(2);
    });
  });

  describe("a log of the original plugin", () => {
    test("comes in whole, under today's identities", async () => {
      const log = await newLog(store);
      const json = JSON.stringify(originalLog());
      const merged = { issues: 2, occurrences: 2, solutions: 2, attempts: 22 + 3, notes: 1, links: 1 };
      expect(await importLog(log, json, identify)).toEqual(merged);
      const issue = await log.find("abc123...");
      expect(issue).toMatchObject({
        category: "permission",
        code: "AccessDenied",
        occurrenceCount: 8,
        aliases: ["abc123..."],
        firstSeen: "2025-10-20T10:00:00.000Z",
        lastSeen: "2025-10-28T15:30:00.000Z",
        tags: ["s3"],
      });
      expect(issue?.id).toHaveLength(64);
      expect(issue?.related).toEqual([(await log.find("def456"))?.id]);
      expect(await log.solutionsOf("abc123...")).toMatchObject([
        {
          solution: {
            id: "xyz789...",
            kind: "permission_grant",
            origin: "imported",
            automation: { handler: "infra-permission-manager" },
          },
          record: {
            attempts: 22,
            successes: 21,
            percentage: 95.5,
            meanResolutionSeconds: 45,
            firstUsed: "2025-10-21T09:00:00.000Z",
            lastUsed: "2025-10-28T15:40:00.000Z",
          },
        },
      ]);
      expect((await log.historyOf("abc123...")).occurrences).toMatchObject([
        { environment: "test", operation: "deploy", resourceAddress: "module.site.aws_s3_bucket.logs" },
      ]);
      expect(await log.statistics(noon)).toMatchObject({
        total_resolutions: 23,
        mean_time_to_resolve_seconds: null,
      });

      expect(await importLog(log, json, identify)).toEqual(nothingAdded);
      expect((await log.find("abc123..."))?.occurrenceCount).toBe(8);
      // And out and in again.
      const copy = await newLog(store);
      const exported = await exportLog(log, later);
      await importLog(copy, JSON.stringify(exported), identify);
      expect(await exportLog(copy, later)).toEqual(exported);
      expect(await importLog(copy, json, identify)).toEqual(nothingAdded);
    });

    test("that has grown adds what is new", async () => {
      const log = await newLog(store);
      await importLog(log, JSON.stringify(originalLog()), identify);
      await importLog(log, JSON.stringify(originalLog({ occurrences: 11, successes: 23 })), identify);
      expect((await log.find("abc123..."))?.occurrenceCount).toBe(11);
      expect((await log.solutionsOf("abc123..."))[0]?.record).toMatchObject({ successes: 23, failures: 1 });
    });

    test("of another team keeps both histories", async () => {
      const log = await newLog(store);
      await importLog(log, JSON.stringify(originalLog()), identify);
      await importLog(log, JSON.stringify(originalLog({ created: "2025-01-01T00:00:00Z" })), identify);
      expect((await log.find("abc123..."))?.occurrenceCount).toBe(16);
      expect((await log.solutionsOf("abc123..."))[0]?.record).toMatchObject({ successes: 42, failures: 2 });
    });
  });

  describe("a file that is no issue log changes nothing", () => {
    const good = (): { issues: Record<string, unknown>[] } => structuredClone(originalLog());
    const broken = (change: (log: ReturnType<typeof good>) => void): string => {
      const log = good();
      change(log);
      return JSON.stringify(log);
    };
    const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
    test.each<readonly [string, string | Uint8Array, string, RegExp]>([
      ["empty", "", "import-damaged", /no JSON/],
      ["half of one", JSON.stringify(good()).slice(0, 900), "import-damaged", /no JSON/],
      ["other JSON", "[1, 2]", "import-invalid", /^this is no issue log: document: /],
      ["nested without end", deep, "import-invalid", /document/],
      ["bytes that are no text", Buffer.from([0x7b, 0xff, 0xfe]), "import-damaged", /no UTF-8/],
      [
        "half a gzip file",
        gzipSync(JSON.stringify(good())).subarray(0, 200),
        "import-damaged",
        /cannot be unpacked/,
      ],
      ["a gzip bomb", gzipSync(Buffer.alloc(200 * 1024 * 1024)), "import-too-large", /128 MB/],
      [
        "of a later format",
        broken((log) => Object.assign(log, { version: "2.0" })),
        "import-invalid",
        /version: expected version 1/,
      ],
      [
        "without an ID",
        broken((log) => delete log.issues[1]?.["issue_id"]),
        "import-invalid",
        /issues\[1\]\.issue_id: /,
      ],
      [
        "of a wrong category",
        broken((log) => Object.assign(log.issues[1]?.["error"] as object, { category: "weather" })),
        "import-invalid",
        /issues\[1\]\.error\.category: /,
      ],
      [
        "of a wrong time",
        broken((log) => Object.assign(log.issues[0] ?? {}, { last_seen: "soon" })),
        "import-invalid",
        /issues\[0\]\.last_seen: expected an ISO/,
      ],
      [
        "of a path as ID",
        broken((log) => Object.assign(log.issues[0] ?? {}, { issue_id: "../../x" })),
        "import-invalid",
        /issues\[0\]\.issue_id/,
      ],
    ])("%s", async (_what, bytes, code, message) => {
      const log = await newLog(store);
      await fill(log);
      const before = await everythingIn(log);
      const importing = importLog(log, bytes, identify);
      await expect(importing).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
      expect(await everythingIn(log)).toEqual(before);
    });

    test("nor does one that turns out wrong halfway", async () => {
      const log = await newLog(store);
      await fill(log);
      const [first, second] = await everythingIn(log);
      if (!first || !second) throw new Error("two were filled in");
      const empty = await newLog(store);
      const lost = attemptOf(second.issue.id, "unknown", { id: "x" });
      const merging = empty.merge([
        { ...first, tokens: [] },
        { ...second, tokens: [], attempts: [lost] },
      ]);
      await expect(merging).rejects.toMatchObject({ code: "solution-not-found" });
      expect(await everythingIn(empty)).toEqual([]);
    });
  });

  test("logs merged in any order give the same statistics", async () => {
    const event = fc.record({
      message: fc.constantFrom("AccessDenied a", "Throttling b", "odd c"),
      day: fc.integer({ min: 1, max: 28 }),
      outcome: fc.constantFrom("success", "failure", "abandoned", undefined),
      seconds: fc.option(fc.integer({ min: 0, max: 999 }), { nil: undefined }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(event, { maxLength: 8 }), { minLength: 2, maxLength: 3 }),
        async (teams) => {
          const exports: string[] = [];
          for (const [team, events] of teams.entries()) {
            const log = await newLog(store);
            for (const [index, { message, day, outcome, seconds }] of events.entries()) {
              const at = `2026-10-${String(day).padStart(2, "0")}T10:00:00Z`;
              const { issue } = await log.record(failureOf(message, { occurrence: { at } }));
              await log.teach(issue.id, solutionOf("s"));
              const duration = seconds === undefined ? {} : { durationSeconds: seconds };
              if (outcome)
                await log.remember(
                  attemptOf(issue.id, "s", { id: `${team}-${index}`, at, outcome, ...duration }),
                );
            }
            exports.push(JSON.stringify(await exportLog(log, later)));
            await log.close();
          }
          const results: unknown[] = [];
          for (const order of [exports, exports.toReversed(), [...exports, ...exports]]) {
            const log = await newLog(store);
            for (const json of order) await importLog(log, json, identify);
            const counts = (await log.list()).map(({ id, occurrenceCount, firstSeen }) => [
              id,
              occurrenceCount,
              firstSeen,
            ]);
            results.push({ statistics: await log.statistics(later), counts });
            await log.close();
          }
          expect(results[1]).toEqual(results[0]);
          expect(results[2]).toEqual(results[0]);
        },
      ),
      { numRuns: 8, seed: 4 },
    );
  });

  describe("an archive", () => {
    async function withHistory(): Promise<IssueLog> {
      const log = await newLog(store);
      const [id] = await fill(log);
      for (let day = 1; day <= 30; day += 1) {
        const at = `2026-06-${String(day).padStart(2, "0")}T00:00:00Z`;
        const occurrence = { at, environment: "test", resourceAddress: `aws_sqs_queue.q${day}` };
        await log.record(
          failureOf(`AccessDenied on queue ${day}`, { occurrence, resourceType: "aws_sqs_queue" }),
        );
      }
      expect((await log.find(id))?.occurrenceCount).toBe(32);
      return log;
    }
    const byTime = (dossiers: Awaited<ReturnType<typeof everythingIn>>): unknown =>
      dossiers.map((one) => ({
        ...one,
        occurrences: one.occurrences.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
      }));

    test("takes what is known of old occurrences, and import brings it back", async () => {
      const log = await withHistory();
      const dir = await mkdtemp(join(tmpdir(), "faber-archive-"));
      onTestFinished(() => rm(dir, { recursive: true, force: true }));
      const [before, statistics] = [await everythingIn(log), await log.statistics(later)];
      const archived = await archiveLog(log, { now: later, to: dir, force: true });
      // 2 new and 18 old ones are the newest 20.
      expect(archived).toMatchObject({ outcome: "archived", occurrences: 12 });
      const [name = ""] = await readdir(dir);
      expect(name).toMatch(/^issue-log-20261122T000000Z-[0-9a-f]{6}\.json\.gz$/);
      const bytes = await readFile(join(dir, name));
      expect(gunzipSync(bytes).toString()).toContain("aws_sqs_queue.q12");
      expect(await log.statistics(later)).toEqual(statistics);
      const [slim] = await everythingIn(log);
      expect(slim).toMatchObject({
        issue: before[0]?.issue,
        solutions: before[0]?.solutions,
        attempts: before[0]?.attempts,
      });
      expect(slim?.occurrences.filter(({ archived: isOut }) => isOut)).toHaveLength(12);
      expect(JSON.stringify(slim)).not.toContain("aws_sqs_queue.q12");
      expect(await archiveLog(log, { now: later, to: dir, force: true })).toMatchObject({
        outcome: "nothing-old",
      });

      // An export of the slim log does not push out what another log still knows.
      const json = JSON.stringify(await exportLog(log, later));
      expect(await importLog(log, bytes, identify)).toEqual(nothingAdded);
      expect(byTime(await everythingIn(log))).toEqual(byTime(before));
      expect(await importLog(log, json, identify)).toEqual(nothingAdded);
      expect(byTime(await everythingIn(log))).toEqual(byTime(before));
    });

    test("goes to S3 under the original's key", async () => {
      const log = await withHistory();
      const put: [string, string][] = [];
      const upload = async (address: string, body: Uint8Array): Promise<void> => {
        put.push([address, Buffer.from(body).toString()]);
      };
      const request = { now: later, to: "s3://bucket", force: true } as const;
      await expect(archiveLog(log, request)).rejects.toMatchObject({ code: "archive-no-upload" });
      const refused = archiveLog(log, {
        ...request,
        upload: () => Promise.reject(new Error("no such bucket")),
      });
      await expect(refused).rejects.toThrow("no such bucket");
      // Nothing was let go that is not safe elsewhere.
      expect(await log.coldOccurrences(noon, 20)).toHaveLength(12);
      await archiveLog(log, { ...request, upload });
      expect(put[0]?.[0]).toMatch(
        /^s3:\/\/bucket\/issue-logs\/issue-log-20261122T000000Z-[0-9a-f]{6}\.json$/,
      );
      expect(await importLog(await newLog(store), put[0]?.[1] ?? "", identify)).toMatchObject({
        issues: 1,
        occurrences: 12,
      });
    });

    test("is made of a large log only, unless forced", async () => {
      const log = await withHistory();
      expect(await archiveLog(log, { now: later, to: "unused" })).toMatchObject({ outcome: "small-enough" });
    });
  });
}
