import { accessIn } from "../../../../../src/debugger/read/access.ts";
import { describe, expect, test } from "vitest";
import { readFailures } from "../../../../../src/debugger/read/read-failures.ts";

function read(text: string) {
  const { failures, root } = readFailures({ text });
  const failure = failures[root];
  if (failure === undefined) throw new Error("no failure");
  return failure;
}

describe("events of CloudFormation", () => {
  const reason = "No export named shared-Widget found";

  test.each([
    ["the console", `10:11:12 UTC\tROLLBACK_IN_PROGRESS\tAWS::CloudFormation::Stack\tshop\t${reason}`],
    [
      "CDK",
      `shop | 3/9 | 10:11:12 AM | CREATE_FAILED        | AWS::SQS::Queue | Jobs (Jobs1A2B3C) ${reason}`,
    ],
    [
      "Amplify",
      `UPDATE_FAILED   jobs   AWS::SQS::Queue   Mon Jul 06 2026 10:11:12 GMT+0200 (GMT+02:00) ${reason}`,
    ],
    [
      "a stack within a stack",
      `Embedded stack arn:aws:cloudformation:us-east-1:111122223333:stack/a/b was not successfully updated. Currently in UPDATE_ROLLBACK_IN_PROGRESS with reason: ${reason}`,
    ],
  ])("%s names the reason last", (_name, text) => {
    const failure = read(text);
    expect(failure.message).toContain(reason);
    expect(failure.normalizedMessage).toBe("[cfn-export-missing]");
    expect(failure.category).toBe("config");
  });

  test("a status in the middle of a sentence is no event", () => {
    expect(
      read(
        "Error: waiting for Widget creation: nothing more is known of CREATE_FAILED status, see its health",
      ).message,
    ).toContain("waiting for Widget creation");
  });
});

describe("codes", () => {
  test.each([
    ["Ruby's SDK", "call: it went wrong (Aws::SQS::Errors::WidgetMissing)", "WidgetMissing"],
    [
      "a header of an answer",
      'header x_amzn_errortype=WidgetMissingException method="Put"',
      "WidgetMissingException",
    ],
    ["an answer within words", "it said no. EC2 Error Code: UnauthorizedOperation.", "UnauthorizedOperation"],
    [
      "an answer with fields",
      'Error: creating Widget: WidgetInUseException: it exists\n{\n  RespMetadata: {\n    RequestID: "a1"\n  },\n  WidgetName: "shop"\n}',
      "WidgetInUseException",
    ],
    [
      "an answer whose message is JSON",
      'Error: operation error Widgets: List, https response error StatusCode: 400, RequestID: r, ValidationException: no {"reason":"X","message":"y"}',
      "ValidationException",
    ],
  ])("of %s", (_name, text, code) => {
    expect(read(text).code).toBe(code);
  });

  test.each([
    "botocore.exceptions.NoCredentialsError: Unable to locate credentials",
    "S3Exception: it was refused (Service: S3, Status Code: 403)",
    "shop failed: ToolkitError: The stack named shop failed creation",
    "com.amazonaws.AmazonClientException: no",
  ])("a class that a program threw is none: %s", (text) => {
    expect(read(text).code).toBeUndefined();
  });

  test("the call that AWS names is the denied action", () => {
    expect(read("API: ec2:DescribeWidgets You are not authorized to perform this operation.")).toMatchObject({
      category: "permission",
      action: "ec2:DescribeWidgets",
    });
  });
});

describe("what stands around an error", () => {
  test("text before the first error of Terraform is no failure of its own", () => {
    const failure = read(
      'plan: error: could not plan shop\n╷\n│ Error: Reference to "each" in context without for_each\n│\n│   on main.tf line 3, in resource "aws_eip" "a":\n│    3:   tags = each.value\n╵',
    );
    expect(failure.normalizedMessage).toBe("[each-without-for-each]");
  });

  test("Terraform before 0.12 told of its state without `Error:`", () => {
    const failure = read(
      "Successfully configured the backend! Terraform will use it from now on.\nError loading state: AccessDenied: Access Denied\n\tstatus code: 403, request id: r, host id: h",
    );
    expect(failure).toMatchObject({
      category: "permission",
      secondaryCategory: "state",
      code: "AccessDenied",
    });
    expect(failure.message).not.toContain("Successfully");
  });

  test("Lambda's book-keeping and a program's frames say nothing", () => {
    const failure = read(
      "START RequestId: 11112222-3333-4444-5555-666677778888 Version: $LATEST\nTraceback (most recent call last):\nFile \"/var/task/a.py\", line 3, in handler\nreturn event['Widget']\nKeyError: 'Widget'\nEND RequestId: 11112222-3333-4444-5555-666677778888",
    );
    expect(failure.message).toBe("KeyError: 'Widget'");
  });

  test("a title that is underlined is followed by the message", () => {
    expect(
      read("AWS::EC2::Errors::DependencyViolation\n----------\nThe subnet 'subnet-0a1b2c3d' has dependencies")
        .message,
    ).toContain("has dependencies");
  });
});

describe("the category of what no table names", () => {
  test.each([
    [
      "a service that answered does not speak of the network",
      "InvalidWidgetValue: they belong to other networks",
      "config",
    ],
    ["a service that did not answer does", "could not connect to the widget service", "network"],
    ["a thing that is not there", "ValidationException: The widget could not be found", "resource"],
    ["too much of it", "InvalidRequestException: You have exceeded the number of widgets", "quota"],
    [
      "a denial within a known problem",
      "Resource handler returned message: the service failed to stabilize: User: arn:aws:iam::111122223333:role/a is not authorized to perform: widgets:Get on resource: *",
      "permission",
    ],
  ])("%s", (_name, text, category) => {
    expect(read(text).category).toBe(category);
  });
});

test.each([
  ["AccessDenied for s3:PutObject", "s3:PutObject"],
  ["AccessDenied: User not authorized for s3:PutObject", "s3:PutObject"],
  ["Access Denied (sqs:SendMessage)", "sqs:SendMessage"],
  ["Access Denied in module:Network", undefined],
  ["Access Denied on arn:aws:lambda:eu-west-1:111122223333:function:Worker", undefined],
  ["AccessDenied: one of s3:PutObject, s3:GetObject", undefined],
])("a denial in few words names its action: %s", (text, action) => {
  expect(accessIn(text)).toMatchObject({ denied: true });
  expect(accessIn(text).action).toBe(action);
});
