import { rm } from "node:fs/promises";
import { DynamoDB } from "@aws-sdk/client-dynamodb";
import { IAM } from "@aws-sdk/client-iam";
import { KMS } from "@aws-sdk/client-kms";
import { Lambda } from "@aws-sdk/client-lambda";
import { S3 } from "@aws-sdk/client-s3";
import { SecretsManager } from "@aws-sdk/client-secrets-manager";
import { SNS } from "@aws-sdk/client-sns";
import { SQS } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { HostingSession, Inspection } from "../../../handlers/hosting/contract.ts";
import { emulator as emulatorHosting } from "../../../handlers/hosting/emulator/handler.ts";
import type { Resource } from "../../../src/core/resource.ts";
import {
  account,
  ec2,
  ecr,
  elementIn,
  linesOf,
  lookAt,
  named,
  noZip,
  policyFor,
  rds,
  rootOf,
} from "./live.ts";
import { ministack, newCaller, ownEmulator, settingOf, temporaryDir, type Emulator } from "./setting.ts";

const secret = "hunter2-Zk3mQ8pT1w";

describe.skipIf(ministack === undefined)("how open the live account is", () => {
  let emulator: Emulator;
  let session: HostingSession;
  let endpoint = "";
  const look = (...resources: readonly Resource[]): Promise<Inspection> =>
    lookAt(session, "posture", resources);
  const lines = async (...resources: readonly Resource[]): Promise<readonly string[]> =>
    linesOf(await look(...resources));

  beforeAll(async () => {
    emulator = await ownEmulator(4720);
    endpoint = emulator.place.endpoint;
    session = await emulatorHosting.open(settingOf({ endpoint }));
  });
  afterAll(async () => emulator.stop());

  describe("a bucket", () => {
    let s3: S3;
    const bucket = named("data", "aws_s3_bucket", {
      bucket: "posture-data",
      arn: "arn:aws:s3:::posture-data",
    });
    const Bucket = "posture-data";
    const open = policyFor("*", "s3:GetObject");
    const block = (on: boolean) => ({
      Bucket,
      PublicAccessBlockConfiguration: { IgnorePublicAcls: on, RestrictPublicBuckets: on },
    });
    beforeAll(async () => {
      s3 = new S3(rootOf(endpoint));
      await s3.createBucket({ Bucket });
    });

    it("is private when it is made", async () => expect(await lines(bucket)).toEqual([]));

    it("is public by policy until an access block holds it back", async () => {
      await s3.putBucketPolicy({ Bucket, Policy: open });
      expect(await lines(bucket)).toEqual(["CRITICAL bucket-public-by-policy aws_s3_bucket.data"]);
      await s3.putPublicAccessBlock(block(true));
      expect(await lines(bucket)).toEqual([]);
      await s3.putPublicAccessBlock(block(false));
      expect(await lines(bucket)).toHaveLength(1);
    });

    it("is not public by a policy that names who may come", async () => {
      const Condition = { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } };
      await s3.putBucketPolicy({ Bucket, Policy: policyFor("*", "s3:GetObject", { Condition }) });
      expect(await lines(bucket)).toEqual([]);
      await s3.deleteBucketPolicy({ Bucket });
    });

    it("is public by ACL until ACLs are ignored or off", async () => {
      await s3.putBucketOwnershipControls({
        Bucket,
        OwnershipControls: { Rules: [{ ObjectOwnership: "ObjectWriter" }] },
      });
      await s3.putBucketAcl({ Bucket, ACL: "public-read" });
      expect(await lines(bucket)).toEqual(["CRITICAL bucket-public-by-acl aws_s3_bucket.data"]);
      await s3.putPublicAccessBlock(block(true));
      expect(await lines(bucket)).toEqual([]);
    });

    it("that is gone is the matter of another test", async () => {
      const gone = named("gone", "aws_s3_bucket", { bucket: "posture-gone" });
      expect((await look(gone)).observations).toEqual([]);
    });
  });

  it("sees queues and topics that anybody may use, and those that only look so", async () => {
    const [sqs, sns] = [new SQS(rootOf(endpoint)), new SNS(rootOf(endpoint))];
    const { QueueUrl } = await sqs.createQueue({ QueueName: "posture" });
    const { TopicArn = "" } = await sns.createTopic({
      Name: "posture",
      Attributes: { KmsMasterKeyId: "alias/aws/sns" },
    });
    const queue = named("q", "aws_sqs_queue", { id: QueueUrl ?? "", url: QueueUrl ?? "" });
    const topic = named("t", "aws_sns_topic", { arn: TopicArn });
    expect(await lines(queue, topic)).toEqual([]);
    const set = async (Policy: string): Promise<void> => {
      await sqs.setQueueAttributes({ QueueUrl, Attributes: { Policy } });
      await sns.setTopicAttributes({ TopicArn, AttributeName: "Policy", AttributeValue: Policy });
    };
    const Condition = { ArnLike: { "aws:SourceArn": "arn:aws:s3:::posture-data" } };
    await set(policyFor("*", "sqs:SendMessage", { Condition }));
    expect(await lines(queue, topic)).toEqual([]);
    await set(policyFor("*", "sqs:SendMessage"));
    expect(await lines(queue, topic)).toEqual([
      "HIGH queue-open-to-anybody aws_sqs_queue.q",
      "HIGH topic-open-to-anybody aws_sns_topic.t",
    ]);
    await sqs.setQueueAttributes({ QueueUrl, Attributes: { Policy: "", SqsManagedSseEnabled: "false" } });
    await sns.setTopicAttributes({ TopicArn, AttributeName: "KmsMasterKeyId", AttributeValue: "" });
    expect(await lines(queue, topic)).toEqual([
      "HIGH topic-open-to-anybody aws_sns_topic.t",
      "LOW topic-unencrypted aws_sns_topic.t",
      "MEDIUM queue-unencrypted aws_sqs_queue.q",
    ]);
  });

  it("sees keys, secrets and repositories that anybody may use", async () => {
    const [kms, secrets] = [new KMS(rootOf(endpoint)), new SecretsManager(rootOf(endpoint))];
    const { KeyMetadata } = await kms.createKey({});
    const KeyId = KeyMetadata?.KeyId ?? "";
    await kms.enableKeyRotation({ KeyId });
    const { ARN = "" } = await secrets.createSecret({ Name: "posture", SecretString: "s" });
    await ecr(endpoint, "CreateRepository", { repositoryName: "posture" });
    const all = [
      named("k", "aws_kms_key", { key_id: KeyId }),
      named("s", "aws_secretsmanager_secret", { arn: ARN }),
      named("r", "aws_ecr_repository", { name: "posture" }),
    ];
    expect(await lines(...all)).toEqual([]);
    await kms.putKeyPolicy({ KeyId, PolicyName: "default", Policy: policyFor({ AWS: "*" }, "kms:*") });
    await kms.disableKeyRotation({ KeyId });
    await secrets.putResourcePolicy({
      SecretId: ARN,
      ResourcePolicy: policyFor({ AWS: "*" }, "secretsmanager:GetSecretValue"),
    });
    await ecr(endpoint, "SetRepositoryPolicy", {
      repositoryName: "posture",
      policyText: policyFor("*", "ecr:BatchGetImage"),
    });
    expect(await lines(...all)).toEqual([
      "CRITICAL key-open-to-anybody aws_kms_key.k",
      "CRITICAL secret-open-to-anybody aws_secretsmanager_secret.s",
      "HIGH repository-open-to-anybody aws_ecr_repository.r",
      "LOW key-not-rotated aws_kms_key.k",
    ]);
  });

  it("sees functions that anybody may call, and what their environment gives away", async () => {
    const lambda = new Lambda(rootOf(endpoint));
    const FunctionName = "posture";
    await lambda.createFunction({
      FunctionName,
      Role: `arn:aws:iam::${account}:role/r`,
      Runtime: "nodejs20.x",
      Handler: "index.handler",
      Code: { ZipFile: noZip },
      Environment: { Variables: { TABLE: "orders", DB_PASSWORD_ARN: "arn:aws:secretsmanager:x" } },
    });
    const fn = named("f", "aws_lambda_function", { function_name: FunctionName });
    const permission = { FunctionName, Action: "lambda:InvokeFunction" };
    await lambda.addPermission({ ...permission, StatementId: "api", Principal: "apigateway.amazonaws.com" });
    expect(await lines(fn)).toEqual([]);
    await lambda.addPermission({ ...permission, StatementId: "all", Principal: "*" });
    await lambda.createFunctionUrlConfig({ FunctionName, AuthType: "NONE" });
    await lambda.addPermission({
      FunctionName,
      StatementId: "url",
      Action: "lambda:InvokeFunctionUrl",
      Principal: "*",
      FunctionUrlAuthType: "NONE",
    });
    await lambda.updateFunctionConfiguration({
      FunctionName,
      Environment: { Variables: { DB_PASSWORD: secret, DATABASE_URL: `postgres://app:${secret}@db:5432/x` } },
    });
    const seen = await look(fn);
    expect(linesOf(seen)).toEqual([
      "HIGH function-open-to-anybody aws_lambda_function.f",
      "HIGH function-url-without-auth aws_lambda_function.f",
      "HIGH secret-in-environment aws_lambda_function.f",
      "MEDIUM likely-secret-in-environment aws_lambda_function.f",
    ]);
    expect(JSON.stringify(seen)).not.toContain(secret);
    expect(seen.observations.map(({ message }) => message)).toContain(
      "the variable DB_PASSWORD holds what looks like a secret in the clear",
    );
    await lambda.removePermission({ FunctionName, StatementId: "all" });
    await lambda.updateFunctionUrlConfig({ FunctionName, AuthType: "AWS_IAM" });
    expect(await lines(fn)).not.toContain("HIGH function-url-without-auth aws_lambda_function.f");
  });

  it("sees roles that strangers may assume", async () => {
    const iam = new IAM(rootOf(endpoint));
    const RoleName = "posture";
    const trust = (principal: Parameters<typeof policyFor>[0]): string => {
      const { Resource: _, ...statement } = JSON.parse(policyFor(principal, "sts:AssumeRole")).Statement[0];
      return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
    };
    await iam.createRole({ RoleName, AssumeRolePolicyDocument: trust({ Service: "lambda.amazonaws.com" }) });
    const role = named("r", "aws_iam_role", {
      name: RoleName,
      arn: `arn:aws:iam::${account}:role/${RoleName}`,
    });
    expect(await lines(role)).toEqual([]);
    await iam.updateAssumeRolePolicy({ RoleName, PolicyDocument: trust({ AWS: "*" }) });
    expect(await lines(role)).toEqual(["CRITICAL role-open-to-anybody aws_iam_role.r"]);
    await iam.updateAssumeRolePolicy({
      RoleName,
      PolicyDocument: trust({ AWS: "arn:aws:iam::999999999999:root" }),
    });
    expect(await lines(role)).toEqual(["HIGH role-open-to-account aws_iam_role.r"]);
  });

  it("sees ports that are open to the world", async () => {
    const vpc = elementIn(await ec2(endpoint, "CreateVpc", { CidrBlock: "10.7.0.0/16" }), "vpcId");
    const made = await ec2(endpoint, "CreateSecurityGroup", {
      GroupName: "posture",
      GroupDescription: "x",
      VpcId: vpc,
    });
    const GroupId = elementIn(made, "groupId");
    const group = named("g", "aws_security_group", { id: GroupId });
    const allow = (port: string, range: Record<string, string>): Promise<string> =>
      ec2(endpoint, "AuthorizeSecurityGroupIngress", {
        GroupId,
        "IpPermissions.1.IpProtocol": "tcp",
        "IpPermissions.1.FromPort": port,
        "IpPermissions.1.ToPort": port,
        ...range,
      });
    await allow("443", { "IpPermissions.1.IpRanges.1.CidrIp": "0.0.0.0/0" });
    await allow("22", { "IpPermissions.1.IpRanges.1.CidrIp": "10.0.0.0/8" });
    expect(await lines(group)).toEqual([]);
    await allow("22", { "IpPermissions.1.IpRanges.1.CidrIp": "0.0.0.0/0" });
    await allow("5432", { "IpPermissions.1.Ipv6Ranges.1.CidrIpv6": "::/0" });
    const seen = await look(group);
    expect(seen.observations.map(({ severity, message }) => `${severity} ${message}`).sort()).toEqual([
      "HIGH 22 (SSH) is open to 0.0.0.0/0",
      "HIGH 5432 (PostgreSQL) is open to ::/0",
    ]);
  });

  it("sees databases, volumes and snapshots that are public or not encrypted", async () => {
    const database = async (id: string, more: Record<string, string>): Promise<Resource> => {
      await rds(endpoint, "CreateDBInstance", {
        DBInstanceIdentifier: id,
        DBInstanceClass: "db.t3.micro",
        Engine: "postgres",
        MasterUsername: "app",
        MasterUserPassword: "not-a-secret-1",
        AllocatedStorage: "20",
        ...more,
      });
      return named(id, "aws_db_instance", { identifier: id });
    };
    const good = await database("good", { StorageEncrypted: "true", PubliclyAccessible: "false" });
    const bad = await database("bad", { StorageEncrypted: "false", PubliclyAccessible: "true" });
    const volume = async (name: string, encrypted: string): Promise<Resource> => {
      const xml = await ec2(endpoint, "CreateVolume", {
        Size: "1",
        AvailabilityZone: "us-east-1a",
        Encrypted: encrypted,
      });
      return named(name, "aws_ebs_volume", { id: elementIn(xml, "volumeId") });
    };
    const [safe, plain] = [await volume("safe", "true"), await volume("plain", "false")];
    expect(await lines(good, bad, safe, plain)).toEqual([
      "HIGH database-public aws_db_instance.bad",
      "MEDIUM database-unencrypted aws_db_instance.bad",
      "MEDIUM volume-unencrypted aws_ebs_volume.plain",
    ]);
    // MiniStack keeps accounts of a snapshot's permission, never the group of all: what that looks like is unit-tested.
    await ec2(endpoint, "CreateSnapshot", { VolumeId: safe.id ?? "" });
    expect((await look(safe)).checked).toEqual(["aws_ebs_volume.safe"]);
    // MiniStack does not say who may restore a database's snapshot: that is never taken for a no.
    const copy = { DBSnapshotIdentifier: "copy", DBInstanceIdentifier: "good" };
    await rds(endpoint, "CreateDBSnapshot", copy);
    const seen = await look(good);
    expect([seen.observations, seen.checked]).toEqual([[], []]);
    expect(seen.unchecked).toMatchObject([{ call: "rds:DescribeDBSnapshotAttributes" }]);
  });

  it("says of a table that it has no key of its own", async () => {
    const dynamodb = new DynamoDB(rootOf(endpoint));
    await dynamodb.createTable({
      TableName: "posture",
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
    });
    const table = named("t", "aws_dynamodb_table", { name: "posture" });
    expect(await lines(table)).toEqual(["LOW table-without-kms aws_dynamodb_table.t"]);
    await dynamodb.updateTable({ TableName: "posture", SSESpecification: { Enabled: true, SSEType: "KMS" } });
    expect(await lines(table)).toEqual([]);
  });

  it("counts what it could not ask, and looks at nothing else", async () => {
    const seen = await look(
      named("x", "aws_sqs_queue", {}),
      named("p", "aws_ssm_parameter", { name: "/a" }),
      named("v", "random_pet", { id: "b" }),
    );
    expect([seen.observations, seen.checked]).toEqual([[], []]);
    expect(seen.unchecked).toMatchObject([{ address: "aws_sqs_queue.x", why: "the state holds no id" }]);
  });
});

