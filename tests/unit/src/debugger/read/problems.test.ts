import { describe, expect, test } from "vitest";
import { accessProblems } from "../../../../../src/debugger/read/problems/aws-access.ts";
import { computeProblems } from "../../../../../src/debugger/read/problems/aws-compute.ts";
import { containerProblems } from "../../../../../src/debugger/read/problems/aws-containers.ts";
import { dataProblems } from "../../../../../src/debugger/read/problems/aws-data.ts";
import { edgeProblems } from "../../../../../src/debugger/read/problems/aws-edge.ts";
import { limitProblems } from "../../../../../src/debugger/read/problems/aws-limits.ts";
import { resourceProblems } from "../../../../../src/debugger/read/problems/aws-resources.ts";
import { templateProblems } from "../../../../../src/debugger/read/problems/cloudformation.ts";
import { clusterProblems } from "../../../../../src/debugger/read/problems/kubernetes.ts";
import { networkProblems } from "../../../../../src/debugger/read/problems/network.ts";
import { canonicalCode, type Problem } from "../../../../../src/debugger/read/problems/problem.ts";
import { runtimeProblems } from "../../../../../src/debugger/read/problems/runtime.ts";
import { stateProblems } from "../../../../../src/debugger/read/problems/state.ts";
import { languageProblems } from "../../../../../src/debugger/read/problems/terraform-language.ts";
import { planningProblems } from "../../../../../src/debugger/read/problems/terraform-planning.ts";
import { providerProblems } from "../../../../../src/debugger/read/problems/terraform-providers.ts";
import { referenceProblems } from "../../../../../src/debugger/read/problems/terraform-references.ts";
import { runningProblems } from "../../../../../src/debugger/read/problems/terraform-running.ts";
import { readFailures } from "../../../../../src/debugger/read/read-failures.ts";

const tables: readonly (readonly Problem[])[] = [
  stateProblems,
  accessProblems,
  limitProblems,
  resourceProblems,
  computeProblems,
  containerProblems,
  dataProblems,
  edgeProblems,
  templateProblems,
  runtimeProblems,
  clusterProblems,
  networkProblems,
  providerProblems,
  languageProblems,
  planningProblems,
  referenceProblems,
  runningProblems,
];
const problems = tables.flat();

describe("the tables of known problems", () => {
  test("a phrase and a code mean one problem", () => {
    const named = new Map<string, string>();
    const twice: string[] = [];
    for (const { name, phrases, codes = [] } of problems) {
      for (const said of [...phrases, ...codes]) {
        const other = named.get(said);
        if (other !== undefined && other !== name) twice.push(`${said}: ${other}, ${name}`);
        named.set(said, name);
      }
    }
    expect(twice).toEqual([]);
  });

  test("phrases are in lower case, as the text that they are looked for in", () => {
    const phrases = problems.flatMap((problem) => problem.phrases);
    expect(phrases.filter((phrase) => phrase !== phrase.toLowerCase())).toEqual([]);
    expect(phrases.filter((phrase) => phrase.split(" … ").some((part) => part.trim().length < 2))).toEqual(
      [],
    );
  });

  test("codes are canonical", () => {
    const codes = problems.flatMap((problem) => problem.codes ?? []);
    expect(codes.filter((code) => code !== canonicalCode(code) && !code.startsWith("aws."))).toEqual([]);
  });
});

