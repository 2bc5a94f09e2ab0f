import { describe, expect, test } from "vitest";
import { readFailures } from "../../../../../src/debugger/read/read-failures.ts";

function read(text: string) {
  const { failures, root } = readFailures({ text });
  const failure = failures[root];
  if (failure === undefined) throw new Error("no failure");
  return failure;
}

describe("reading one failure", () => {
  test("a denial tells who may not do what to what, and which layer says so", () => {
    const failure = read(
      "Error: creating SQS Queue (a): operation error SQS: CreateQueue, https response error StatusCode: 403, RequestID: x, api error AccessDenied: User: arn:aws:iam::111122223333:user/kim is not authorized to perform: sqs:CreateQueue on resource: arn:aws:sqs:us-east-1:111122223333:a with an explicit deny in a service control policy",
    );
    expect(failure).toMatchObject({
      category: "permission",
      confidence: "high",
      code: "AccessDenied",
      httpStatus: 403,
      action: "sqs:CreateQueue",
      principal: "arn:aws:iam::111122223333:user/kim",
      resourceArn: "arn:aws:sqs:us-east-1:111122223333:a",
      deniedBy: "organization-policy",
      transient: false,
    });
  });

  test("an action is never read out of an ARN or a type", () => {
    const failure = read("AccessDenied: cannot read arn:aws:S3 of AWS::Lambda::Function, permission denied");
    expect(failure.action).toBeUndefined();
  });

  test("the address, type and place of a box", () => {
    const failure = read(
      '╷\n│ Error: Unsupported argument\n│\n│   with module.a["x"].aws_eip.b[0],\n│   on modules/a/main.tf line 12, in resource "aws_eip" "b":\n│   12:   vpc = true\n│\n│ An argument named "vpc" is not expected here.\n╵',
    );
    expect(failure.resourceAddress).toBe('module.a["x"].aws_eip.b[0]');
    expect(failure.resourceType).toBe("aws_eip");
    expect(failure.at).toEqual({ file: "modules/a/main.tf", line: 12 });
    expect(failure.details["argument"]).toBe("vpc");
  });

  test("what steps need of a lock", () => {
    const failure = read(
      "Error: Error acquiring the state lock\n\nError message: ConditionalCheckFailedException: The conditional request failed\nLock Info:\n  ID:        0aa1bb2c-33dd-44ee-55ff-66778899aabb\n  Path:      b/k.tfstate\n  Operation: OperationTypeApply\n  Who:       ci@host\n  Version:   1.5.7\n  Created:   2024-02-03 10:11:12.1 +0000 UTC",
    );
    expect(failure.category).toBe("state");
    expect(failure.details).toMatchObject({
      lock_id: "0aa1bb2c-33dd-44ee-55ff-66778899aabb",
      lock_path: "b/k.tfstate",
      lock_who: "ci@host",
    });
  });

  test.each([
    [
      "Java",
      "No. (Service: AmazonECS; Status Code: 400; Error Code: ClientException; Request ID: r)",
      "ClientException",
    ],
    ["boto", "An error occurred (SlowDown) when calling the PutObject operation: x", "SlowDown"],
    ["SDK for Go v1", "Error: doing it: FooNotReady: no\n\tstatus code: 400, request id: r", "FooNotReady"],
    [
      "SDK for Go v2, modelled",
      "https response error StatusCode: 404, RequestID: r, QueueDoesNotExist: no",
      "QueueDoesNotExist",
    ],
    ["XML", "<Error>\n  <Code>NoSuchKey</Code>\n  <Message>gone</Message>\n</Error>", "NoSuchKey"],
    [
      "JSON",
      '{"__type":"com.amazon.coral#ThrottlingException","message":"Rate exceeded"}',
      "ThrottlingException",
    ],
    [
      "JSON of a logger",
      '{"level":"error","msg":"failed: InvalidGroupId.Malformed: no\\n\\tstatus code: 400"}',
      "InvalidGroupId.Malformed",
    ],
    [
      "a CloudFormation event",
      '{"StackEvents":[{"ResourceStatus":"CREATE_FAILED","ResourceType":"AWS::SQS::Queue","ResourceStatusReason":"x (Service: Sqs, Status Code: 400, Error Code: QueueNameExists)"}]}',
      "QueueNameExists",
    ],
    ["Azure", 'Status=403 Code="AuthorizationFailed" Message="no"', "AuthorizationFailed"],
  ])("the code in the words of %s", (_name, text, code) => {
    expect(read(text).code).toBe(code);
  });

  test("a state that could not be saved is a matter of state, whatever the cause", () => {
    const failure = read(
      "Error: Failed to save state\n\nError saving state: failed to upload state: ExpiredToken: The provided token has expired.",
    );
    expect(failure.category).toBe("state");
    expect(failure.secondaryCategory).toBe("permission");
    expect(failure.code).toBe("ExpiredToken");
  });
});

describe("reading several", () => {
  test("each is a failure, and what follows from another is not the root", () => {
    const { failures, root } = readFailures({
      text: "RouteA  Resource creation cancelled\nSubnetB  The CIDR '10.0.0.0/8' is odd (Service: AmazonEC2; Status Code: 400; Error Code: InvalidSubnet.Range; Request ID: r)\nNaclC  Resource creation cancelled",
    });
    expect(failures.length).toBeGreaterThan(1);
    expect(failures[root]?.code).toBe("InvalidSubnet.Range");
  });

  test("two boxes are two, and the same one twice is one", () => {
    const one =
      "╷\n│ Error: creating EC2 VPC: VpcLimitExceeded: The maximum number of VPCs has been reached.\n╵\n";
    const other = "╷\n│ Error: reading S3 Bucket (x): NoSuchBucket: The specified bucket does not exist\n╵\n";
    expect(readFailures({ text: one + other }).failures.map(({ code }) => code)).toEqual([
      "VpcLimitExceeded",
      "NoSuchBucket",
    ]);
    expect(readFailures({ text: one + one }).failures).toHaveLength(1);
  });

  test("diagnostics come before text", () => {
    const { failures } = readFailures({
      text: "Error: something else",
      operation: "deploy",
      diagnostics: [
        { severity: "warning", summary: "Deprecated", detail: "" },
        {
          severity: "error",
          summary: "creating KMS Key: AccessDeniedException: no",
          detail: "",
          address: "module.k.aws_kms_key.main",
          at: { file: "k.tf", line: 4 },
        },
      ],
    });
    expect(failures).toHaveLength(1);
    expect(failures[0]).toMatchObject({
      code: "AccessDeniedException",
      resourceType: "aws_kms_key",
      resourceAddress: "module.k.aws_kms_key.main",
      details: { during: "deploy" },
    });
  });
});
