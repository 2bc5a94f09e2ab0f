import { APIGateway } from "@aws-sdk/client-api-gateway";
import { ApiGatewayV2 } from "@aws-sdk/client-apigatewayv2";
import { CloudWatch } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import { DynamoDB } from "@aws-sdk/client-dynamodb";
import { EventBridge } from "@aws-sdk/client-eventbridge";
import { IAM } from "@aws-sdk/client-iam";
import { KMS } from "@aws-sdk/client-kms";
import { Lambda } from "@aws-sdk/client-lambda";
import { S3 } from "@aws-sdk/client-s3";
import { SecretsManager } from "@aws-sdk/client-secrets-manager";
import { SFN } from "@aws-sdk/client-sfn";
import { SNS } from "@aws-sdk/client-sns";
import { SQS } from "@aws-sdk/client-sqs";
import { SSM } from "@aws-sdk/client-ssm";
import { clientSettings, type ClientConfig } from "../../../handlers/hosting/client-config.ts";
import { jsonApi } from "../../../handlers/hosting/existence/json-api.ts";
import { callQueryApi } from "../../../handlers/hosting/existence/query-api.ts";
import { objectAt, stringAt, type JsonObject, type JsonValue } from "../../../src/core/json.ts";
import type { Resource } from "../../../src/core/resource.ts";

/** A thing that exists, as a Terraform state would record it, and what to change in it to name one that does not. */
export interface Specimen {
  readonly resource: Resource;
  readonly absent: JsonObject;
}

const account = "000000000000";
const policy = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } }],
});
const access = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "sqs:SendMessage", Resource: "*" }],
});
/** Of a queue that S3 may notify. */
const queuePolicy = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Action: "sqs:SendMessage",
      Resource: "*",
      Principal: { Service: "s3.amazonaws.com" },
    },
  ],
});
const nobodyArn = (service: string, rest: string): string =>
  `arn:aws:${service}:us-east-1:${account}:${rest}`;

export function resourceOf(type: string, attributes: JsonObject, provider = "aws"): Resource {
  const id = attributes["id"];
  const arn = attributes["arn"];
  return {
    address: `${type}.it`,
    type,
    name: "it",
    provider: `registry.terraform.io/hashicorp/${provider}`,
    ...(typeof id === "string" ? { id } : {}),
    ...(typeof arn === "string" ? { arn } : {}),
    tainted: false,
    attributes,
  };
}

export function absentTwin({ resource, absent }: Specimen): Resource {
  const { id: _id, arn: _arn, attributes, ...rest } = resource;
  const changed = resourceOf(resource.type, { ...attributes, ...absent });
  return { ...rest, ...changed };
}

/** Makes one of everything with the SDK itself. */
export async function makeCorpus(endpoint: string): Promise<readonly Specimen[]> {
  const common = {
    endpoint,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  };
  const made: Specimen[] = [];
  const add = (type: string, attributes: Record<string, JsonValue | undefined>, absent: JsonObject): void => {
    const present = Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined));
    made.push({ resource: resourceOf(type, present as JsonObject), absent });
  };
  await makeMessaging(common, add);
  await makeStorage(common, add);
  const role = await makeIam(common, add);
  await makeLambda(common, add, role);
  await makeObservability(common, add);
  await makeHttpApi(common, add);
  await makeRestApi(common, add);
  await makeSecrets(common, add);
  await makeNetwork(endpoint, add);
  await makeContainers(endpoint, add);
  await makeDatabases(endpoint, add);
  return made;
}

interface Common {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}
type Add = (type: string, attributes: Record<string, JsonValue | undefined>, absent: JsonObject) => void;

