import { describe, expect, test } from "vitest";
import { calibrationOf, offersFromOthers } from "../../../../../src/debugger/evaluate/calibration.ts";
import { readRow, type ReadRow } from "../../../../../src/debugger/evaluate/corpus.ts";
import { rowOf } from "./rows.ts";

const denied = (action: string): string => `AccessDenied: User: x is not authorized to perform: ${action}`;
const messages = (count: number, action: string, group: string): readonly ReadRow[] =>
  Array.from({ length: count }, (_, index) => readRow(rowOf(`${group}${index}`, denied(action), group)));

test("what was called so is counted with what was right of it", () => {
  const calibration = calibrationOf([
    { confidence: "high", isRight: true, text: "a" },
    { confidence: "high", isRight: false, text: "b" },
    { confidence: "low", isRight: true, text: "c" },
  ]);
  expect(calibration.high).toEqual({ right: 1, total: 2, share: 0.5, misses: ["b"] });
  expect(calibration.low.share).toBe(1);
  expect(calibration.medium).toEqual({ right: 0, total: 0, share: 1, misses: [] });
});

describe("a log of all other messages", () => {
  test("offers nothing where each message is a kind of its own", () => {
    const read = ["sqs:CreateQueue", "sns:CreateTopic", "s3:CreateBucket"].flatMap((action) =>
      messages(1, action, action),
    );
    expect(offersFromOthers(read)).toEqual([]);
  });

  test("offers what helped the kind, called high when it helped often enough", () => {
    const offers = offersFromOthers(messages(5, "sqs:CreateQueue", "queue"));
    expect(offers.map(({ confidence, isRight }) => [confidence, isRight])).toEqual(
      offers.map(() => ["high", true]),
    );
    expect(offers).toHaveLength(5);
    expect(
      offersFromOthers(messages(2, "sqs:CreateQueue", "queue")).map(({ confidence }) => confidence),
    ).toEqual(["low", "low"]);
  });

  test("is wrong about the kind that was taken for another", () => {
    const read = [...messages(5, "sqs:CreateQueue", "queue"), ...messages(1, "sqs:CreateQueue", "other")];
    const wrong = offersFromOthers(read).filter(({ isRight }) => !isRight);
    expect(wrong.map(({ text }) => text.split(" ")[0])).toContain("other0");
    expect(wrong.find(({ text }) => text.startsWith("other0"))?.confidence).toBe("high");
  });
});
