import { expect, test } from "vitest";
import { comparePlanned } from "../../../../../src/checks/configuration/compare-planned.ts";
import { viewPresent } from "../../../../../src/checks/configuration/look.ts";
import type { JsonObject, JsonValue } from "../../../../../src/core/json.ts";
import { change, refreshed } from "./documents.ts";

function compare(
  planned: JsonObject,
  actual: JsonObject,
  {
    unknown = {},
    secret = {},
    actions = ["create"],
    set = Object.keys(planned),
  }: {
    readonly unknown?: JsonValue;
    readonly secret?: JsonValue;
    readonly actions?: readonly string[];
    /** Arguments that the configuration names. */
    readonly set?: readonly string[];
  } = {},
) {
  const document = refreshed([{ type: "aws_thing", name: "t", values: actual, set }]);
  const approved = {
    resource_changes: [change("aws_thing.t", actions, { after: planned, unknown, secret })],
  };
  return comparePlanned(approved, viewPresent(document));
}

test("what was planned and is there is the same, whatever was not known", () => {
  const planned = { name: "a", tags: { Team: "x" }, blocks: [{ port: 1 }] };
  const actual = { id: "i-1", arn: "arn:x", name: "a", tags: { Team: "x" }, blocks: [{ port: 1, id: "b" }] };
  const unknown = { id: true, arn: true, blocks: [{ id: true }] };
  expect(compare(planned, actual, { unknown })).toEqual({ compared: 1, different: [] });
});

test("a value that the service stored otherwise, or did not store, is told with both sides", () => {
  const planned = { period: 60, actions: ["arn:topic"], dimensions: { Queue: "jobs" } };
  const { different } = compare(planned, { period: 0, actions: [], dimensions: null });
  expect(different[0]?.attributes).toMatchObject([
    { path: "period", before: 60, after: 0, severity: "MEDIUM" },
    { path: "actions", before: ["arn:topic"], after: [] },
    { path: "dimensions", before: { Queue: "jobs" } },
  ]);
});

test("a zero that nobody set is what the provider did not know, and one that somebody set is not", () => {
  const planned = { name: "a", reuse_period: 0 };
  const actual = { name: "a", reuse_period: 300 };
  expect(compare(planned, actual).different).toHaveLength(1);
  expect(compare(planned, actual, { set: ["name"] }).different).toEqual([]);
  expect(compare({ open: false }, { open: true }, { set: [] }).different).toHaveLength(1);
});

test("sets come back in any order, with what became known in them", () => {
  const planned = { rules: [{ port: 1 }, { port: 2 }], names: ["a", "b"] };
  const actual = {
    rules: [
      { port: 2, id: "y" },
      { port: 1, id: "x" },
    ],
    names: ["b", "a"],
  };
  expect(compare(planned, actual, { unknown: { rules: [{ id: true }, { id: true }] } }).different).toEqual(
    [],
  );
  expect(compare(planned, { ...actual, names: ["b", "b"] }).different).toHaveLength(1);
});

test("a list that is as long and holds something else is told where it differs", () => {
  const { different } = compare({ rules: [{ port: 1, to: "x" }] }, { rules: [{ port: 2, to: "x" }] });
  expect(different[0]?.attributes).toMatchObject([{ path: "rules[0].port", before: 1, after: 2 }]);
});

test("a secret is compared, and neither side of it is told", () => {
  const { different } = compare(
    { password: "planned!" },
    { password: "other!!!" },
    { secret: { password: true } },
  );
  expect(different[0]?.attributes).toEqual([
    { path: "password", sensitive: true, managed: true, severity: "HIGH" },
  ]);
  expect(
    compare({ password: "same" }, { password: "same" }, { secret: { password: true } }).different,
  ).toEqual([]);
});

test("what was not made or changed is not compared, and neither is what is gone", () => {
  expect(compare({ a: 1 }, { a: 2 }, { actions: ["no-op"] })).toEqual({ compared: 0, different: [] });
  expect(compare({ a: 1 }, { a: 2 }, { actions: ["delete"] }).compared).toBe(0);
  expect(compare({ a: 1 }, { a: 2 }, { actions: ["delete", "create"] }).compared).toBe(1);
  const approved = { resource_changes: [change("aws_thing.t", ["create"], { after: { a: 1 } })] };
  expect(comparePlanned(approved, viewPresent(refreshed([])))).toEqual({ compared: 0, different: [] });
});
