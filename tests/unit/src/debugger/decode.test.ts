import { expect, it } from "vitest";
import { decodeMessages } from "../../../../src/debugger/decode.ts";
import { readFailures } from "../../../../src/debugger/read/read-failures.ts";

const encoded = `aB3${"x9Yz-_".repeat(30)}`;
const text = `Error: launching EC2 instance: UnauthorizedOperation: You are not authorized to perform this operation. Encoded authorization failure message: ${encoded}`;
const answer = (explicitDeny: boolean): string =>
  JSON.stringify({
    allowed: false,
    explicitDeny,
    context: {
      principal: { arn: "arn:aws:iam::123456789012:user/ci" },
      action: "ec2:RunInstances",
      resource: "arn:aws:ec2:us-east-1:123456789012:instance/*",
    },
  });

it.each([
  ["a missing permission", false, "identity-policy"],
  ["an explicit deny", true, "explicit-deny"],
])("reads %s out of an encoded message", async (_what, explicitDeny, layer) => {
  const reading = readFailures({ text });
  expect(reading.failures[reading.root]?.encodedMessage).toBe(encoded);
  const decoded = await decodeMessages({ text }, reading, async () => answer(explicitDeny));
  const { failures, root } = readFailures(decoded);
  expect(failures[root]).toMatchObject({
    category: "permission",
    code: "UnauthorizedOperation",
    action: "ec2:RunInstances",
    principal: "arn:aws:iam::123456789012:user/ci",
    resourceArn: "arn:aws:ec2:us-east-1:123456789012:instance/*",
    deniedBy: layer,
  });
});

it.each([
  ["no answer", undefined],
  ["an answer that is no JSON", "<html>"],
  ["an answer without an action", "{}"],
])("leaves the text as it is with %s", async (_what, said) => {
  expect(await decodeMessages({ text }, readFailures({ text }), async () => said)).toEqual({ text });
});