async function makeMessaging(common: Common, add: Add): Promise<void> {
  const sqs = new SQS(common);
  const dead = await sqs.createQueue({ QueueName: "dead" });
  const deadArn = nobodyArn("sqs", "dead");
  const { QueueUrl } = await sqs.createQueue({
    QueueName: "jobs",
    Attributes: {
      Policy: queuePolicy,
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: deadArn, maxReceiveCount: 2 }),
    },
  });
  add("aws_sqs_queue", { id: QueueUrl, url: QueueUrl, name: "jobs" }, { name: "no-jobs" });
  add("aws_sqs_queue_policy", { queue_url: QueueUrl }, { queue_url: dead.QueueUrl ?? "" });
  add("aws_sqs_queue_redrive_policy", { queue_url: QueueUrl }, { queue_url: dead.QueueUrl ?? "" });
  const sns = new SNS(common);
  const { TopicArn } = await sns.createTopic({ Name: "news" });
  const { SubscriptionArn } = await sns.subscribe({
    TopicArn,
    Protocol: "sqs",
    Endpoint: nobodyArn("sqs", "jobs"),
    ReturnSubscriptionArn: true,
  });
  const noTopic = { arn: nobodyArn("sns", "no-news") };
  add("aws_sns_topic", { arn: TopicArn }, noTopic);
  add("aws_sns_topic_policy", { arn: TopicArn }, noTopic);
  add("aws_sns_topic_subscription", { arn: SubscriptionArn }, { arn: nobodyArn("sns", "news:no-such-id") });
}

async function makeStorage(common: Common, add: Add): Promise<void> {
  const s3 = new S3({ ...common, forcePathStyle: true });
  const Bucket = "faber-artifacts";
  await s3.createBucket({ Bucket });
  await s3.createBucket({ Bucket: "faber-plain" });
  await s3.putBucketVersioning({ Bucket, VersioningConfiguration: { Status: "Enabled" } });
  await s3.putPublicAccessBlock({ Bucket, PublicAccessBlockConfiguration: { BlockPublicAcls: true } });
  await s3.putBucketEncryption({
    Bucket,
    ServerSideEncryptionConfiguration: {
      Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } }],
    },
  });
  await s3.putBucketPolicy({ Bucket, Policy: policy });
  await s3.putBucketOwnershipControls({
    Bucket,
    OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] },
  });
  await s3.putBucketLifecycleConfiguration({
    Bucket,
    LifecycleConfiguration: {
      Rules: [{ ID: "a", Status: "Enabled", Filter: { Prefix: "" }, Expiration: { Days: 9 } }],
    },
  });
  await s3.putBucketNotificationConfiguration({
    Bucket,
    NotificationConfiguration: {
      QueueConfigurations: [{ QueueArn: nobodyArn("sqs", "jobs"), Events: ["s3:ObjectCreated:*"] }],
    },
  });
  await s3.putObject({ Bucket, Key: "a/b.txt", Body: "x" });
  add("aws_s3_bucket", { id: Bucket, bucket: Bucket }, { bucket: "faber-nothing" });
  add("aws_s3_object", { bucket: Bucket, key: "a/b.txt" }, { key: "a/c.txt" });
  // Encryption and ownership have defaults on every bucket: only without the bucket are they gone.
  for (const type of ["server_side_encryption_configuration", "ownership_controls"]) {
    add(`aws_s3_bucket_${type}`, { bucket: Bucket }, { bucket: "faber-nothing" });
  }
  for (const type of [
    "versioning",
    "public_access_block",
    "policy",
    "lifecycle_configuration",
    "notification",
  ]) {
    add(`aws_s3_bucket_${type}`, { bucket: Bucket }, { bucket: "faber-plain" });
  }
  await new DynamoDB(common).createTable({
    TableName: "orders",
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
    KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
  });
  add("aws_dynamodb_table", { id: "orders", name: "orders" }, { name: "no-orders" });
}

