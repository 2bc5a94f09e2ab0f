import { DataAwsIamPolicyDocument } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document/index.js";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment/index.js";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy/index.js";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role/index.js";
import type { ITerraformDependable, TerraformStack } from "cdktf";
import type { Settings } from "./settings.ts";

export interface Statement {
  readonly actions: string[];
  readonly resources: string[];
}

export interface Role {
  readonly arn: string;
  /** What must exist before the role can be used. */
  readonly ready: ITerraformDependable[];
}

/** A role for one Lambda function that may do what `statements` say and send traces. */
export function addRole(
  stack: TerraformStack,
  settings: Settings,
  name: string,
  statements: Statement[],
): Role {
  const trust = new DataAwsIamPolicyDocument(stack, `${name}_trust`, {
    statement: [
      {
        actions: ["sts:AssumeRole"],
        principals: [{ type: "Service", identifiers: ["lambda.amazonaws.com"] }],
      },
    ],
  });
  const role = new IamRole(stack, `${name}_role`, {
    name: settings.name(name),
    assumeRolePolicy: trust.json,
  });
  const rights = new DataAwsIamPolicyDocument(stack, `${name}_rights`, { statement: statements });
  const policy = new IamRolePolicy(stack, `${name}_policy`, {
    name: settings.name(name),
    role: role.id,
    policy: rights.json,
  });
  // X-Ray's actions know no resources: AWS's own policy for them is no wider than ours could be.
  const tracing = new IamRolePolicyAttachment(stack, `${name}_tracing`, {
    role: role.name,
    policyArn: "arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess",
  });
  return { arn: role.arn, ready: [policy, tracing] };
}