describe("problems that look alike and are mended otherwise", () => {
  const signature = (text: string): string => {
    const { failures, root } = readFailures({ text });
    return failures[root]?.normalizedMessage ?? "";
  };

  test.each([
    [
      "certificates",
      "Get https://a.example/: x509: certificate has expired",
      "Get https://a.example/: x509: certificate signed by unknown authority",
    ],
    [
      "stacks",
      "Stack:shop is in ROLLBACK_COMPLETE state and can not be updated.",
      "Stack:shop is in UPDATE_ROLLBACK_FAILED state and can not be updated.",
    ],
    [
      "credentials",
      "AuthFailure: AWS was not able to validate the provided access credentials",
      "InvalidClientTokenId: The security token included in the request is invalid.",
    ],
    [
      "waits",
      "HandlerErrorCode: NotStabilized, the widget did not turn",
      "HandlerErrorCode: NotStabilized, no oil was found in time",
    ],
    [
      "reasons why no instance takes a task",
      "unable to place a task because no container instance met all of its requirements. The closest matching instance is missing an attribute required by your task.",
      "unable to place a task because no container instance met all of its requirements. The closest matching instance has insufficient memory available.",
    ],
    [
      "failures of a starting task",
      "ResourceInitializationError: unable to pull secrets or registry auth: no",
      "ResourceInitializationError: failed to validate the logger of the task",
    ],
    [
      "ways not to reach the registry",
      "Failed to request discovery document: Get: net/http: (Client.Timeout exceeded)",
      "Failed to request discovery document: Get: dial tcp: connect: cannot assign requested address",
    ],
    [
      "sizes of a request",
      "RequestEntityTooLargeException: Request must be smaller than 9 bytes for the UpdateFunctionConfiguration operation",
      "RequestEntityTooLargeException: Request must be smaller than 9 bytes for the CreateFunction operation",
    ],
    [
      "principals of a policy",
      "MalformedPolicyDocument: Invalid principal in policy: AWS: x",
      "MalformedPolicyDocument: Invalid principal in policy: The policy has a statement with no principals!",
    ],
    [
      "Python libraries",
      '{"failed": true, "msg": "boto3 required for this module"}',
      '{"failed": true, "msg": "boto required for this module"}',
    ],
    [
      "failed imports",
      "Unable to import module 'shop': No module named 'oil'",
      "Unable to import module 'shop': /var/task/oil.so: invalid ELF header",
    ],
    [
      "versions",
      "InvalidParameterCombination: Cannot upgrade oil from 9.2 to 9.1",
      "InvalidParameterCombination: Cannot find upgrade path from 9.2 to 11.1",
    ],
    [
      "policies of a bucket",
      "MalformedPolicy: Policy has invalid resource",
      "MalformedPolicy: Policy has invalid action",
    ],
    [
      "templates that are too large",
      "1 validation error detected: Value '{}' at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to 9",
      "Template may not exceed 99 bytes in size.",
    ],
    [
      "Dockers",
      "Error: spawnSync docker ENOENT",
      "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?",
    ],
    [
      "tokens of an identity provider",
      "InvalidIdentityToken: Incorrect token audience",
      "InvalidIdentityToken: Couldn't retrieve verification key from your identity provider",
    ],
    [
      "states of a key",
      "KMSInvalidStateException: arn:aws:kms:eu-west-1:111122223333:key/a is pending deletion.",
      "KMSInvalidStateException: arn:aws:kms:eu-west-1:111122223333:key/a is pending import of oil.",
    ],
    [
      "refused requests",
      "AuthFailure: AWS was not able to validate the provided access credentials",
      "AuthFailure: Not authorized for widgets: [w-1]",
    ],
    [
      "malformed headers",
      "AuthorizationHeaderMalformed: the region 'a' is wrong; expecting 'b'",
      "AuthorizationHeaderMalformed: the Credential is mal-formed; expecting a key",
    ],
    [
      "syntax",
      "Error: Unclosed configuration block\n\n  on a.tf line 1:\n   1: {",
      "Error: Missing newline after argument\n\n  on a.tf line 1:\n   1: a = 1 b = 2",
    ],
    [
      "archives of a function",
      "Error occurred while GetObject. S3 Error Code: NoSuchKey. S3 Error Message: no oil",
      "Error occurred while GetObject. S3 Error Code: NoSuchBucket. S3 Error Message: no oil",
    ],
    [
      "passwords",
      "InvalidParameterValue: The parameter MasterUserPassword is not a valid password. Only oil may be used.",
      "InvalidParameterValue: The parameter MasterUserPassword is not a valid password because it is shorter than 9 characters.",
    ],
    [
      "things of two networks",
      "InvalidParameter: Security group sg-1 and subnet subnet-1 belong to different networks.",
      "InvalidGroup.NotFound: You have specified two resources that belong to different networks.",
    ],
    [
      "bodies that are one quotation",
      '{\n  "status": 500,\n  "body": "the widget has lost its oil",',
      '{\n  "status": 500,\n  "body": "no gear fits this wheel",',
    ],
  ])("two %s", (_name, one, other) => {
    expect(signature(one)).not.toBe(signature(other));
  });
});
