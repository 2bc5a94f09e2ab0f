import { describe, expect, test } from "vitest";
import { createRedactor } from "../../../src/core/redact.ts";
import type { IssueLog } from "../../../issue-log/contract.ts";
import { attemptOf, failureOf, noon, solutionOf } from "./samples.ts";
import { everythingIn, newLog, type Store } from "./stores.ts";

/** What is recorded, how it is found again, and what is counted. */
export function remembering(store: Store): void {
  describe("a failure", () => {
    test("is a new issue the first time, and one more occurrence after that", async () => {
      const log = await newLog(store);
      const occurrence = {
        environment: "test",
        operation: "deploy",
        resourceAddress: "aws_s3_bucket.a",
        runId: "r1",
      };
      const first = await log.record(
        failureOf("AccessDenied on bucket 1", {
          occurrence,
          resourceType: "aws_s3_bucket",
          extra: { tags: ["b", "a"] },
        }),
      );
      expect(first.isNew).toBe(true);
      expect(first.issue).toMatchObject({
        algorithm: 1,
        category: "permission",
        code: "AccessDenied",
        resourceType: "aws_s3_bucket",
        message: "AccessDenied on bucket 1",
        normalizedMessage: "accessdenied on bucket #",
        occurrenceCount: 1,
        tags: ["a", "b"],
        aliases: [],
        related: [],
      });
      const earlier = { at: "2026-11-19T23:30:00+02:00" };
      const second = await log.record(
        failureOf("AccessDenied on bucket 2", { occurrence: earlier, resourceType: "aws_s3_bucket" }),
      );
      expect(second).toMatchObject({
        isNew: false,
        issue: {
          id: first.issue.id,
          message: "AccessDenied on bucket 1",
          occurrenceCount: 2,
          firstSeen: "2026-11-19T21:30:00.000Z",
          lastSeen: noon,
        },
      });
      expect(await log.find(first.issue.id)).toEqual(second.issue);
      const { occurrences } = await log.historyOf(first.issue.id);
      expect(occurrences).toEqual([
        {
          id: expect.any(String),
          at: noon,
          archived: false,
          ...occurrence,
          message: "AccessDenied on bucket 1",
        },
        {
          id: expect.any(String),
          at: "2026-11-19T21:30:00.000Z",
          archived: false,
          message: "AccessDenied on bucket 2",
        },
      ]);
    });

    test("that a better algorithm names anew keeps its history and its old ID", async () => {
      const log = await newLog(store);
      const old = await log.record(failureOf("queue 1 is gone"));
      const again = failureOf("queue 1 is gone");
      const identity = { id: "f".repeat(64), algorithm: 2 };
      const recorded = await log.record({ ...again, identity, formerIds: ["unknown", old.issue.id] });
      expect(recorded).toMatchObject({
        isNew: false,
        issue: { ...identity, occurrenceCount: 2, aliases: [old.issue.id] },
      });
      expect(await log.find(old.issue.id)).toEqual(recorded.issue);
      // Somebody with the older faber records it meanwhile.
      expect((await log.record(again)).issue).toMatchObject({ ...identity, occurrenceCount: 3 });
    });

    test("without a time that can be read is refused", async () => {
      const log = await newLog(store);
      const bad = log.record(failureOf("x", { occurrence: { at: "yesterday" } }));
      await expect(bad).rejects.toMatchObject({ code: "issue-log-invalid-time" });
      expect(await log.list()).toEqual([]);
    });
  });

  describe("an issue is found", () => {
    test("by the beginning of its ID, when that is long enough and fits one", async () => {
      const log = await newLog(store);
      for (const [id, message] of [
        ["abcdef1111", "one"],
        ["abcdef2222", "two"],
      ] as const)
        await log.record({ ...failureOf(message), identity: { id, algorithm: 1 } });
      expect((await log.find("abcdef1"))?.message).toBe("one");
      expect(await log.find("abcde")).toBeUndefined();
      expect(await log.find("abcdefx")).toBeUndefined();
      expect(await log.find("")).toBeUndefined();
      await expect(log.find("abcdef")).rejects.toMatchObject({
        code: "issue-id-ambiguous",
        exitName: "wrong-usage",
      });
      await expect(log.solutionsOf("abcdef1")).rejects.toMatchObject({ code: "issue-not-found" });
    });
  });

  describe("what is stored", () => {
    test("holds no secret, whichever way it came in", async () => {
      const redactor = createRedactor();
      redactor.learn("hunter2-secret");
      const log = await newLog(store, redactor);
      const secret = "hunter2-secret and AKIAABCDEFGHIJKLMNOP";
      const input = failureOf(`no entry for ${secret}`, {
        occurrence: { environment: secret, operation: secret, resourceAddress: secret, runId: secret },
        resourceType: secret,
        extra: { tags: [secret] },
      });
      const { issue } = await log.record({
        ...input,
        failure: { ...input.failure, code: secret, action: secret },
      });
      const parameters = { value: { deep: [secret] } };
      const automation = { automated: true, handler: "x", parameters };
      await log.teach(
        issue.id,
        solutionOf("s", { description: secret, steps: [secret], automation, rootCause: secret }),
      );
      await log.remember(attemptOf(issue.id, "s", { id: "a", environment: secret, runId: secret }));
      await log.note(issue.id, secret, secret, noon);
      const other = await log.record(failureOf("another"));
      await log.link(issue.id, other.issue.id, secret);
      const stored = JSON.stringify(await everythingIn(log));
      expect(stored).not.toMatch(/hunter2|AKIAABC/);
      expect(stored.match(/\(redacted\)/g)?.length).toBeGreaterThan(20);
    });

    test("is cut with a note when it is far too long", async () => {
      const log = await newLog(store);
      const long = `begins here ${"😀".repeat(5_000_000)} ends here`;
      const { issue } = await log.record(failureOf(long));
      expect(issue.message.length).toBeLessThan(17_000);
      expect(issue.message).toMatch(
        /^begins here[^]*… 9983\d{3} characters are left out here …[^]*ends here$/u,
      );
      expect(issue.message).not.toMatch(/\p{Surrogate}/u);
    });

    test("is text that every store can hold", async () => {
      const log = await newLog(store);
      const { issue } = await log.record(
        failureOf("nul \0 half \ud800 '); DROP TABLE issues; -- \u001b[31m"),
      );
      expect(issue.message).toBe("nul \ufffd half \ufffd '); DROP TABLE issues; -- \u001b[31m");
      expect(await log.find(issue.id)).toEqual(issue);
    });
  });

  describe("a solution's record", () => {
    test("is counted from its attempts", async () => {
      const log = await newLog(store);
      const { issue } = await log.record(failureOf("state is locked"));
      await log.teach(
        issue.id,
        solutionOf("s1", { rootCause: "a dead run", kind: "state_fix", impact: "medium" }),
      );
      await log.teach(issue.id, solutionOf("s2"));
      const tries = [
        {
          id: "1",
          outcome: "success",
          durationSeconds: 40,
          environment: "test",
          protectedEnvironment: false,
        },
        {
          id: "2",
          outcome: "success",
          durationSeconds: 20,
          environment: "test",
          protectedEnvironment: false,
        },
        {
          id: "3",
          outcome: "failure",
          durationSeconds: 500,
          environment: "prod",
          protectedEnvironment: true,
        },
        { id: "4", outcome: "abandoned" },
        { id: "5", outcome: "success", at: "2026-11-21T00:00:00Z" },
      ] as const;
      for (const one of tries) await log.remember(attemptOf(issue.id, "s1", one));
      await log.remember(attemptOf(issue.id, "s1", { ...tries[0], outcome: "failure" }));
      const [best, other] = await log.solutionsOf(issue.id);
      expect(best?.solution).toEqual(
        solutionOf("s1", { rootCause: "a dead run", kind: "state_fix", impact: "medium" }),
      );
      expect(best?.record).toEqual({
        attempts: 4,
        successes: 3,
        failures: 1,
        percentage: 75,
        abandoned: 1,
        meanResolutionSeconds: 30,
        firstUsed: noon,
        lastUsed: "2026-11-21T00:00:00.000Z",
        environments: [
          {
            environment: "prod",
            protectedEnvironment: true,
            attempts: 1,
            successes: 0,
            failures: 1,
            percentage: 0,
          },
          {
            environment: "test",
            protectedEnvironment: false,
            attempts: 2,
            successes: 2,
            failures: 0,
            percentage: 100,
          },
          {
            environment: null,
            protectedEnvironment: null,
            attempts: 1,
            successes: 1,
            failures: 0,
            percentage: 100,
          },
        ],
      });
      expect(best?.attempts.map(({ id }) => id)).toEqual(["1", "2", "3", "4", "5"]);
      expect(best?.attempts[2]).toEqual(attemptOf(issue.id, "s1", tries[2]));
      expect(other).toMatchObject({
        record: { attempts: 0, percentage: 0, meanResolutionSeconds: null },
        attempts: [],
      });

      await log.teach(issue.id, solutionOf("s1", { description: "better words" }));
      const [again] = await log.solutionsOf(issue.id);
      expect(again).toMatchObject({ solution: { description: "better words" }, record: { attempts: 4 } });
    });

    test("is of one issue: the same solution of another has its own", async () => {
      const log = await newLog(store);
      const ids: string[] = [];
      for (const message of ["alpha", "beta"]) {
        const { issue } = await log.record(failureOf(message));
        await log.teach(issue.id, solutionOf("shared"));
        await log.remember(attemptOf(issue.id, "shared", { id: message, runId: `run-${message}` }));
        ids.push(issue.id);
      }
      const attempts = async (filter: Parameters<typeof log.attemptsFor>[0]): Promise<readonly string[]> =>
        (await log.attemptsFor(filter)).map(({ id }) => id);
      expect(await attempts({ solutionId: "shared" })).toEqual(["alpha", "beta"]);
      expect(await attempts({ issueId: ids[1] ?? "" })).toEqual(["beta"]);
      expect(await attempts({ runId: "run-alpha" })).toEqual(["alpha"]);
      expect(await attempts({ solutionId: "shared", runId: "none" })).toEqual([]);
      expect(await attempts({ issueId: "nobody" })).toEqual([]);
      expect(await attempts({})).toEqual(["alpha", "beta"]);
    });

    test("needs an issue and a solution that are known", async () => {
      const log = await newLog(store);
      const { issue } = await log.record(failureOf("gamma"));
      const unknown = log.remember(attemptOf(issue.id, "s", { id: "1" }));
      await expect(unknown).rejects.toMatchObject({ code: "solution-not-found" });
      const lost = log.remember(attemptOf("nobody", "s", { id: "1" }));
      await expect(lost).rejects.toMatchObject({ code: "issue-not-found" });
      await expect(log.teach("nobody", solutionOf("s"))).rejects.toMatchObject({ code: "issue-not-found" });
      await expect(log.note("nobody", "a", "b", noon)).rejects.toMatchObject({ code: "issue-not-found" });
      await expect(log.link(issue.id, "nobody", "b")).rejects.toMatchObject({ code: "issue-not-found" });
    });
  });

  test("two connections that record the same at once lose nothing", async () => {
    const place = await store.place();
    const logs = await Promise.all([place.open(), place.open(), place.open()]);
    const twenty = async (log: IssueLog): Promise<void> => {
      for (let count = 0; count < 20; count += 1)
        await log.record(failureOf(`message ${count % 2 ? "x" : "y"}`));
    };
    await Promise.all(logs.map(twenty));
    const counts = (await logs[0]?.list())?.map(({ occurrenceCount }) => occurrenceCount);
    expect(counts).toEqual([30, 30]);
  });
}
