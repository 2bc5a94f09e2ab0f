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

it("refuses when its budget is spent", async () => {
  const offerAfter = (triedBefore: number, transient = true): ReturnType<typeof retry.offer> =>
    retry.offer({
      // All that it looks at.
      diagnosis: { transient } as never,
      together: [],
      parameters: {},
      triedBefore,
      signal: new AbortController().signal,
    });
  expect(await offerAfter(retryBudget - 1)).toMatchObject({
    kind: "offered",
    summary: "wait about 8 s, then run the failed stage again (try 3 of 3)",
  });
  expect(await offerAfter(retryBudget)).toEqual({
    kind: "refused",
    reason: "it was tried 3 times and failed each time",
  });
  expect(await offerAfter(1, false)).toMatchObject({
    kind: "refused",
    reason: "it was tried once and failed again",
  });
});
