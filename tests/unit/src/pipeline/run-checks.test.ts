import { expect, test } from "vitest";
import type { Check } from "../../../../src/checks/contract.ts";
import { FaberError } from "../../../../src/core/error.ts";
import type { TestPhase, TestResult } from "../../../../src/core/result.ts";
import { runChecks } from "../../../../src/pipeline/run-checks.ts";
import { runContext } from "../../../helpers/run-context.ts";

const expired = new FaberError({
  code: "credentials-expired",
  exit: "credentials-or-permissions",
  message: "the credentials have expired",
  hints: ["aws sso login"],
});
const silent = new FaberError({
  code: "endpoint-down",
  exit: "wrong-usage",
  message: "nothing answers",
  why: "ECONNRESET",
});
const missing = new FaberError({ code: "tool-missing", exit: "wrong-usage", message: "no such tool" });

const passing: TestResult = {
  name: "passing",
  status: "PASS",
  duration_ms: 1,
  findings: [],
  requirement: "expected",
  figures: {},
};
const run = (thrown: unknown, phase: TestPhase, signal = new AbortController().signal) => {
  const checks: readonly Check[] = [
    { name: "passing", phase, run: async () => passing },
    { name: "broken", phase, run: () => Promise.reject(thrown) },
  ];
  return runChecks(runContext({ checks, signal }), phase, { without: [], planKnown: Promise.resolve() });
};

test.each<[string, unknown, string, object]>([
  [
    "credentials that expired",
    expired,
    "the credentials have expired; aws sso login",
    { exit: { code: 8, name: "credentials-or-permissions" } },
  ],
  ["a cloud that fell silent", silent, "nothing answers (ECONNRESET)", {}],
  ["a bug", new TypeError("x is undefined"), "the check itself failed: x is undefined", {}],
])(
  "%s in a test are its ERROR, and the other tests' results are kept",
  async (_what, thrown, reason, more) => {
    for (const phase of ["pre-deployment", "post-deployment"] as const) {
      const results = await run(thrown, phase);
      expect(results).toMatchObject([
        { status: "PASS" },
        { name: "broken", status: "ERROR", reason, ...more },
      ]);
      expect("exit" in (results[1] ?? {})).toBe("exit" in more);
    }
  },
);

test("what has to be mended before anything else ends the run", async () => {
  await expect(run(missing, "pre-deployment")).rejects.toBe(missing);
});

test("a run that was told to stop blames no credentials", async () => {
  await expect(run(expired, "post-deployment", AbortSignal.abort("SIGINT"))).rejects.toBe(expired);
});

test("ends when the last test has ended, also where one breaks off first", async () => {
  const phase = "post-deployment";
  const ended: string[] = [];
  const checks: readonly Check[] = [
    { name: "broken", phase, run: () => Promise.reject(missing) },
    {
      name: "slow",
      phase,
      run: async () => {
        await new Promise((resolve) => setImmediate(resolve));
        ended.push("slow");
        return passing;
      },
    },
  ];
  const all = runChecks(runContext({ checks }), phase, { without: [], planKnown: Promise.resolve() });
  await expect(all).rejects.toBe(missing);
  expect(ended).toEqual(["slow"]);
});