async function makeIam(common: Common, add: Add): Promise<string> {
  const iam = new IAM(common);
  const role = await iam.createRole({ RoleName: "worker", AssumeRolePolicyDocument: policy });
  await iam.putRolePolicy({ RoleName: "worker", PolicyName: "inline", PolicyDocument: access });
  const { Policy } = await iam.createPolicy({ PolicyName: "managed", PolicyDocument: access });
  await iam.attachRolePolicy({ RoleName: "worker", PolicyArn: Policy?.Arn });
  await iam.createUser({ UserName: "ci" });
  await iam.createInstanceProfile({ InstanceProfileName: "box" });
  add("aws_iam_role", { id: "worker", name: "worker", arn: role.Role?.Arn }, { name: "idler" });
  add("aws_iam_role_policy", { role: "worker", name: "inline" }, { name: "outline" });
  add(
    "aws_iam_role_policy_attachment",
    { role: "worker", policy_arn: Policy?.Arn },
    { policy_arn: "arn:aws:iam::aws:policy/X" },
  );
  add("aws_iam_policy", { arn: Policy?.Arn }, { arn: `arn:aws:iam::${account}:policy/none` });
  add("aws_iam_user", { name: "ci" }, { name: "cd" });
  add("aws_iam_instance_profile", { name: "box" }, { name: "ball" });
  return role.Role?.Arn ?? "";
}

async function makeLambda(common: Common, add: Add, Role: string): Promise<void> {
  const lambda = new Lambda(common);
  const FunctionName = "worker";
  await lambda.createFunction({
    FunctionName,
    Role,
    Runtime: "nodejs20.x",
    Handler: "index.handler",
    Code: { ZipFile: Buffer.from("UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==", "base64") },
    Publish: true,
  });
  await lambda.createAlias({ FunctionName, Name: "live", FunctionVersion: "1" });
  await lambda.addPermission({
    FunctionName,
    StatementId: "api",
    Action: "lambda:InvokeFunction",
    Principal: "apigateway.amazonaws.com",
  });
  const mapping = await lambda.createEventSourceMapping({
    FunctionName,
    EventSourceArn: nobodyArn("sqs", "jobs"),
  });
  await lambda.createFunctionUrlConfig({ FunctionName, AuthType: "NONE" });
  await lambda.putFunctionEventInvokeConfig({ FunctionName, MaximumRetryAttempts: 1 });
  const layer = await lambda.publishLayerVersion({
    LayerName: "common",
    Content: { ZipFile: Buffer.from("UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==", "base64") },
  });
  add(
    "aws_lambda_layer_version",
    { arn: layer.LayerVersionArn },
    { arn: nobodyArn("lambda", "layer:common:99") },
  );
  add("aws_lambda_function_event_invoke_config", { function_name: FunctionName }, { function_name: "idler" });
  const absent = { function_name: "idler" };
  add("aws_lambda_function", { function_name: FunctionName }, absent);
  add("aws_lambda_alias", { function_name: FunctionName, name: "live" }, { name: "dead" });
  add("aws_lambda_permission", { function_name: FunctionName, statement_id: "api" }, { statement_id: "sns" });
  add(
    "aws_lambda_event_source_mapping",
    { uuid: mapping.UUID },
    { uuid: "7b1d1f6e-0000-4000-8000-000000000000" },
  );
  add("aws_lambda_function_url", { function_name: FunctionName }, absent);
}

