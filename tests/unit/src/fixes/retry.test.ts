import { expect, it } from "vitest";
import { retry, retryBudget, secondsBefore } from "../../../../src/fixes/retry.ts";

it.each([
  ["nothing is known", {}, [2, 4, 8]],
  ["advice is the most it waits", { delay_seconds: 3 }, [2, 3, 3]],
  ["a rule of the service is kept", { delay_seconds: 60 }, [60, 60, 60]],
  ["nonsense is ignored", { delay_seconds: -5 }, [2, 4, 8]],
])("waits longer each time: %s", (_what, parameters, expected) => {
  expect([0, 1, 2].map((triedBefore) => secondsBefore({ parameters, triedBefore }))).toEqual(expected);
});

it("refuses when its budget is spent", () => {
  const situation = (triedBefore: number): Parameters<typeof retry.guard>[0] => ({
    diagnosis: {} as never,
    parameters: {},
    environment: "test",
    protectedEnvironment: false,
    triedBefore,
    signal: new AbortController().signal,
  });
  expect(retry.guard(situation(retryBudget - 1))).toBeUndefined();
  expect(retry.guard(situation(retryBudget))).toContain("3 times");
});
