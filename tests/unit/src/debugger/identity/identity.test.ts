import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { identify } from "../../../../../src/debugger/identity/identify.ts";
import { mask } from "../../../../../src/debugger/identity/mask.ts";
import { matchScore, offerFrom } from "../../../../../src/debugger/identity/match-score.ts";
import { similarityTokens } from "../../../../../src/debugger/identity/tokens.ts";
import { readFailures } from "../../../../../src/debugger/read/read-failures.ts";

function read(text: string) {
  const { failures, root } = readFailures({ text });
  const failure = failures[root];
  if (failure === undefined) throw new Error("no failure");
  return failure;
}

const idOf = (text: string): string => identify(read(text)).id;
const signature = (text: string): string => read(text).normalizedMessage;

interface Case {
  readonly account: string;
  readonly region: string;
  readonly name: string;
  readonly other: string;
  readonly hex: string;
  readonly uuid: string;
  readonly seconds: number;
  readonly line: number;
  readonly version: string;
  readonly address: string;
}

const hexDigits = (length: number) =>
  fc
    .array(fc.constantFrom(...Array.from("0123456789abcdef")), { minLength: length, maxLength: length })
    .map((digits) => digits.join(""));
/** Names as people give them: words with dashes, digits, both, or one plain word. */
const name = fc.constantFrom(
  "orders",
  "shop-prod-assets",
  "build-42",
  "kim",
  "my-app-dlq",
  "web2",
  "data-lake-eu",
  "backup",
  "team-x-state",
  "a1",
);
const cases: fc.Arbitrary<Case> = fc.record({
  account: fc.integer({ min: 100_000_000_000, max: 999_999_999_999 }).map(String),
  region: fc.constantFrom("us-east-1", "eu-central-1", "ap-southeast-2", "us-gov-west-1", "sa-east-1"),
  name,
  other: name,
  hex: hexDigits(17),
  uuid: fc.uuid(),
  seconds: fc.integer({ min: 1, max: 4_000_000_000 }),
  line: fc.integer({ min: 1, max: 900 }),
  version: fc.constantFrom("1.5.7", "0.13.2", "1.11.4", "5.100.0"),
  address: fc.constantFrom("", "module.a.", 'module.b["x"].', "module.net.module.inner[0]."),
});

/** Bare messages, and the type of the resource that a Terraform wrapper would put them in. */
const messages: Readonly<Record<string, readonly [string, (v: Case) => string]>> = {
  "a denied action": [
    "aws_sqs_queue",
    (v) =>
      `creating SQS Queue (${v.name}): operation error SQS: CreateQueue, https response error StatusCode: 403, RequestID: ${v.uuid}, api error AccessDenied: User: arn:aws:sts::${v.account}:assumed-role/${v.other}/${v.name} is not authorized to perform: sqs:CreateQueue on resource: arn:aws:sqs:${v.region}:${v.account}:${v.name}`,
  ],
  "a thing that exists": [
    "aws_iam_role",
    (v) =>
      `creating IAM Role (${v.name}): EntityAlreadyExists: Role with name ${v.name} already exists.\n\tstatus code: 409, request id: ${v.uuid}`,
  ],
  "a dependent": [
    "aws_security_group",
    (v) =>
      `deleting Security Group (sg-${v.hex}): DependencyViolation: resource sg-${v.hex} has a dependent object\n\tstatus code: 400, request id: ${v.uuid}`,
  ],
  "a generic code": [
    "aws_ecs_service",
    (v) =>
      `creating ECS Service (${v.name}): InvalidParameterException: The target group with targetGroupArn arn:aws:elasticloadbalancing:${v.region}:${v.account}:targetgroup/${v.other}/${v.hex} does not have an associated load balancer.`,
  ],
  "a code of its own": [
    "aws_instance",
    (v) =>
      `creating EC2 Instance: InvalidAMIID.NotFound: The image id '[ami-${v.hex}]' does not exist\n\tstatus code: 400, request id: ${v.uuid}`,
  ],
  "a host": [
    "aws_sqs_queue",
    (v) =>
      `RequestError: send request failed\ncaused by: Post "https://sqs.${v.region}.amazonaws.com/": dial tcp: lookup sqs.${v.region}.amazonaws.com on 10.0.0.2:53: read udp 10.1.2.3:${v.line}->10.0.0.2:53: i/o timeout`,
  ],
  "a provider's bug": [
    "aws_ecs_service",
    (v) =>
      `Provider produced inconsistent result after apply\n\nWhen applying changes to ${v.address}aws_ecs_service.${v.name}, provider "provider[\\"registry.terraform.io/hashicorp/aws\\"]" produced an unexpected new value: Root resource was present, but now absent.`,
  ],
  "an unread text": [
    "aws_backup_vault",
    (v) =>
      `The frobnication of ${v.name}-${v.hex} in ${v.region} stopped at ${new Date(v.seconds * 1000).toISOString()} after ${v.line} rounds`,
  ],
};

