import fc from "fast-check";
import { expect, test } from "vitest";
import { daysBefore, isoWeek, secondsBetween, utcTime } from "../../../issue-log/time.ts";

test.each([
  ["2026-11-21T09:36:40Z", "2026-11-21T09:36:40.000Z"],
  ["2026-11-21T09:36:40.1234+02:00", "2026-11-21T07:36:40.123Z"],
  ["2026-11-21", "2026-11-21T00:00:00.000Z"],
  ["yesterday", undefined],
  ["", undefined],
  ["2026-13-01T00:00:00Z", undefined],
  ["+012026-01-01T00:00:00Z", undefined],
])("the time %s is %s", (given, utc) => {
  expect(utcTime(given)).toBe(utc);
});

test.each([
  ["2026-11-21T23:59:59Z", "2026-W47"],
  ["2027-01-03", "2026-W53"],
  ["2027-01-04", "2027-W01"],
  ["2024-12-30", "2025-W01"],
  ["2021-01-03", "2020-W53"],
  ["1969-12-31", "1970-W01"],
  ["2008-12-28", "2008-W52"],
])("%s is in the week %s", (day, week) => {
  expect(isoWeek(day)).toBe(week);
});

test("seven days later is another week, and weeks sort as their days do", () => {
  const day = fc.integer({ min: -20_000, max: 40_000 });
  fc.assert(
    fc.property(day, (offset) => {
      const now = daysBefore("2000-01-01T12:00:00Z", offset);
      const week = daysBefore(now, 7);
      expect(isoWeek(week) < isoWeek(now)).toBe(true);
      expect(secondsBetween(week, now)).toBe(7 * 86_400);
    }),
  );
});
