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
    ["Ruby's own classes", "it said no (Widgets::Error::WidgetMissing)", "WidgetMissing"],
    ["a hash of Ruby", '{"Error"=>{"Message"=>"no", "Code"=>"WidgetMissing"}}', "WidgetMissing"],
    [
      "a code with its service",
      "Error creating widget: AWS.WidgetStore.WidgetRecently: wait a while",
      "AWS.WidgetStore.WidgetRecently",
    ],
    ["an arrow", "InvalidWidgetCombination => a gear can not be a wheel", "InvalidWidgetCombination"],
    [
      "the reason of a launch",
      "Could not launch widgets. WidgetNotFound - There is none. It failed.",
      "WidgetNotFound",
    ],
    ["one hump in a chain", "Error: launching the widget: Unsupported: It has no wheel.", "Unsupported"],
    [
      "a failed program, cut short",
      '{\n    "errorMessage": "The widget has no oil",\n    "errorType": "WidgetRejected",\n    "trace": [',
      "WidgetRejected",
    ],
    [
      "a state machine",
      "error: States.WidgetLimitExceeded\ncause: The widget is too large",
      "States.WidgetLimitExceeded",
    ],
    ["a query", "OperationalError: HIVE_WIDGET_ERROR: The widget was lost", "HIVE_WIDGET_ERROR"],
    [
      "XML whose lines a logger printed",
      "09:01:02 [DEBUG] widgets:   <Code>WidgetMissing</Code>\n09:01:02 [DEBUG] widgets:   <Message>There is none.</Message>",
      "WidgetMissing",
    ],
    ["nothing behind it", "Error creating widget: AlreadyExists", "AlreadyExists"],
    ["its message by name", "WidgetMalformed, Message:the widget has no wheel", "WidgetMalformed"],
    [
      "the side at fault",
      "call: the wid (truncated...) WidgetMalformed (client): no wheel",
      "WidgetMalformed",
    ],
    ["capitals", '{"code":400,"description":"CODE: WidgetMissing,  MESSAGE: no oil"}', "WidgetMissing"],
    [
      "fields set in a column",
      "[ServiceError] {\n  status = 400\n  code       = WidgetMissing\n}",
      "WidgetMissing",
    ],
    [
      "a broken column",
      "no oil (Service: Shop; Error Code: WidgetMiss\ning; Request ID: r)",
      "WidgetMissing",
    ],
    ["a state machine", '{"error": "Shop.WidgetMissing", "cause": "no oil"}', "Shop.WidgetMissing"],
    ["a field run together", "no oil. KMS Exception: WidgetExceptionKMS Message: no gear", "WidgetException"],
    [
      "another service's answer",
      '"errorCode": "InvalidWidget",\n"errorMessage": "Read failed. S3 Error Code: NoSuchKey. S3 Error Message: no oil"',
      "InvalidWidget",
    ],
    ["YAML", "error:\n  code: WidgetMissing\n  message: no", "WidgetMissing"],
    ["Java's toString", "ErrorResponse(code = WidgetMissing, message = no)", "WidgetMissing"],
    ["brackets before the message", "call(shop, all): [WidgetMissing] There is none.", "WidgetMissing"],
    ["a line that ends in it", "Error creating Widget: DBWidgetAlreadyExists", "DBWidgetAlreadyExists"],
    [
      "JSON that was cut short",
      'resulted in a response: {"Error":{"Code":"WidgetMissing","Message":"There is none.","Type":"Se (truncated...)',
      "WidgetMissing",
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
    "software.amazon.awssdk.services.athena.model.AthenaException: no (Service: Athena, Status Code: 400)",
    "ServerlessError: the widget has no oil",
    "No widget was given (Aws::Errors::MissingWidgetError)",
    "rpc error: code = Unavailable desc = the widget has no oil",
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

test("marks of code around the whole text are no part of it", () => {
  const said = "The widget is older than its wheel";
  for (const mark of ["`", "```", '"']) {
    expect(read(`${mark}${said}${mark}`).normalizedMessage).toBe(read(said).normalizedMessage);
  }
});

test("a document that was printed over many lines behind a word is read as one", () => {
  const said = "The widget is older than its wheel";
  const result = `{\n  "changed": false,\n  "args": {\n    "key": null\n  },\n  "msg": "${said}"\n}`;
  for (const text of [`fatal: [shop]: FAILED! => ${result}`, `Response:\n${result}\ndone`]) {
    expect(readFailures({ text }).failures[0]?.message).toBe(said);
  }
  expect(readFailures({ text: `tags = {\n  a = 1\n}\n${said}` }).failures[0]?.message).toContain(said);
});

test("what runs before an error and how it ended are not the error", () => {
  const failed = "Error: the widget was not validated";
  for (const before of ["Build Failed", "Oiling the widget\nBuild Failed"]) {
    const { failures, root } = readFailures({ text: `${before}\n${failed}` });
    expect(failures[root]?.message).toContain("the widget was not validated");
  }
  const released = `${failed} wide enough\n\nReleasing state lock. This may take a few moments...`;
  expect(read(released).category).not.toBe("state");
});

test("words in bold are words", () => {
  const said = "The widget wheel cannot be used with the gearbox";
  expect(read(said.replace("wheel", "**wheel**")).normalizedMessage).toBe(read(said).normalizedMessage);
});

test.each([
  ["the line of an answer's status", (said: string) => `HTTP/1.1 400 Bad Request\n${said}`],
  [
    "the service, cut short",
    (said: string) => `${said} (Service: AmazonWidgets; Status Code: 400; Request ID: 1`,
  ],
])("%s is no part of what is said", (_name, wrap) => {
  const said = "Invalid widget wheel given to the gearbox";
  expect(read(wrap(said)).normalizedMessage).toBe(read(said).normalizedMessage);
});

test("a request that its own time limit ended is no failure beside the one that it is told in", () => {
  const text =
    'could not list the widgets: Get\n"https://widgets.example/":\nnet/http: request canceled while waiting for connection (Client.Timeout exceeded)';
  expect(readFailures({ text }).failures).toHaveLength(1);
});

test("a word and what it says are no action", () => {
  const said =
    "WidgetException(message:Insufficient permission(s) on oil; Error Code: AccessDeniedException)";
  expect(read(said)).toMatchObject({ category: "permission" });
  expect(read(said).action).toBeUndefined();
});

describe("what stands around an error", () => {
  test("a custom resource tells the reason of what failed within", () => {
    const failure = read(
      "shop | 3 | 5:47:57 PM | CREATE_FAILED | Custom::Widget | W/Default (W1) Received response status [FAILED] from custom resource. Message returned: WidgetLimitExceeded: no more of them (RequestId: 1)",
    );
    expect(failure.code).toBe("WidgetLimitExceeded");
    expect(failure.message).toMatch(/^WidgetLimitExceeded/);
  });

  test("what a resource's handler answered is the message, without what tools say around it", () => {
    const answer = "The widget has no gears (Service: Widgets, Status Code: 400, Request ID: r)";
    const failure = read(
      `shop/Gears (Gears12AB) Resource handler returned message: "${answer}" (RequestToken: t, HandlerErrorCode: InvalidRequest) shop/Gears again`,
    );
    expect(failure.message).toMatch(/^The widget has no gears/);
    expect(failure.message).not.toContain("again");
    expect(failure.code).toBe("InvalidRequest");
  });

  test("the bullets of a list within a message are no errors", () => {
    const { failures } = readFailures({
      text: 'Error refreshing state: 1 error(s) occurred:\n\n* The widget "a" cannot be oiled.\n\n  Possible causes are:\n    * The oil is cold\n    * The can is empty\n',
    });
    expect(failures).toHaveLength(1);
    expect(failures[0]?.message).toContain("The can is empty");
  });

  test("two errors of one list are two", () => {
    const { failures } = readFailures({
      text: "2 error(s) occurred:\n\n* aws_eip.a: WidgetMissing: none here\n* aws_eip.b: GearMissing: none there\n",
    });
    expect(failures.map(({ code }) => code)).toEqual(["WidgetMissing", "GearMissing"]);
  });

  test("what is told twice is one failure, with the code that only one of the two has", () => {
    const { failures } = readFailures({
      text: "fatal: [web]: FAILED! => changed=false\n  message: Rate exceeded\n  msg: 'An error occurred (Throttling) when calling the ListWidgets operation: Rate exceeded'",
    });
    expect(failures).toHaveLength(1);
    expect(failures[0]?.code).toBe("Throttling");
  });

  test("words that a terminal broke are read", () => {
    const whole =
      "An error occurred (InvalidRequest) when calling the AttachWidget operation: A load balancer cannot be attached to multiple subnets in the same Availability Zone";
    const broken = `${whole.slice(0, 100)}\n${whole.slice(100)}`;
    expect(broken).toMatch(/[a-z]\n[a-z]/);
    expect(read(broken).normalizedMessage).toBe(read(whole).normalizedMessage);
  });

  test("a role that could not be assumed and, as an error of its own, who said so are one", () => {
    const failure = read(
      'Error: Cannot assume IAM Role\n\n  with provider["registry.terraform.io/hashicorp/aws"],\n  on p.tf line 1, in provider "aws":\n   1: provider "aws" {\n\nIAM Role (arn:aws:iam::111122223333:role/a) cannot be assumed.\n\nThere are a number of possible causes of this - the most common are:\n  * The credentials used in order to assume the role are invalid\n\nError: operation error STS: AssumeRole, https response error StatusCode: 403, RequestID: r, api error AccessDenied: User: arn:aws:iam::111122223333:user/b is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::111122223333:role/a',
    );
    expect(failure).toMatchObject({ action: "sts:AssumeRole", code: "AccessDenied", category: "permission" });
    expect(failure.normalizedMessage).toBe("[access-denied] sts:assumerole");
  });

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
      "a name in quotes hints at nothing",
      'module "a": "dns_proxy_arn" is of no use, expected none',
      "config",
    ],
    [
      "an answer without a code, that it is gone",
      "could not read it: returned unexpected status 410",
      "resource",
    ],
    ["an answer without a code, that it was wrong", "creating Widget: statusCode:400", "config"],
    ["an answer before its body", 'Calling API: 409 Conflict, Body: {"error":"call it again"}', "resource"],
    [
      "a service that answered does not speak of the network",
      "InvalidWidgetValue: they belong to other networks",
      "config",
    ],
    ["a service that did not answer does", "could not connect to the widget service", "network"],
    ["a thing that is not there", "ValidationException: The widget could not be found", "resource"],
    ["too much of it", "InvalidRequestException: You have exceeded the number of widgets", "quota"],
    [
      "what was being done, beside what the service says",
      "failed to delete widget: InvalidParameterCombination: oil and air must not both be given",
      "config",
    ],
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
  ["User: x is not authorized to perform: sqs:createqueue on resource: y", "sqs:createqueue"],
  ["is not authorized to perform: sqs:createqueue; allow sqs:CreateQueue action", "sqs:CreateQueue"],
  ["is not authorized to perform: arn:aws:sqs", undefined],
  ["Access Denied in module:Network", undefined],
  ["Access Denied on arn:aws:lambda:eu-west-1:111122223333:function:Worker", undefined],
  ["AccessDenied: one of s3:PutObject, s3:GetObject", undefined],
])("a denial in few words names its action: %s", (text, action) => {
  expect(accessIn(text)).toMatchObject({ denied: true });
  expect(accessIn(text).action).toBe(action);
});