type Wrapper = (text: string, type: string, v: Case) => string;
const place = (type: string, v: Case): string =>
  `  with ${v.address}${type}.x,\n  on ${v.other}/main.tf line ${v.line}, in resource "${type}" "x":\n  ${v.line}: resource "${type}" "x" {`;
const box = (text: string): string =>
  `╷\n${text
    .split("\n")
    .map((line) => `│ ${line}`)
    .join("\n")}\n╵`;
const wrappers: Readonly<Record<string, Wrapper>> = {
  plain: (text, type, v) => `Error: ${text}\n\n${place(type, v)}\n`,
  box: (text, type, v) => box(`Error: ${text}\n\n${place(type, v)}`),
  colours: (text, type, v) =>
    `\u001b[31m${box(`\u001b[1m\u001b[31mError: \u001b[0m${text}\n\n${place(type, v)}`)}\u001b[0m`,
  "time of a CI": (text, type, v) =>
    `Error: ${text}\n\n${place(type, v)}`
      .split("\n")
      .map((line) => `${new Date(v.seconds * 1000).toISOString()} ${line}`)
      .join("\n"),
  "level of a CI": (text, type, v) =>
    box(`Error: ${text}\n\n${place(type, v)}`)
      .split("\n")
      .map((line) => `##[error]${line}`)
      .join("\n"),
  "literal line ends": (text, type, v) =>
    `Error: ${text}\n\n${place(type, v)}`.replaceAll("\n", "\\n").replaceAll("\t", "\\t"),
  "Terraform 0.11": (text, type) =>
    `Error: Error applying plan:\n\n1 error(s) occurred:\n\n* ${type}.x: 1 error(s) occurred:\n\n* ${type}.x: ${text}\n\nTerraform does not automatically rollback in the face of errors.\nInstead, your Terraform state file has been partially updated.`,
  "terraform -json": (text, type, v) => {
    const [summary = "", ...detail] = text.split("\n\n");
    return JSON.stringify({
      "@level": "error",
      "@message": `Error: ${summary}`,
      diagnostic: {
        severity: "error",
        summary,
        detail: detail.join("\n\n"),
        address: `${v.address}${type}.x`,
        range: { filename: `${v.other}.tf`, start: { line: v.line, column: 1, byte: 0 } },
        snippet: { context: `resource "${type}" "x"`, code: `resource "${type}" "x" {`, values: [] },
      },
      type: "diagnostic",
    });
  },
};

describe("the same failure has the same identity", () => {
  const settings = { numRuns: 60, seed: 7 };

  test.each(Object.entries(messages))(
    "%s, whatever varies and whatever it is wrapped in",
    (_kind, [type, message]) => {
      const wrapper = fc.constantFrom(...Object.keys(wrappers));
      fc.assert(
        fc.property(cases, cases, wrapper, wrapper, (a, b, left, right) => {
          const first = wrappers[left]?.(message(a), type, a) ?? "";
          const second = wrappers[right]?.(message(b), type, b) ?? "";
          expect(signature(second), `${left}: ${first}\n\n${right}: ${second}`).toBe(signature(first));
          expect(idOf(second)).toBe(idOf(first));
        }),
        settings,
      );
    },
  );

  test("a type of resource has one name in an identity", () => {
    const marked = "[wait-timeout] {type} available";
    const ids = ["aws_lambda_function", "lambda", "Lambda", "AWS Lambda", "AWS::Lambda::Function"].map(
      (resourceType) => identify({ normalizedMessage: marked, resourceType }).id,
    );
    expect(new Set(ids).size).toBe(1);
    expect(identify({ normalizedMessage: marked, resourceType: "aws_lambda_layer_version" }).id).not.toBe(
      ids[0],
    );
  });

  test("a type that is no part of the problem is none of its identity", () => {
    const normalizedMessage = "[access-denied] iam:passrole";
    expect(identify({ normalizedMessage, resourceType: "ecs" })).toEqual(identify({ normalizedMessage }));
    expect(identify({ normalizedMessage }).algorithm).toBe(4);
  });
});

describe("another failure has another identity", () => {
  const denial = (action: string, reason = ""): string =>
    `Error: creating thing: AccessDenied: User: arn:aws:iam::111122223333:user/kim is not authorized to perform: ${action} on resource: arn:aws:x:us-east-1:111122223333:y${reason}`;
  const argument = (name_: string, type: string): string =>
    `Error: Unsupported argument\n\n  on main.tf line 3, in resource "${type}" "x":\n   3:   ${name_} = 1\n\nAn argument named "${name_}" is not expected here.`;
  const word = fc.constantFrom("Create", "Delete", "Describe", "Put", "List", "Tag", "Update");
  const noun = fc.constantFrom("Queue", "Topic", "Role", "Bucket", "Function", "Table", "Key");

  test("another denied action", () => {
    const action = fc
      .tuple(fc.constantFrom("sqs", "sns", "iam", "kms"), word, noun)
      .map(([s, w, n]) => `${s}:${w}${n}`);
    fc.assert(
      fc.property(action, action, (a, b) => {
        expect(idOf(denial(a)) === idOf(denial(b))).toBe(a === b);
      }),
      { seed: 3 },
    );
  });

  test("an explicit deny, an organisation's, a boundary, a session", () => {
    const reasons = [
      " because no identity-based policy allows the sqs:CreateQueue action",
      " with an explicit deny in an identity-based policy",
      " with an explicit deny in a service control policy",
      " because no permissions boundary allows the sqs:CreateQueue action",
      " because no session policy allows the sqs:CreateQueue action",
    ];
    expect(new Set(reasons.map((reason) => idOf(denial("sqs:CreateQueue", reason)))).size).toBe(
      reasons.length,
    );
    expect(idOf(denial("sqs:CreateQueue"))).toBe(idOf(denial("sqs:CreateQueue", reasons[0])));
  });

  test("another argument, or the same of another type", () => {
    const names = fc.constantFrom("vpc", "acl", "tags_all", "force_delete", "policy", "engine_version");
    const types = fc.constantFrom("aws_eip", "aws_s3_bucket", "aws_instance");
    fc.assert(
      fc.property(names, names, types, types, (a, b, s, t) => {
        expect(idOf(argument(a, s)) === idOf(argument(b, t))).toBe(a === b && s === t);
      }),
      { seed: 5 },
    );
  });

  test.each([
    [
      "kinds of things that exist",
      "EntityAlreadyExists: Role with name a already exists.",
      "EntityAlreadyExists: User with name a already exists.",
    ],
    [
      "things with dependents",
      "DependencyViolation: resource sg-0123456789abcdef0 has a dependent object",
      "DependencyViolation: The subnet 'subnet-0123456789abcdef0' has dependencies and cannot be deleted.",
    ],
    [
      "clusters of two services",
      "Error: creating EKS Cluster (a): ResourceInUseException: Cluster already exists with name: a",
      "Error: creating ECS Cluster (a): InvalidParameterException: Cluster with the same name already exists",
    ],
    [
      "types that CloudFormation names",
      'Resource handler returned message: "Invalid request provided: AWS::EC2::Widget"',
      'Resource handler returned message: "Invalid request provided: AWS::EC2::Gear"',
    ],
    [
      "arguments of a module that has none such",
      'Error: module "a": "oil_can" is not a valid argument',
      'Error: module "a": "gear_box" is not a valid argument',
    ],
    [
      "settings that are named in quotes",
      "ClientException: Widgets requires that 'oil' be given in full.",
      "ClientException: Widgets requires that 'air' be given in full.",
    ],
    [
      "things that keep a role from being deleted",
      "DeleteConflict: Cannot delete entity, must detach all policies first.",
      "DeleteConflict: Cannot delete entity, must remove roles from instance profile first.",
    ],
    [
      "messages of a generic code",
      "ValidationException: The queue depth must be even",
      "ValidationException: The start date is after the end date",
    ],
    [
      "state not saved, and the same error elsewhere",
      "Error: Failed to save state\n\nError saving state: failed to upload state: ExpiredToken: The provided token has expired.",
      "Error: reading S3 Bucket (x): ExpiredToken: The provided token has expired.",
    ],
  ])("two %s", (_name, a, b) => {
    expect(idOf(a)).not.toBe(idOf(b));
  });
});

describe("one failure in other words has one identity", () => {
  test.each([
    [
      "a call, named or told",
      "Error: creating EC2 VPC: UnauthorizedOperation: You are not authorized to perform this operation. Encoded authorization failure message: abcdefghijklmnopqrstuv",
      "An error occurred (UnauthorizedOperation) when calling the CreateVpc operation: You are not authorized to perform this operation.",
    ],
    [
      "a state that may not be read, by whichever call",
      "Error loading state: AccessDenied: Access Denied\n\tstatus code: 403, request id: r",
      'Error: Error refreshing state: Unable to access object "a" in S3 bucket "b": operation error S3: HeadObject, https response error StatusCode: 403, RequestID: r, api error Forbidden: Forbidden',
    ],
    [
      "a state's bucket that is not there",
      "Failed to get existing workspaces: NoSuchBucket: The specified bucket does not exist",
      "Error: Failed to get existing workspaces: S3 bucket does not exist.\n\nThe referenced S3 bucket must have been previously created.\n\nError: NoSuchBucket: The specified bucket does not exist\n\tstatus code: 404, request id: r",
    ],
    [
      "an error as Node prints it",
      "InvalidWidgetException: Required widgets are not oiled currently.",
      "Error: { [InvalidWidgetException: Required widgets are not oiled currently.]\n  message: 'Required widgets are not oiled currently.',\n  code: 'InvalidWidgetException',\n  statusCode: 400 }",
    ],
    [
      "a thing, by CloudFormation's type and by the service's words",
      "5:01:12 PM | CREATE_FAILED | AWS::Logs::LogGroup | Logs /aws/lambda/a already exists",
      "ResourceAlreadyExistsException: The specified log group already exists",
    ],
    [
      "what PHP's SDK says around an answer",
      "PHP Fatal error: Uncaught Aws\\Widgets\\ValidationException: AWS Error Code: ValidationException, Status Code: 400, AWS Request ID: R, AWS Error Type: client, AWS Error Message: The gear does not fit the wheel, User-Agent: aws-sdk-php2/2.8 PHP/7.0",
      "ValidationException: The gear does not fit the wheel",
    ],
    [
      "a group with dependents, whichever network was being emptied",
      "Error emptying vpc-0123456789abcdef0: DependencyViolation: resource sg-0123456789abcdef0 has a dependent object",
      "DependencyViolation: resource sg-0fedcba9876543210 has a dependent object",
    ],
    [
      "a circle in a template, by CloudFormation and by its linter",
      "Template error: Circular dependency between resources: [Gear, Wheel]",
      "E3004 Circular Dependencies for resource Gear. Circular dependency with [Wheel]",
    ],
    [
      "a role that Fargate requires, whatever for",
      "ClientException: Fargate requires task definition to have execution role ARN to support ECR images.",
      "ClientException: Fargate requires task definition to have execution role ARN to support oil.",
    ],
    [
      "an argument of the wrong type, in whichever resource",
      'Error: Incorrect attribute value type\n\n  on a.tf line 2, in resource "aws_lb" "a":\n   2: subnet_ids = 1\n\nInappropriate value for attribute "subnet_ids": set of string required.',
      'Error: Incorrect attribute value type\n\n  on b.tf line 9, in resource "aws_eks_cluster" "b":\n   9: subnet_ids = [1]\n\nInappropriate value for attribute "subnet_ids": element 0: string required.',
    ],
    [
      "a thing identified by whatever",
      "RouteAlreadyExists: The route identified by 10.9.0.0/16 already exists.",
      "RouteAlreadyExists: The route identified by oil already exists.",
    ],
    [
      "capabilities, by CloudFormation and by the application repository",
      "InsufficientCapabilitiesException: Requires capabilities : [CAPABILITY_IAM]",
      "BadRequestException: Required capabilities [CAPABILITY_NAMED_IAM] were not provided.",
    ],
    [
      "a denial, and how a state machine tells it",
      '{"cause": "User: a is not authorized to perform: kms:Decrypt on resource: b because no resource-based policy allows the kms:Decrypt action", "error": "Lambda.KMSAccessDeniedException"}',
      "AccessDeniedException: User: c is not authorized to perform: kms:Decrypt on resource: d because no identity-based policy allows the kms:Decrypt action",
    ],
    [
      "a word in marks of code and without",
      "Error: Network Configuration is not valid for the given `networkMode` of this task definition.",
      "InvalidParameterException: Network Configuration is not valid for the given networkMode of this task definition.",
    ],
    [
      "CloudFormation's reason, with its own code and without",
      'Resource handler returned message: "Invalid request provided: AWS::EC2::Widget" (RequestToken: r, HandlerErrorCode: InvalidRequest)',
      'Resource handler returned message: "Invalid request provided: AWS::EC2::Widget"',
    ],
  ])("%s", (_name, a, b) => {
    expect(signature(b)).toBe(signature(a));
    expect(idOf(b)).toBe(idOf(a));
  });

  test("a denial that gives its reason is told by it, and not by what was around it", () => {
    const reason = "Widgets may not be oiled by strangers.";
    const plain = signature(`AccessDenied: ${reason}`);
    expect(plain).toContain("widget");
    expect(signature(`Fatal error: Uncaught Client\\Thing: AccessDenied: ${reason}`)).toBe(plain);
    expect(signature("AccessDenied: Access Denied\n\tstatus code: 403, request id: r")).toBe(
      "[access-denied] accessdenied",
    );
  });
});

describe("masking", () => {
  test.each([
    ['An argument named "vpc" is not expected here.', "an argument named vpc is not expected here."],
    ["Role with name build-42 already exists", "role with name _ already exists"],
    ["Value 'x1' at 'timeout' failed", "value _ at timeout failed"],
    ["The 'oil' setting of widget 'left' is low", "the oil setting of widget _ is low"],
    ['it ends with error "Widgets need oil and air"', "it ends with error widgets need oil and air"],
    ["The bucket 'logs' in eu-west-1 is gone", "the bucket _ in _ is gone"],
    ["state to become 'available' (timeout: 10m0s)", "state to become available timeout: _"],
    ["see https://x.example/y?z=1 and arn:aws:s3:::b/c at 10.0.0.1:443", "see _ and _ at _"],
  ])("%s", (text, masked) => {
    expect(mask(text).replace(/[.:]/g, "")).toBe(masked.replace(/[.:]/g, ""));
  });

  test("is done once: doing it again changes nothing", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        const once = mask(text);
        expect(mask(mask(once))).toBe(mask(once));
      }),
      { seed: 9, numRuns: 300 },
    );
  });
});