describe.skipIf(ministack === undefined)("how open an account is that does not let everybody look", () => {
  it("is not checked without the rights, and checked with them", async () => {
    const dir = await temporaryDir();
    const strict = await ownEmulator(4721, { AUTH: "true" });
    try {
      const { endpoint } = strict.place;
      const { QueueUrl = "" } = await new SQS(rootOf(endpoint)).createQueue({
        QueueName: "open",
        Attributes: { Policy: policyFor("*", "sqs:SendMessage") },
      });
      await new S3(rootOf(endpoint)).createBucket({ Bucket: "posture-strict" });
      const things = [
        named("q", "aws_sqs_queue", { id: QueueUrl, url: QueueUrl }),
        named("b", "aws_s3_bucket", { bucket: "posture-strict" }),
      ];
      const caller = await newCaller(endpoint, dir);
      const session = await emulatorHosting.open(settingOf({ endpoint, profile: "deployer" }, caller.env));
      const refused = await lookAt(session, "posture", things);
      expect([refused.observations, refused.checked]).toEqual([[], []]);
      expect(new Set(refused.unchecked.map(({ address }) => address)).size).toBe(2);
      expect(refused.unchecked[0]?.why).toMatch(/denied|not authorized/i);
      await caller.permitAll();
      const seen = await lookAt(session, "posture", things);
      expect([linesOf(seen), seen.checked, seen.unchecked]).toEqual([
        ["HIGH queue-open-to-anybody aws_sqs_queue.q"],
        ["aws_sqs_queue.q", "aws_s3_bucket.b"],
        [],
      ]);
    } finally {
      await strict.stop();
      await rm(dir, { recursive: true, force: true });
    }
  });
});