async function makeObservability(common: Common, add: Add): Promise<void> {
  const logs = new CloudWatchLogs(common);
  await logs.createLogGroup({ logGroupName: "/orders/api-2" });
  await logs.createLogGroup({ logGroupName: "/orders/api" });
  add("aws_cloudwatch_log_group", { name: "/orders/api" }, { name: "/orders/ap" });
  const cloudwatch = new CloudWatch(common);
  await cloudwatch.putMetricAlarm({
    AlarmName: "depth",
    MetricName: "m",
    Namespace: "n",
    ComparisonOperator: "GreaterThanThreshold",
    EvaluationPeriods: 1,
    Period: 60,
    Statistic: "Sum",
    Threshold: 1,
  });
  add("aws_cloudwatch_metric_alarm", { alarm_name: "depth" }, { alarm_name: "dept" });
  await cloudwatch.putDashboard({ DashboardName: "board", DashboardBody: JSON.stringify({ widgets: [] }) });
  add("aws_cloudwatch_dashboard", { dashboard_name: "board" }, { dashboard_name: "boar" });
  const events = new EventBridge(common);
  await events.putRule({ Name: "nightly", ScheduleExpression: "rate(1 day)" });
  await events.putTargets({ Rule: "nightly", Targets: [{ Id: "q", Arn: nobodyArn("sqs", "jobs") }] });
  add("aws_cloudwatch_event_rule", { name: "nightly", event_bus_name: "default" }, { name: "daily" });
  add(
    "aws_cloudwatch_event_target",
    { rule: "nightly", target_id: "q", event_bus_name: "default" },
    { target_id: "r" },
  );
  const states = new SFN(common);
  const { activityArn } = await states.createActivity({ name: "approve" });
  add("aws_sfn_activity", { id: activityArn }, { id: nobodyArn("states", "activity:none") });
  const machine = await states.createStateMachine({
    name: "flow",
    roleArn: `arn:aws:iam::${account}:role/worker`,
    definition: JSON.stringify({ StartAt: "A", States: { A: { Type: "Succeed" } } }),
  });
  add(
    "aws_sfn_state_machine",
    { arn: machine.stateMachineArn },
    { arn: nobodyArn("states", "stateMachine:none") },
  );
}

async function makeHttpApi(common: Common, add: Add): Promise<void> {
  const api = new ApiGatewayV2(common);
  const { ApiId } = await api.createApi({ Name: "orders", ProtocolType: "HTTP" });
  const integration = await api.createIntegration({
    ApiId,
    IntegrationType: "AWS_PROXY",
    IntegrationUri: nobodyArn("lambda", "function:worker"),
    PayloadFormatVersion: "2.0",
  });
  const route = await api.createRoute({
    ApiId,
    RouteKey: "POST /orders",
    Target: `integrations/${integration.IntegrationId}`,
  });
  await api.createStage({ ApiId, StageName: "$default", AutoDeploy: true });
  add("aws_apigatewayv2_api", { id: ApiId }, { id: "nothere1" });
  add("aws_apigatewayv2_integration", { api_id: ApiId, id: integration.IntegrationId }, { id: "nothere" });
  add("aws_apigatewayv2_route", { api_id: ApiId, id: route.RouteId }, { id: "nothere" });
  add("aws_apigatewayv2_stage", { api_id: ApiId, name: "$default" }, { name: "dev" });
}

async function makeRestApi(common: Common, add: Add): Promise<void> {
  const api = new APIGateway(common);
  const { id: restApiId, rootResourceId } = await api.createRestApi({ name: "orders" });
  const { id: resourceId } = await api.createResource({
    restApiId,
    parentId: rootResourceId,
    pathPart: "orders",
  });
  const method = { restApiId, resourceId, httpMethod: "GET" };
  await api.putMethod({ ...method, authorizationType: "NONE" });
  await api.putIntegration({ ...method, type: "MOCK" });
  await api.putMethodResponse({ ...method, statusCode: "200" });
  await api.putIntegrationResponse({ ...method, statusCode: "200" });
  const usage = await api.createUsagePlan({ name: "orders" });
  const apiKey = await api.createApiKey({ name: "orders" });
  const { id: deploymentId } = await api.createDeployment({ restApiId });
  await api.createStage({ restApiId, stageName: "dev", deploymentId });
  const key = { rest_api_id: restApiId, resource_id: resourceId, http_method: "GET" };
  add("aws_api_gateway_rest_api", { id: restApiId }, { id: "nothere1" });
  add("aws_api_gateway_resource", { rest_api_id: restApiId, id: resourceId }, { id: "nothere" });
  for (const type of ["method_response", "integration_response"]) {
    add(`aws_api_gateway_${type}`, { ...key, status_code: "200" }, { status_code: "404" });
  }
  add("aws_api_gateway_usage_plan", { id: usage.id }, { id: "nothere" });
  add("aws_api_gateway_api_key", { id: apiKey.id }, { id: "nothere" });
  add("aws_api_gateway_method", key, { http_method: "PUT" });
  add("aws_api_gateway_integration", key, { http_method: "PUT" });
  add("aws_api_gateway_deployment", { rest_api_id: restApiId, id: deploymentId }, { id: "nothere" });
  add("aws_api_gateway_stage", { rest_api_id: restApiId, stage_name: "dev" }, { stage_name: "prod" });
}

