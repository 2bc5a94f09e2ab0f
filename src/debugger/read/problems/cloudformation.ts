import type { Problem } from "./problem.ts";

/** What CloudFormation, CDK, SAM and Serverless say about stacks and templates. */
export const templateProblems: readonly Problem[] = [
  { name: "cfn-export-missing", category: "config", also: "resource", phrases: ["no export named … found"] },
  {
    name: "cfn-circular-dependency",
    category: "config",
    phrases: ["circular dependency between resources", "circular dependencies for resource"],
  },
  { name: "cfn-unresolved-dependency", category: "config", phrases: ["unresolved resource dependencies"] },
  { name: "cfn-template-format", category: "config", phrases: ["template format error"] },
  { name: "cfn-parameter-missing", category: "config", phrases: ["parameters: [ … must have values"] },
  {
    name: "cfn-parameter-unknown",
    category: "config",
    phrases: ["parameters: [ … do not exist in the template"],
  },
  {
    name: "cfn-parameter-value",
    category: "config",
    also: "resource",
    phrases: ["parameter validation failed: parameter value"],
  },
  {
    name: "cfn-getatt-undefined",
    category: "config",
    phrases: ["fn::getatt references undefined resource"],
  },
  {
    name: "cfn-unsupported-property",
    category: "config",
    phrases: ["encountered unsupported property", "extraneous key ["],
    keeps: ["argument"],
  },
  {
    name: "cfn-properties-invalid",
    category: "config",
    phrases: ["properties validation failed for resource"],
    keeps: ["type"],
  },
  { name: "cfn-transform-failed", category: "config", phrases: ["transform … failed with"] },
  {
    name: "cfn-template-body-too-large",
    category: "quota",
    also: "config",
    phrases: ["at 'templatebody' failed to satisfy constraint"],
  },
  {
    name: "cfn-template-too-large",
    category: "quota",
    also: "config",
    phrases: ["template may not exceed"],
  },
  {
    name: "cfn-resource-limit",
    category: "quota",
    also: "config",
    phrases: ["is greater than maximum allowed"],
  },
  {
    name: "cfn-signals-missing",
    category: "resource",
    phrases: ["resource signal(s) within the specified duration"],
  },
  {
    name: "cfn-wait-condition",
    category: "resource",
    phrases: ["waitcondition timed out"],
  },
  {
    name: "cfn-in-other-stack",
    category: "resource",
    also: "state",
    phrases: ["already exists in stack arn"],
  },
  {
    name: "cfn-protected",
    category: "config",
    also: "resource",
    phrases: ["cannot be deleted while terminationprotection is enabled"],
  },
  {
    name: "cfn-stack-not-created",
    category: "resource",
    also: "state",
    phrases: ["failed creation, it may need to be manually deleted"],
  },
  {
    name: "cfn-changeset-failed",
    category: "config",
    also: "resource",
    phrases: ["failed to create changeset", "failed to create the changeset"],
  },
  {
    name: "cdk-no-account",
    category: "config",
    also: "permission",
    phrases: ["unable to resolve aws account to use", "unable to determine the default aws account"],
  },
  { name: "cdk-no-app", category: "config", phrases: ["--app is required either in command-line"] },
  {
    name: "cdk-cli-version",
    category: "config",
    phrases: [
      "cdk cli is not compatible",
      "cloud assembly schema version mismatch",
      "newer version of the cdk cli is required",
    ],
  },
  {
    name: "docker-denied",
    category: "permission",
    also: "config",
    phrases: [
      "docker.sock … permission denied",
      "permission denied while trying to connect to the docker daemon",
    ],
  },
  {
    name: "docker-missing",
    category: "config",
    phrases: ["spawnsync docker enoent"],
  },
  {
    name: "docker-not-running",
    category: "config",
    phrases: ["cannot connect to the docker daemon"],
  },
  { name: "cdk-construct-name", category: "config", phrases: ["there is already a construct with name"] },
  {
    name: "cdk-cyclic-reference",
    category: "config",
    phrases: ["adding this dependency would create a cyclic reference"],
  },
  { name: "cdk-asset-missing", category: "config", also: "resource", phrases: ["cannot find asset at"] },
  { name: "sam-runtime-missing", category: "config", phrases: ["builder … binary validation failed"] },
  { name: "cdk-app-failed", category: "config", phrases: ["subprocess exited with error"] },
  {
    name: "cdk-assets-not-published",
    category: "resource",
    also: "permission",
    phrases: ["failed to publish one or more assets", "failed to publish asset"],
  },
  {
    name: "cdk-multiple-stacks",
    category: "config",
    phrases: ["this app contains more than a single stack"],
  },
  {
    name: "serverless-variable",
    category: "config",
    phrases: ["cannot resolve variable at"],
  },
  {
    name: "serverless-variable-source",
    category: "config",
    phrases: ["unrecognized configuration variable sources"],
  },
  {
    name: "serverless-bucket-missing",
    category: "resource",
    also: "config",
    phrases: ["serverless deployment bucket … does not exist", "could not locate deployment bucket"],
  },
];
