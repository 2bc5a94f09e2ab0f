import { objectAt, stringAt, type JsonObject } from "../../../src/core/json.ts";
import type { Clients } from "../posture/desk.ts";
import { timeOfSeconds, listedTags, type ReapRow } from "./row.ts";

const dynamodb = { service: "dynamodb", target: "DynamoDB_20120810", protocol: "1.0" } as const;
const ssm = { service: "ssm", target: "AmazonSSM", protocol: "1.1" } as const;
const secrets = { service: "secretsmanager", target: "secretsmanager", protocol: "1.1" } as const;

const table: ReapRow = {
  type: "aws_dynamodb_table",
  attribute: "name",
  pattern: /^dynamodb:[^:]+:\d{12}:table\/([^/]+)$/,
  order: 3,
  tags: async (clients, { arn }) =>
    listedTags((await clients.json(dynamodb)("ListTagsOfResource", { ResourceArn: arn }))["Tags"]),
  madeAt: async (clients, { name }) => {
    const said = await clients.json(dynamodb)("DescribeTable", { TableName: name });
    return timeOfSeconds(objectAt(said["Table"])["CreationDateTime"]);
  },
  remove: (clients, { name }) => clients.json(dynamodb)("DeleteTable", { TableName: name }),
  command: (name) => `aws dynamodb delete-table --table-name ${name}`,
  arnOf: async (clients, name) => {
    const said = await clients.json(dynamodb)("DescribeTable", { TableName: name });
    const { TableArn, TableStatus } = objectAt(said["Table"]);
    return TableStatus === "DELETING" ? undefined : stringAt(TableArn);
  },
};

/** The name of a parameter in a folder begins with the slash that its ARN has anyway; one without has none. */
const parameter: ReapRow = {
  type: "aws_ssm_parameter",
  attribute: "name",
  planned: (name) => (name.startsWith("/") ? name : `/${name}`),
  pattern: /^ssm:[^:]+:\d{12}:parameter(\/.+)$/,
  order: 3,
  tags: async (clients, target) => {
    const said = await clients.json(ssm)("ListTagsForResource", {
      ResourceType: "Parameter",
      ResourceId: parameterName(target.name),
    });
    return listedTags(said["TagList"]);
  },
  madeAt: async (clients, { name }) =>
    timeOfSeconds((await describeParameter(clients, name))["LastModifiedDate"]),
  remove: (clients, { name }) => clients.json(ssm)("DeleteParameter", { Name: parameterName(name) }),
  command: (name) => `aws ssm delete-parameter --name ${parameterName(name)}`,
  arnOf: async (clients, name) => stringAt((await describeParameter(clients, name))["ARN"]),
};

async function describeParameter(clients: Clients, path: string): Promise<JsonObject> {
  const asked = { Name: parameterName(path), WithDecryption: false };
  return objectAt((await clients.json(ssm)("GetParameter", asked))["Parameter"]);
}

function parameterName(path: string): string {
  return path.lastIndexOf("/") === 0 ? path.slice(1) : path;
}

/** The last six characters of its ARN are Secrets Manager's own. It goes into its recovery window, as Secrets Manager wants it: for seven days somebody may still restore it. */
const secret: ReapRow = {
  type: "aws_secretsmanager_secret",
  attribute: "name",
  pattern: /^secretsmanager:[^:]+:\d{12}:secret:(.+)-[A-Za-z0-9]{6}$/,
  order: 3,
  tags: async (clients, { arn }) =>
    listedTags((await clients.json(secrets)("DescribeSecret", { SecretId: arn }))["Tags"]),
  madeAt: async (clients, { arn }) =>
    timeOfSeconds((await clients.json(secrets)("DescribeSecret", { SecretId: arn }))["CreatedDate"]),
  remove: (clients, { arn }) =>
    clients.json(secrets)("DeleteSecret", { SecretId: arn, RecoveryWindowInDays: 7 }),
  command: (_name, arn) => `aws secretsmanager delete-secret --secret-id ${arn}`,
  arnOf: async (clients, name) => {
    const said = await clients.json(secrets)("DescribeSecret", { SecretId: name });
    // It waits for its end already.
    return said["DeletedDate"] === undefined || said["DeletedDate"] === null
      ? stringAt(said["ARN"])
      : undefined;
  },
};

/** An empty one alone: S3 itself refuses to delete a bucket that holds anything. */
const bucket: ReapRow = {
  type: "aws_s3_bucket",
  attribute: "bucket",
  pattern: /^s3:::([^/]+)$/,
  order: 3,
  tags: async (clients, { name, account }) => {
    const owner = account === undefined ? {} : { ExpectedBucketOwner: account };
    const { TagSet } = await (await clients.s3()).getBucketTagging({ Bucket: name, ...owner });
    return Object.fromEntries((TagSet ?? []).map(({ Key, Value }) => [Key ?? "", Value ?? ""]));
  },
  madeAt: async (clients, { name }) => {
    const { Buckets } = await (await clients.s3()).listBuckets({});
    return Buckets?.find((one) => one.Name === name)?.CreationDate?.toISOString();
  },
  remove: async (clients, { name, account }) =>
    (await clients.s3()).deleteBucket({
      Bucket: name,
      ...(account === undefined ? {} : { ExpectedBucketOwner: account }),
    }),
  command: (name) => `aws s3api delete-bucket --bucket ${name}`,
  // A caller's own buckets alone: the name may be anybody's in the world.
  arnOf: async (clients, name) => {
    const { Buckets } = await (await clients.s3()).listBuckets({});
    return Buckets?.some((one) => one.Name === name)
      ? `${arnStart(clients.config.region)}:s3:::${name}`
      : undefined;
  },
};

/** China and GovCloud are partitions of their own. */
function arnStart(region: string): string {
  if (region.startsWith("cn-")) return "arn:aws-cn";
  return region.startsWith("us-gov-") ? "arn:aws-us-gov" : "arn:aws";
}

export const dataRows: readonly ReapRow[] = [table, parameter, secret, bucket];
