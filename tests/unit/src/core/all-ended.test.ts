import { expect, test } from "vitest";
import { allEnded } from "../../../../src/core/all-ended.ts";

test("answers in the order of the work", async () => {
  const [text, number] = await allEnded([Promise.resolve("a"), 2]);
  expect([text, number]).toEqual(["a", 2]);
  expect(await allEnded([])).toEqual([]);
});

test("rejects with the first failure once everything has ended, and not before", async () => {
  let finish: (text: string) => void = () => undefined;
  const slow = new Promise<string>((resolve) => (finish = resolve));
  const told: string[] = [];
  const all = allEnded([slow, Promise.reject(new Error("second")), Promise.reject(new Error("third"))]);
  const caught = all.catch((error: unknown) => {
    told.push("rejected");
    return error;
  });
  // Long enough for a rejection that does not wait to have been told.
  await new Promise((resolve) => setImmediate(resolve));
  told.push("slow ends");
  finish("done");
  expect(await caught).toMatchObject({ message: "second" });
  expect(told).toEqual(["slow ends", "rejected"]);
});
