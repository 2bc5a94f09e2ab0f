import { describe, expect, test } from "vitest";
import type { IssueLog } from "../../../issue-log/contract.ts";
import { attemptOf, failureOf, noon, solutionOf } from "./samples.ts";
import { newLog, type Store } from "./stores.ts";

/** Lists, search, near matches and what belongs together. */
export function finding(store: Store): void {
  async function withThree(): Promise<IssueLog> {
    const log = await newLog(store);
    await log.record(failureOf("AccessDenied for queue jobs", { resourceType: "aws_sqs_queue" }));
    await log.record(
      failureOf("Throttling of calls, 100% used", {
        occurrence: { at: "2026-11-21T08:00:00Z" },
        resourceType: "aws_sqs_queue",
      }),
    );
    await log.record(
      failureOf("name my_bucket is taken", {
        occurrence: { at: "2026-11-22T08:00:00Z" },
        category: "resource",
      }),
    );
    return log;
  }
  const first = (issues: readonly { readonly message: string }[]): readonly string[] =>
    issues.map(({ message }) => message.split(" ")[0] ?? "");

  test("a list begins with what was seen last, and can be narrowed", async () => {
    const log = await withThree();
    expect(first(await log.list())).toEqual(["name", "Throttling", "AccessDenied"]);
    expect(first(await log.list({ category: "quota" }))).toEqual(["Throttling"]);
    expect(first(await log.list({ resourceType: "aws_sqs_queue" }))).toEqual(["Throttling", "AccessDenied"]);
    expect(first(await log.list({ since: "2026-11-21T10:00:00+02:00" }))).toEqual(["name", "Throttling"]);
    expect(first(await log.list({ limit: 1, offset: 1 }))).toEqual(["Throttling"]);
    expect(await log.list({ category: "network" })).toEqual([]);
  });

  test("a search looks for every word, literally, in what is known of an issue", async () => {
    const log = await withThree();
    const denied = (await log.list({ category: "permission" }))[0]?.id ?? "";
    await log.teach(denied, solutionOf("s", { description: "Grant SendMessage", steps: ["ask Zoe"] }));
    await log.note(denied, "me", "seen after the migration", noon);
    const found = async (text: string): Promise<readonly string[]> => first(await log.search(text));
    expect(await found("QUEUE denied")).toEqual(["AccessDenied"]);
    expect(await found("queue bucket")).toEqual([]);
    expect(await found("grant zoe")).toEqual(["AccessDenied"]);
    expect(await found("migration")).toEqual(["AccessDenied"]);
    expect(await found("100%")).toEqual(["Throttling"]);
    expect(await found("y_b")).toEqual(["name"]);
    expect(await found("b_c")).toEqual([]);
    expect(await found("'; DROP TABLE issues; --")).toEqual([]);
    expect(await found("  ")).toHaveLength(3);
    expect(first(await log.search("sqs", { category: "quota" }))).toEqual(["Throttling"]);
    expect(await found(denied.slice(3, 20))).toEqual(["AccessDenied"]);
  });

  test("near issues come most alike first, then those of the same code and category", async () => {
    const log = await newLog(store);
    const texts = ["red green blue one", "red green blue two", "red green", "black white"];
    for (const text of texts)
      await log.record(failureOf(text, text.endsWith("two") ? { category: "network" } : {}));
    const query = failureOf("red green blue").tokens;
    const near = await log.candidates({ tokens: query, category: "network", limit: 10 });
    expect(near.map(({ issue }) => issue.message)).toEqual([texts[1], texts[0], texts[2]]);
    expect(near.map(({ similarity }) => similarity)).toEqual([0.75, 0.75, expect.closeTo(2 / 3)]);
    expect(await log.candidates({ tokens: query, limit: 1 })).toHaveLength(1);
    expect(await log.candidates({ tokens: [], limit: 5 })).toEqual([]);
    const own = await log.candidates({ tokens: failureOf("black white").tokens, limit: 1 });
    expect(own).toMatchObject([{ issue: { message: "black white" }, similarity: 1 }]);
  });

  test("issues that belong together name each other", async () => {
    const log = await withThree();
    const [a, b, c] = (await log.list()).map(({ id }) => id);
    if (a === undefined || b === undefined || c === undefined) throw new Error("three were recorded");
    for (const [from, to, why] of [
      [a, b, "failed together"],
      [b, a, "failed together"],
      [c, a, "followed"],
      [a, a, "itself"],
    ] as const)
      await log.link(from, to, why);
    expect((await log.find(a))?.related).toEqual([b, c].sort());
    expect((await log.find(b))?.related).toEqual([a]);
    expect((await log.historyOf(c)).links).toEqual([{ to: a, why: "followed" }]);
    await log.note(c, "Ann", "second", "2026-11-21T00:00:00Z");
    await log.note(c, "Ann", "first", noon);
    await log.note(c, "Ann", "first", noon);
    expect((await log.historyOf(c)).notes).toEqual([
      { at: noon, author: "Ann", text: "first" },
      { at: "2026-11-21T00:00:00.000Z", author: "Ann", text: "second" },
    ]);
  });

  describe("statistics", () => {
    test("of an empty log are zeros, not errors", async () => {
      const log = await newLog(store);
      expect(await log.statistics(noon)).toMatchObject({
        total_issues: 0,
        total_resolutions: 0,
        avg_resolution_time_seconds: null,
        automation_rate: 0,
        most_common_categories: {},
        mean_time_to_resolve_seconds: null,
        worth_automating: [],
      });
    });

    test("count what the log holds", async () => {
      const log = await withThree();
      const [taken = "", throttled = "", denied = ""] = (await log.list()).map(({ id }) => id);
      await log.teach(denied, solutionOf("by-hand"));
      await log.teach(
        throttled,
        solutionOf("retry", { automation: { automated: true, handler: "retry", parameters: {} } }),
      );
      await log.record(
        failureOf("AccessDenied for queue jobs", {
          occurrence: { at: "2026-11-20T20:00:00Z" },
          resourceType: "aws_sqs_queue",
        }),
      );
      const times = ["12:10", "12:20", "20:30", "20:40", "20:50"];
      for (const [index, time] of times.entries())
        await log.remember(
          attemptOf(denied, "by-hand", {
            id: `h${index}`,
            at: `2026-11-20T${time}:00Z`,
            outcome: index === 1 ? "failure" : "success",
            durationSeconds: 60,
          }),
        );
      await log.remember(
        attemptOf(throttled, "retry", { id: "r", at: "2026-11-21T08:00:30Z", durationSeconds: 10 }),
      );
      await log.remember(
        attemptOf(throttled, "retry", { id: "i", provenBy: "imported", at: "2026-11-21T09:00:00Z" }),
      );
      const statistics = await log.statistics("2026-11-22T23:00:00Z");
      expect(statistics).toMatchObject({
        total_issues: 3,
        total_resolutions: 6,
        avg_resolution_time_seconds: 50,
        automation_rate: 33.3,
        most_common_categories: { permission: 1, quota: 1, resource: 1 },
        // 10 min, 30 min, and 30 s: what was not met again since the success before has no time.
        mean_time_to_resolve_seconds: (600 + 1_800 + 30) / 3,
        worth_automating: [
          {
            issue_id: denied,
            solution_id: "by-hand",
            description: "what by-hand does",
            successes: 4,
            attempts: 5,
            percentage: 80,
          },
        ],
      });
      expect(statistics.trend.at(-1)).toEqual({
        week: "2026-W47",
        occurrences: 4,
        new_issues: 3,
        resolutions: 6,
      });
      expect(statistics.trend).toHaveLength(12);
      expect(taken).not.toBe("");
    });
  });
}