describe("likeness", () => {
  const score = (a: string, b: string): number =>
    matchScore(similarityTokens(read(a)), similarityTokens(read(b)));

  test("is 1 with itself, the same both ways, and within 0 and 1", () => {
    const texts = Object.values(messages).map(([, message]) =>
      message(fc.sample(cases, { numRuns: 1, seed: 1 })[0] as Case),
    );
    for (const a of texts) {
      expect(score(a, a)).toBe(1);
      for (const b of texts) {
        expect(score(a, b)).toBeCloseTo(score(b, a), 10);
        expect(score(a, b)).toBeGreaterThanOrEqual(0);
        if (a !== b) expect(score(a, b)).toBeLessThan(offerFrom);
      }
    }
  });

  test("the same code from the same call is not enough", () => {
    const said = (reason: string): string =>
      `An error occurred (InvalidParameter) when calling the Subscribe operation: ${reason}`;
    expect(score(said("Invalid parameter: WidgetArn"), said("Invalid oil endpoint: x"))).toBeLessThan(
      offerFrom,
    );
    expect(score("ValidationException: ", "ValidationException: Invalid WidgetProfile: a")).toBeLessThan(
      offerFrom,
    );
    const cut = said("The oil of the widget is too cold for this");
    expect(score(cut, `${cut} engine`)).toBeGreaterThanOrEqual(offerFrom);
  });

  test("a code that says it alone is found again where a wrapper left it out", () => {
    const said = "The oil of the widget is colder than its gearbox allows";
    const coded = `WidgetOilTooColdException: ${said}`;
    expect(score(coded, `Resource handler returned message: "${said}"`)).toBeGreaterThanOrEqual(offerFrom);
    expect(score(coded, 'Resource handler returned message: "The wheel is round"')).toBeLessThan(offerFrom);
  });

  test("the same complaint in slightly other words is offered, another denied action is not", () => {
    const a =
      "Error: creating Widget: InvalidRequestException: The widget engine cannot start because its gearbox is locked";
    const b =
      "An error occurred (InvalidRequestException) when calling the CreateWidget operation: The widget engine could not start because its gearbox is still locked";
    expect(score(a, b)).toBeGreaterThanOrEqual(offerFrom);
    const denied = (action: string): string =>
      `AccessDenied: User: arn:aws:iam::1:user/a is not authorized to perform: ${action} on resource: *`;
    expect(score(denied("s3:GetObject"), denied("s3:PutObject"))).toBeLessThan(offerFrom);
  });
});
