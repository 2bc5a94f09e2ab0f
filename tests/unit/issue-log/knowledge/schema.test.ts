import { describe, expect, test } from "vitest";
import { complaintsAbout, entryWith } from "./entry.ts";

describe("the schema takes", () => {
  test("one set of conditions as a list of one", () => {
    expect(entryWith({ match: { codes: ["Gone"] } }).match).toEqual([{ codes: ["Gone"] }]);
  });

  test("several sets of which any will do", () => {
    expect(entryWith({ match: [{ codes: ["Gone"] }, { phrases: ["is gone"] }] }).match).toHaveLength(2);
  });

  test.each(["(?<id>[\\w-]{1,80}) is", "(?:a{1,3}b)?", "a(?:bc)?d", "^x\\+\\*$", "[*+]"])(
    "the expression %s",
    (pattern) => {
      expect(complaintsAbout({ match: { phrases: ["is gone"], pattern } })).toBe("");
    },
  );
});

describe("the schema refuses", () => {
  test.each(["(a*)*", "a+", ".*", "x{1,}", "(?:a{1,9}){2,9}", "(?<a>b?){3}", "a{1,301}", "(", "[a"])(
    "the expression %s",
    (pattern) => {
      expect(complaintsAbout({ match: { phrases: ["is gone"], pattern } })).toContain("regular expression");
    },
  );

  test("conditions that recognise nothing", () => {
    expect(complaintsAbout({ match: { resource_types: ["aws_eip"] } })).toContain("needs a code");
    expect(complaintsAbout({ match: {} })).toContain("needs a code");
    expect(complaintsAbout({ match: { phrases: ["ab"] } })).not.toBe("");
  });

  test("a parameter within quotes of a command, where quoting it would not hold", () => {
    const [solution] = entryWith({}).solutions;
    const running = (run: string): string =>
      complaintsAbout({ solutions: [{ ...solution, steps: [{ run }] }] });
    expect(running("aws sqs purge-queue --queue-url '{{url}}'")).not.toBe("");
    expect(running("aws sqs list-queues --query a[?b==`c`]")).not.toBe("");
    expect(running("aws sqs list-queues --query 'a[?b==`c`]' --queue-name-prefix {{queue}}")).toBe("");
  });

  test("odds that nobody could have", () => {
    const [solution] = entryWith({}).solutions;
    const withPrior = (successes: number, tries: number): string =>
      complaintsAbout({ solutions: [{ ...solution, prior: { successes, tries } }] });
    expect(withPrior(3, 2)).toContain("more successes than tries");
    expect(withPrior(50, 50)).not.toBe("");
    expect(withPrior(9, 10)).toBe("");
  });

  test.each([
    ["a category that says nothing", { category: "unknown" }],
    ["an unknown key", { severity: "high" }],
    ["an address that is not https", { source: "http://docs.example.com" }],
    ["an entry without an example", { examples: [] }],
    ["an ID that is not kebab-case", { id: "Some_Problem" }],
  ])("%s", (_what, given) => {
    expect(complaintsAbout(given)).not.toBe("");
  });
});
