import { describe, expect, test } from "vitest";
import { plainWords } from "../../../../../src/debugger/identity/plain-words.ts";

describe("the words that tell", () => {
  test("what was masked and what every sentence has is left out", () => {
    expect(plainWords("the widget with the name _ was not found")).toEqual(["widget", "not", "found"]);
    expect(plainWords("the widget with name was not found")).toEqual(["widget", "not", "found"]);
  });

  test.each(["creating the policies", "created a policy", "create policy"])(
    "forms of a word meet: %s",
    (text) => {
      expect(plainWords(text)).toEqual(["creat", "polic"]);
    },
  );

  test("a name of technique stays as it is", () => {
    expect(plainWords("the engine_version of aws_db_instance is 1.2")).toEqual([
      "engine_version",
      "aws_db_instance",
      "1.2",
    ]);
  });
});
