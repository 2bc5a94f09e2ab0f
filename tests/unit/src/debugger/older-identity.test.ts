import { describe, expect, test } from "vitest";
import type { Issue } from "../../../../src/core/issue.ts";
import { identifyText } from "../../../../src/debugger/identify-text.ts";
import { sameUnderOlderId } from "../../../../src/debugger/older-identity.ts";

const message =
  "creating Widget (a): ValidationException: The widget engine cannot start before its oil is warm";

function issueOf(changes: Partial<Issue>): Issue {
  return {
    id: "f".repeat(64),
    algorithm: 1,
    category: "config",
    message,
    normalizedMessage: "as it was normalised once",
    firstSeen: "2026-01-01T00:00:00Z",
    lastSeen: "2026-01-01T00:00:00Z",
    occurrenceCount: 3,
    tags: [],
    aliases: [],
    related: [],
    ...changes,
  };
}

describe("an issue that was logged under an older algorithm", () => {
  const { identity } = identifyText(message.replace("(a)", "(other-name-7)"), undefined);
  const find = (issue: Issue) => sameUnderOlderId([{ issue, similarity: 0.5 }], identity);

  test("is the same when its message reads the same today", () => {
    expect(find(issueOf({}))?.occurrenceCount).toBe(3);
  });

  test("is another when its message reads otherwise", () => {
    expect(
      find(issueOf({ message: "ValidationException: The widget has no engine at all" })),
    ).toBeUndefined();
  });

  test("is not looked for among those of today's algorithm", () => {
    expect(find(issueOf({ algorithm: identity.algorithm }))).toBeUndefined();
  });
});
