import { expect, test } from "vitest";
import { suggestedEdit, suggestsEdit } from "../../../../src/fixes/suggested-edit.ts";

const named = (wrong: string, right: string): string =>
  `Unsupported argument: An argument named "${wrong}" is not expected here. Did you mean "${right}"?`;

test.each([
  ["an argument", named("retention", "retention_in_days"), "  retention = 7", "  retention_in_days = 7"],
  [
    "a type of block",
    'Unsupported block type: Blocks of type "lifecycl" are not expected here. Did you mean "lifecycle"?',
    "  lifecycl {",
    "  lifecycle {",
  ],
  [
    "a variable, and not what only begins like it",
    'Reference to undeclared input variable: An input variable with the name "wrod" has not been declared. Did you mean "word"?',
    "  input = join(var.wrod, wrodly)",
    "  input = join(var.word, wrodly)",
  ],
  [
    "a function",
    'Call to unknown function: There is no function named "lenght". Did you mean "length"?',
    "  count = lenght(var.names)",
    "  count = length(var.names)",
  ],
  [
    "an attribute",
    'Unsupported attribute: This object has no argument, nested block, or exported attribute named "outpt". Did you mean "output"?',
    "  value = terraform_data.word.outpt",
    "  value = terraform_data.word.output",
  ],
  [
    "a block that is an argument",
    'Blocks of type "tags" are not expected here. Did you mean to define argument "tags"? If so, use the equals sign to assign it a value.',
    "  tags {",
    "  tags = {",
  ],
  [
    "an argument that is a block",
    'An argument named "timeouts" is not expected here. Did you mean to define a block of type "timeouts"?',
    "  timeouts = {",
    "  timeouts {",
  ],
  [
    "a data source",
    'A managed resource "aws_s3_bucket" "logs" has not been declared in the root module. Did you mean the data resource data.aws_s3_bucket.logs?',
    "  bucket = aws_s3_bucket.logs.id",
    "  bucket = data.aws_s3_bucket.logs.id",
  ],
  [
    "one of several values",
    'expected billing_mode to be one of ["PROVISIONED" "PAY_PER_REQUEST"], got PAY_PER_REQEST',
    '  billing_mode = "PAY_PER_REQEST"',
    '  billing_mode = "PAY_PER_REQUEST"',
  ],
])("%s is put right", (_what, message, line, expected) => {
  expect(suggestsEdit(message)).toBe(true);
  expect(suggestedEdit(message, line)).toBe(expected);
});

test.each([
  ["twice on the line", named("nme", "name"), "  nme = nme"],
  ["not on the line", named("nme", "name"), "  title = 1"],
  ["unlike any allowed value", 'expected a to be one of ["A" "B"], got zebra', '  a = "zebra"'],
  ["the same already", named("name", "name"), "  name = 1"],
])("nothing is changed that stands there %s", (_what, message, line) => {
  expect(suggestedEdit(message, line)).toBeUndefined();
});

test("a message without a suggestion has none", () => {
  expect(suggestsEdit('An argument named "x" is not expected here.')).toBe(false);
});
