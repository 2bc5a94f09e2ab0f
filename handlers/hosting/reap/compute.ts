import type { IAM } from "@aws-sdk/client-iam";
import { jsonErrorIn } from "../existence/json-error.ts";
import { percentEncoded, sendSigned } from "../existence/signed-call.ts";
import type { Clients } from "../posture/desk.ts";
import { arrayAt, objectAt, stringAt, type JsonObject } from "../../../src/core/json.ts";
import { timeOfSeconds, listedTags, mappedTags, type ReapRow } from "./row.ts";

const logs = { service: "logs", target: "Logs_20140328", protocol: "1.1" } as const;

const lambda: ReapRow = {
  type: "aws_lambda_function",
  attribute: "function_name",
  pattern: /^lambda:[^:]+:\d{12}:function:([^:]+)$/,
  order: 2,
  tags: async (clients, { arn }) =>
    mappedTags((await clients.rest("lambda")(`/2017-03-31/tags/${percentEncoded(arn)}`))["Tags"]),
  madeAt: async (clients, { name }) => {
    const path = `/2015-03-31/functions/${percentEncoded(name)}/configuration`;
    return stringAt((await clients.rest("lambda")(path))["LastModified"]);
  },
  remove: (clients, { name }) =>
    sendSigned(clients.config, {
      service: "lambda",
      headers: { accept: "application/json" },
      method: "DELETE",
      path: `/2015-03-31/functions/${percentEncoded(name)}`,
      errorIn: jsonErrorIn,
    }),
  command: (name) => `aws lambda delete-function --function-name ${name}`,
  arnOf: async (clients, name) => {
    const path = `/2015-03-31/functions/${percentEncoded(name)}/configuration`;
    return stringAt((await clients.rest("lambda")(path))["FunctionArn"]);
  },
};

const logGroup: ReapRow = {
  type: "aws_cloudwatch_log_group",
  attribute: "name",
  pattern: /^logs:[^:]+:\d{12}:log-group:([^:]+)(?::\*)?$/,
  order: 3,
  tags: async (clients, { arn }) =>
    mappedTags(
      (await clients.json(logs)("ListTagsForResource", { resourceArn: arn.replace(/:\*$/, "") }))["tags"],
    ),
  madeAt: async (clients, { name }) =>
    timeOfSeconds(Number((await describeGroup(clients, name))?.["creationTime"]) / 1_000),
  remove: (clients, { name }) => clients.json(logs)("DeleteLogGroup", { logGroupName: name }),
  command: (name) => `aws logs delete-log-group --log-group-name ${name}`,
  arnOf: async (clients, name) =>
    stringAt((await describeGroup(clients, name))?.["arn"])?.replace(/:\*$/, ""),
};

async function describeGroup(clients: Clients, name: string): Promise<JsonObject | undefined> {
  const said = await clients.json(logs)("DescribeLogGroups", { logGroupNamePrefix: name });
  return arrayAt(said["logGroups"])
    .map(objectAt)
    .find(({ logGroupName }) => logGroupName === name);
}

/** No search by tags lists roles: one is asked for by its name. What is attached to it goes off first. */
const role: ReapRow = {
  type: "aws_iam_role",
  attribute: "name",
  pattern: /^iam::\d{12}:role\/(?:.*\/)?([^/]+)$/,
  order: 4,
  tags: async (clients, { name }) => {
    const { Role } = await (await clients.iam()).getRole({ RoleName: name });
    return listedTags((Role?.Tags ?? []).map(({ Key, Value }) => ({ Key: Key ?? "", Value: Value ?? "" })));
  },
  madeAt: async (clients, { name }) =>
    (await (await clients.iam()).getRole({ RoleName: name })).Role?.CreateDate?.toISOString(),
  remove: async (clients, { name }) => {
    const iam = await clients.iam();
    await detachAll(iam, name);
    return iam.deleteRole({ RoleName: name });
  },
  command: (name) => `aws iam delete-role --role-name ${name}`,
  arnOf: async (clients, name) => (await (await clients.iam()).getRole({ RoleName: name })).Role?.Arn,
};

async function detachAll(iam: IAM, RoleName: string): Promise<void> {
  // Every list is short by IAM's own quotas: a page holds it.
  const { AttachedPolicies } = await iam.listAttachedRolePolicies({ RoleName, MaxItems: 1_000 });
  for (const { PolicyArn } of AttachedPolicies ?? []) await iam.detachRolePolicy({ RoleName, PolicyArn });
  const { PolicyNames } = await iam.listRolePolicies({ RoleName, MaxItems: 1_000 });
  for (const PolicyName of PolicyNames ?? []) await iam.deleteRolePolicy({ RoleName, PolicyName });
  const { InstanceProfiles } = await iam.listInstanceProfilesForRole({ RoleName, MaxItems: 1_000 });
  for (const { InstanceProfileName } of InstanceProfiles ?? [])
    await iam.removeRoleFromInstanceProfile({ RoleName, InstanceProfileName });
}

export const computeRows: readonly ReapRow[] = [lambda, logGroup, role];
