import { expect, test } from "vitest";
import { untilSettled, type Waiting } from "../../../../../src/checks/health/until-settled.ts";

const clock = { now: () => new Date(), monotonic: () => performance.now() };
const budget = { tries: 3, intervalMs: 20, timeoutMs: 1_000 };

function waiting(more: Partial<Waiting> = {}): Waiting {
  const { signal } = new AbortController();
  return { budget, eager: false, clock, signal, onWait: () => undefined, ...more };
}

test("what is well is looked at once, and nothing is waited for", async () => {
  const left: number[] = [];
  expect(await untilSettled(async () => true, waiting({ onWait: (ms) => void left.push(ms) }))).toBe(1);
  expect(left).toEqual([]);
});

test("what costs something is tried exactly as often as was said", async () => {
  const left: number[] = [];
  let looked = 0;
  const look = async (): Promise<boolean> => (looked += 1) > 99;
  expect(await untilSettled(look, waiting({ onWait: (ms) => void left.push(ms) }))).toBe(3);
  expect([looked, left]).toEqual([3, [40, 20]]);
});

test("what costs nothing is looked at until the same time has passed, the last time at its end", async () => {
  const began = performance.now();
  const looked = await untilSettled(async () => false, waiting({ eager: true }));
  expect(performance.now() - began).toBeGreaterThanOrEqual(39);
  expect(looked).toBeGreaterThanOrEqual(3);
});

test("one try is one look", async () => {
  for (const eager of [true, false])
    expect(await untilSettled(async () => false, waiting({ eager, budget: { ...budget, tries: 1 } }))).toBe(
      1,
    );
});

test("what comes up early is seen early: the waits grow up to the interval", async () => {
  let up = false;
  const began = performance.now();
  const looked = await untilSettled(
    async () => {
      const now = up;
      up = true;
      return now;
    },
    waiting({ eager: true, budget: { ...budget, intervalMs: 30_000 } }),
  );
  expect(looked).toBe(2);
  expect(performance.now() - began).toBeLessThan(2_000);
});

test("a run that is stopped waits no longer", async () => {
  const stop = new AbortController();
  const slow = waiting({ signal: stop.signal, budget: { ...budget, intervalMs: 60_000 } });
  const running = untilSettled(async () => false, {
    ...slow,
    onWait: () => void setTimeout(() => stop.abort(), 5),
  });
  await expect(running).rejects.toMatchObject({ code: "interrupted", exitName: "interrupted" });
});