async function makeSecrets(common: Common, add: Add): Promise<void> {
  await new SSM(common).putParameter({ Name: "/orders/limit", Type: "String", Value: "9" });
  add("aws_ssm_parameter", { name: "/orders/limit" }, { name: "/orders/none" });
  const kms = new KMS(common);
  const { KeyMetadata } = await kms.createKey({});
  await kms.createAlias({ AliasName: "alias/orders", TargetKeyId: KeyMetadata?.KeyId });
  const doomed = await kms.createKey({});
  await kms.scheduleKeyDeletion({ KeyId: doomed.KeyMetadata?.KeyId, PendingWindowInDays: 7 });
  add("aws_kms_key", { key_id: KeyMetadata?.KeyId }, { key_id: doomed.KeyMetadata?.KeyId ?? "" });
  add("aws_kms_alias", { name: "alias/orders" }, { name: "alias/none" });
  const secrets = new SecretsManager(common);
  const kept = await secrets.createSecret({ Name: "token", SecretString: "s" });
  const gone = await secrets.createSecret({ Name: "old", SecretString: "s" });
  await secrets.deleteSecret({ SecretId: "old" });
  const open = await secrets.createSecret({ Name: "open", SecretString: "s" });
  await secrets.putResourcePolicy({ SecretId: "token", ResourcePolicy: access });
  add("aws_secretsmanager_secret_policy", { secret_arn: kept.ARN }, { secret_arn: open.ARN ?? "" });
  add("aws_secretsmanager_secret", { arn: kept.ARN }, { arn: gone.ARN ?? "" });
  add(
    "aws_secretsmanager_secret_version",
    { secret_id: kept.ARN, version_id: kept.VersionId },
    { version_id: "none" },
  );
}

async function makeNetwork(endpoint: string, add: Add): Promise<void> {
  const config = {
    endpoint,
    region: "us-east-1",
    credentials: async () => ({ accessKeyId: "test", secretAccessKey: "test" }),
  };
  const make = async (
    action: string,
    element: string,
    parameters: Record<string, string>,
  ): Promise<string> => {
    const xml = await callQueryApi(config, { service: "ec2", version: "2016-11-15", action, parameters });
    const id = new RegExp(`<${element}>([^<]+)<`).exec(xml)?.[1];
    if (id === undefined) throw new Error(`${action} gave no ${element}: ${xml}`);
    return id;
  };
  const vpc = await make("CreateVpc", "vpcId", { CidrBlock: "10.9.0.0/16" });
  const subnet = await make("CreateSubnet", "subnetId", { VpcId: vpc, CidrBlock: "10.9.1.0/24" });
  const group = await make("CreateSecurityGroup", "groupId", {
    GroupName: "g",
    GroupDescription: "g",
    VpcId: vpc,
  });
  const gone = await make("CreateSecurityGroup", "groupId", {
    GroupName: "h",
    GroupDescription: "h",
    VpcId: vpc,
  });
  await callQueryApi(config, {
    service: "ec2",
    version: "2016-11-15",
    action: "DeleteSecurityGroup",
    parameters: { GroupId: gone },
  });
  const table = await make("CreateRouteTable", "routeTableId", { VpcId: vpc });
  const association = await make("AssociateRouteTable", "associationId", {
    RouteTableId: table,
    SubnetId: subnet,
  });
  const gateway = await make("CreateInternetGateway", "internetGatewayId", {});
  const route = { RouteTableId: table, DestinationCidrBlock: "0.0.0.0/0", GatewayId: gateway };
  await callQueryApi(config, {
    service: "ec2",
    version: "2016-11-15",
    action: "CreateRoute",
    parameters: route,
  });
  add(
    "aws_route",
    { route_table_id: table, destination_cidr_block: "0.0.0.0/0" },
    { destination_cidr_block: "::/0" },
  );
  add("aws_vpc", { id: vpc }, { id: "vpc-0123456789abcdef0" });
  add("aws_subnet", { id: subnet }, { id: "subnet-0123456789abcdef0" });
  add("aws_security_group", { id: group }, { id: gone });
  add("aws_route_table", { id: table }, { id: "rtb-0123456789abcdef0" });
  add("aws_route_table_association", { id: association }, { id: "rtbassoc-0123456789abcdef0" });
  add("aws_internet_gateway", { id: gateway }, { id: "igw-0123456789abcdef0" });
}

function rootConfig(endpoint: string): ClientConfig {
  return {
    endpoint,
    region: "us-east-1",
    credentials: async () => ({ accessKeyId: "test", secretAccessKey: "test" }),
  };
}

async function makeContainers(endpoint: string, add: Add): Promise<void> {
  const settings = clientSettings(rootConfig(endpoint));
  const ecs = jsonApi(settings, {
    service: "ecs",
    target: "AmazonEC2ContainerServiceV20141113",
    protocol: "1.1",
  });
  await ecs("CreateCluster", { clusterName: "main" });
  const { taskDefinition } = await ecs("RegisterTaskDefinition", {
    family: "web",
    containerDefinitions: [{ name: "web", image: "nginx", memory: 128 }],
  });
  const arn = stringAt(objectAt(taskDefinition)["taskDefinitionArn"]) ?? "";
  await ecs("CreateService", { cluster: "main", serviceName: "web", taskDefinition: arn, desiredCount: 1 });
  add("aws_ecs_cluster", { name: "main" }, { name: "side" });
  add("aws_ecs_service", { name: "web", cluster: "main" }, { name: "wob" });
  add("aws_ecs_task_definition", { arn }, { arn: arn.replace("/web:", "/wob:") });
  const ecr = jsonApi(settings, {
    service: "ecr",
    target: "AmazonEC2ContainerRegistry_V20150921",
    protocol: "1.1",
  });
  for (const repositoryName of ["web", "plain"]) await ecr("CreateRepository", { repositoryName });
  await ecr("SetRepositoryPolicy", { repositoryName: "web", policyText: access });
  add("aws_ecr_repository", { name: "web" }, { name: "wob" });
  add("aws_ecr_repository_policy", { repository: "web" }, { repository: "plain" });
  const kinesis = jsonApi(settings, { service: "kinesis", target: "Kinesis_20131202", protocol: "1.1" });
  await kinesis("CreateStream", { StreamName: "orders", ShardCount: 1 });
  add("aws_kinesis_stream", { name: "orders" }, { name: "no-orders" });
}

async function makeDatabases(endpoint: string, add: Add): Promise<void> {
  const rds = (action: string, parameters: Readonly<Record<string, string>>): Promise<string> =>
    callQueryApi(rootConfig(endpoint), { service: "rds", version: "2014-10-31", action, parameters });
  const common = { MasterUsername: "app", MasterUserPassword: "not-a-secret-1" };
  await rds("CreateDBInstance", {
    ...common,
    DBInstanceIdentifier: "orders",
    DBInstanceClass: "db.t3.micro",
    Engine: "postgres",
    AllocatedStorage: "20",
  });
  await rds("CreateDBCluster", {
    ...common,
    DBClusterIdentifier: "orders-cluster",
    Engine: "aurora-postgresql",
  });
  add("aws_db_instance", { identifier: "orders" }, { identifier: "no-orders" });
  add("aws_rds_cluster", { cluster_identifier: "orders-cluster" }, { cluster_identifier: "no-cluster" });
}
