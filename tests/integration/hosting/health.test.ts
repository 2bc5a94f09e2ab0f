import { APIGateway } from "@aws-sdk/client-api-gateway";
import { DynamoDB } from "@aws-sdk/client-dynamodb";
import { Lambda, waitUntilFunctionActiveV2 } from "@aws-sdk/client-lambda";
import { SFN } from "@aws-sdk/client-sfn";
import { SQS } from "@aws-sdk/client-sqs";
import { ApiGatewayV2 } from "@aws-sdk/client-apigatewayv2";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { clientSettings } from "../../../handlers/hosting/client-config.ts";
import type { HealthAnswer, HealthQuestion, HostingSession } from "../../../handlers/hosting/contract.ts";
import { emulator as emulatorHosting } from "../../../handlers/hosting/emulator/handler.ts";
import { jsonApi } from "../../../handlers/hosting/existence/json-api.ts";
import { jsonErrorIn } from "../../../handlers/hosting/existence/json-error.ts";
import { sendSigned } from "../../../handlers/hosting/existence/signed-call.ts";
import { objectAt, stringAt, type JsonObject } from "../../../src/core/json.ts";
import { callQueryApi } from "../../../handlers/hosting/existence/query-api.ts";
import { healthChecks } from "../../../src/checks/health-checks.ts";
import { told } from "../../../src/core/diagnostic.ts";
import type { HealthCheck } from "../../../src/core/health.ts";
import type { Resource } from "../../../src/core/resource.ts";
import { checkContextOf } from "../../../src/pipeline/run-checks.ts";
import { expired, faultProxy, throttled, tooMany } from "../../helpers/fault-proxy.ts";
import { fakeIac, runContext } from "../../helpers/run-context.ts";
import { zipOf } from "../../helpers/zip.ts";
import { elementIn, named, rds, rootOf } from "./live.ts";
import { faberErrorOf, ministack, ownEmulator, settingOf, type Emulator } from "./setting.ts";

const role = "arn:aws:iam::000000000000:role/any";
const program = `export const handler = async (event) => {
  if (event.crash) throw new TypeError("no such order " + event.crash);
  return { ok: true };
};`;

describe.skipIf(ministack === undefined)("how well the live account is", () => {
  let emulator: Emulator;
  let endpoint = "";
  let session: HostingSession;
  let lambda: Lambda;
  let sqs: SQS;

  const askOf = async (
    asked: HostingSession,
    resources: readonly Resource[],
    questions: readonly HealthQuestion[] = resources.map((resource) => ({ id: resource.address, resource })),
  ): Promise<readonly HealthAnswer[]> => {
    if (asked.health === undefined) throw new Error("this session knows nothing of health");
    return asked.health({ resources, questions, now: Date.now() }, new AbortController().signal);
  };
  const lines = async (...resources: readonly Resource[]): Promise<readonly string[]> =>
    (await askOf(session, resources)).map(({ id, state, saw }) => `${id} ${state}: ${saw}`);
  const byName = async (
    service: Extract<HealthQuestion, { readonly service: unknown }>["service"],
    name: string,
    wish = {},
  ): Promise<string> => {
    const [answer] = await askOf(session, [], [{ id: "x", service, named: name, wish }]);
    return `${answer?.state}: ${answer?.saw}`;
  };
  const query = (service: string, version: string, action: string, parameters: Record<string, string>) =>
    callQueryApi(rootConfig(endpoint), { service, version, action, parameters });

  const create = (FunctionName: string) =>
    lambda.createFunction({
      FunctionName,
      Role: role,
      Runtime: "nodejs20.x",
      Handler: "index.handler",
      Code: { ZipFile: zipOf("index.mjs", program) },
    });
  const fn = named("worker", "aws_lambda_function", { function_name: "worker" });

  beforeAll(async () => {
    emulator = await ownEmulator(4725);
    endpoint = emulator.place.endpoint;
    session = await emulatorHosting.open(settingOf({ endpoint }));
    [lambda, sqs] = [new Lambda(rootOf(endpoint)), new SQS(rootOf(endpoint))];
    await create("worker");
    await waitUntilFunctionActiveV2(
      { client: lambda, maxWaitTime: 20, minDelay: 1 },
      { FunctionName: "worker" },
    );
  });
  afterAll(async () => emulator.stop());

  it("a function is well when it is active, and when it answers its test event", async () => {
    expect(await lines(fn)).toEqual(["aws_lambda_function.worker healthy: state Active"]);
    expect(await byName("lambda", "worker", { event: "{}" })).toBe("healthy: it answered the test event");
  });

  it("a function that crashes on its test event is down, and says of what", async () => {
    expect(await byName("lambda", "worker", { event: '{"crash":7}' })).toMatch(
      /^unhealthy: it fails on its test event: .*no such order 7/,
    );
  });

  it("a function that is gone is down, and no waiting helps", async () => {
    const gone = named("gone", "aws_lambda_function", { function_name: "gone" });
    expect(await askOf(session, [gone])).toMatchObject([
      { state: "unhealthy", saw: "it does not exist", final: true },
    ]);
  });

  it("queues tell of dead letters and of what waits", async () => {
    const { QueueUrl: dead = "" } = await sqs.createQueue({ QueueName: "jobs-dead" });
    const { Attributes } = await sqs.getQueueAttributes({ QueueUrl: dead, AttributeNames: ["QueueArn"] });
    const redrive = JSON.stringify({ deadLetterTargetArn: Attributes?.["QueueArn"], maxReceiveCount: 3 });
    const { QueueUrl: jobs = "" } = await sqs.createQueue({
      QueueName: "jobs",
      Attributes: { RedrivePolicy: redrive },
    });
    const state = [
      named("jobs", "aws_sqs_queue", { url: jobs, name: "jobs", redrive_policy: redrive }),
      named("dead", "aws_sqs_queue", { url: dead, name: "jobs-dead" }),
    ];
    expect(await lines(...state)).toEqual([
      "aws_sqs_queue.jobs healthy: no message waits",
      "aws_sqs_queue.dead healthy: no dead letters",
    ]);
    expect(await byName("queue", "jobs", { maxMessages: 0 })).toBe(
      "healthy: 0 messages wait, no dead letters",
    );

    await sqs.sendMessage({ QueueUrl: dead, MessageBody: "poison" });
    expect((await lines(...state))[1]).toBe("aws_sqs_queue.dead degraded: jobs-dead holds 1 dead letter");
    expect(await byName("queue", jobs)).toBe("unhealthy: jobs-dead holds 1 dead letter");
    expect(await byName("queue", jobs, { deadLetterEmpty: false })).toMatch(/^healthy/);

    await sqs.sendMessage({ QueueUrl: jobs, MessageBody: "work" });
    expect(await byName("queue", "jobs", { maxMessages: 0, deadLetterEmpty: false })).toBe(
      "unhealthy: 1 messages wait, more than 0",
    );
    // MiniStack publishes no such metric: no answer is no pass.
    expect(await byName("queue", "jobs", { maxAgeS: 60, deadLetterEmpty: false })).toMatch(
      /^unchecked: CloudWatch/,
    );
  });

  it("tables, state machines, stages and what is only bookkeeping here tell their status", async () => {
    const dynamodb = new DynamoDB(rootOf(endpoint));
    await dynamodb.createTable({
      TableName: "orders",
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
    });
    const { stateMachineArn = "" } = await new SFN(rootOf(endpoint)).createStateMachine({
      name: "flow",
      roleArn: role,
      definition: JSON.stringify({ StartAt: "a", States: { a: { Type: "Pass", End: true } } }),
    });
    const api = new ApiGatewayV2(rootOf(endpoint));
    const { ApiId = "" } = await api.createApi({ Name: "front", ProtocolType: "HTTP" });
    await api.createStage({ ApiId, StageName: "auto", AutoDeploy: true });
    await api.createStage({ ApiId, StageName: "empty" });
    await rds(endpoint, "CreateDBInstance", {
      DBInstanceIdentifier: "books",
      DBInstanceClass: "db.t4g.micro",
      Engine: "postgres",
      AllocatedStorage: "20",
      MasterUsername: "root",
      MasterUserPassword: "not-a-secret",
    });
    const answers = await lines(
      named("t", "aws_dynamodb_table", { name: "orders" }),
      named("m", "aws_sfn_state_machine", { arn: stateMachineArn }),
      named("auto", "aws_apigatewayv2_stage", { api_id: ApiId, name: "auto" }),
      named("empty", "aws_apigatewayv2_stage", { api_id: ApiId, name: "empty" }),
      named("db", "aws_db_instance", { identifier: "books" }),
      named("other", "aws_iam_role", { name: "has-no-health" }),
    );
    expect(answers).toEqual([
      "aws_dynamodb_table.t healthy: ACTIVE",
      "aws_sfn_state_machine.m healthy: ACTIVE",
      expect.stringMatching(/^aws_apigatewayv2_stage\.auto healthy: /),
      "aws_apigatewayv2_stage.empty unhealthy: the stage has no deployment",
      "aws_db_instance.db healthy: available",
    ]);
    expect(await byName("database", "books")).toBe("healthy: available");
    expect(await byName("database", "no-books")).toBe("unhealthy: it does not exist");
    expect(await byName("step_function", stateMachineArn)).toBe("healthy: ACTIVE");
    expect(await byName("api_stage", `${ApiId}/empty`)).toMatch(/^unhealthy/);
  });

  it("services of containers, target groups, caches, clusters and certificates are asked in their own words", async () => {
    const json = (
      service: string,
      target: string,
      operation: string,
      input: Record<string, string | number>,
    ) =>
      jsonApi(clientSettings(rootConfig(endpoint)), { service, target, protocol: "1.1" })(operation, input);
    const ecs = "AmazonEC2ContainerServiceV20141113";
    await json("ecs", ecs, "CreateCluster", { clusterName: "main" });
    await jsonApi(clientSettings(rootConfig(endpoint)), { service: "ecs", target: ecs, protocol: "1.1" })(
      "RegisterTaskDefinition",
      { family: "web", containerDefinitions: [{ name: "web", image: "nginx", memory: 128 }] },
    );
    await json("ecs", ecs, "CreateService", {
      cluster: "main",
      serviceName: "web",
      taskDefinition: "web",
      desiredCount: 2,
    });
    const group = elementIn(
      await query("elasticloadbalancing", "2015-12-01", "CreateTargetGroup", {
        Name: "web",
        Protocol: "HTTP",
        Port: "80",
        VpcId: "vpc-1",
      }),
      "TargetGroupArn",
    );
    await query("elasticache", "2015-02-02", "CreateCacheCluster", {
      CacheClusterId: "cache",
      Engine: "redis",
      NumCacheNodes: "1",
    });
    const certificate = await json("acm", "CertificateManager", "RequestCertificate", {
      DomainName: "a.example",
    });
    expect(await byName("ecs", "main/web")).toBe("healthy: 2 of 2 tasks run");
    expect(await byName("target_group", group)).toBe("unhealthy: no target is registered");
    expect(await byName("target_group", "web")).toBe("unhealthy: no target is registered");
    await query("elasticloadbalancing", "2015-12-01", "RegisterTargets", {
      TargetGroupArn: group,
      "Targets.member.1.Id": "i-1",
    });
    expect(
      await lines(
        named("web", "aws_lb_target_group", { arn: group }),
        named("c", "aws_elasticache_cluster", { cluster_id: "cache" }),
        named("a", "aws_acm_certificate", { arn: stringAt(certificate["CertificateArn"]) ?? "" }),
      ),
    ).toEqual([
      "aws_lb_target_group.web healthy: 1 of 1 targets are healthy",
      "aws_elasticache_cluster.c healthy: available",
      expect.stringMatching(/^aws_acm_certificate\.a healthy: ISSUED/),
    ]);
  });

  it("the rest of what has a health of its own is asked in the words of its service", async () => {
    const post = async (service: string, path: string, input: JsonObject): Promise<JsonObject> => {
      const headers = { "content-type": "application/json" };
      const call = { service, path, headers, body: JSON.stringify(input), errorIn: jsonErrorIn };
      return objectAt(JSON.parse(await sendSigned(rootConfig(endpoint), call)));
    };
    const balancer = elementIn(
      await query("elasticloadbalancing", "2015-12-01", "CreateLoadBalancer", { Name: "front" }),
      "LoadBalancerArn",
    );
    const instance = elementIn(
      await query("ec2", "2016-11-15", "RunInstances", { ImageId: "ami-1", MinCount: "1", MaxCount: "1" }),
      "instanceId",
    );
    await query("autoscaling", "2011-01-01", "CreateLaunchConfiguration", {
      LaunchConfigurationName: "lc",
      ImageId: "ami-1",
      InstanceType: "t3.micro",
    });
    await query("autoscaling", "2011-01-01", "CreateAutoScalingGroup", {
      AutoScalingGroupName: "fleet",
      LaunchConfigurationName: "lc",
      MinSize: "0",
      MaxSize: "2",
      DesiredCapacity: "0",
      "AvailabilityZones.member.1": "us-east-1a",
    });
    await query("elasticache", "2015-02-02", "CreateReplicationGroup", {
      ReplicationGroupId: "group",
      ReplicationGroupDescription: "x",
    });
    await rds(endpoint, "CreateDBCluster", {
      DBClusterIdentifier: "cluster",
      Engine: "aurora-postgresql",
      MasterUsername: "root",
      MasterUserPassword: "not-a-secret",
    });
    const kinesis = { service: "kinesis", target: "Kinesis_20131202", protocol: "1.1" } as const;
    await jsonApi(clientSettings(rootConfig(endpoint)), kinesis)("CreateStream", {
      StreamName: "s",
      ShardCount: 1,
    });
    await post("es", "/2021-01-01/opensearch/domain", { DomainName: "search" });
    await post("eks", "/clusters", {
      name: "kube",
      roleArn: role,
      resourcesVpcConfig: { subnetIds: ["subnet-1"] },
    });
    const rest = new APIGateway(rootOf(endpoint));
    const { id: restApiId = "" } = await rest.createRestApi({ name: "rest" });
    await rest.createDeployment({ restApiId, stageName: "v1" });
    const mapping = await lambda.createEventSourceMapping({
      FunctionName: "worker",
      EventSourceArn: "arn:aws:sqs:us-east-1:000000000000:jobs",
    });
    const answers = await lines(
      named("a", "aws_lb", { arn: balancer }),
      named("b", "aws_instance", { id: instance }),
      named("c", "aws_autoscaling_group", { name: "fleet" }),
      named("d", "aws_elasticache_replication_group", { replication_group_id: "group" }),
      named("e", "aws_rds_cluster", { cluster_identifier: "cluster" }),
      named("f", "aws_kinesis_stream", { name: "s" }),
      named("g", "aws_opensearch_domain", { domain_name: "search" }),
      named("h", "aws_eks_cluster", { name: "kube" }),
      named("i", "aws_api_gateway_stage", { rest_api_id: restApiId, stage_name: "v1" }),
      named("j", "aws_lambda_event_source_mapping", { uuid: mapping.UUID ?? "" }),
      named("k", "aws_cloudfront_distribution", { id: "E0000000000000" }),
    );
    expect(answers).toEqual([
      "aws_lb.a healthy: active",
      "aws_instance.b healthy: running",
      "aws_autoscaling_group.c healthy: 0 of 0 instances are in service",
      "aws_elasticache_replication_group.d healthy: available",
      "aws_rds_cluster.e healthy: available",
      "aws_kinesis_stream.f healthy: ACTIVE",
      "aws_opensearch_domain.g healthy: created, nothing in progress",
      "aws_eks_cluster.h healthy: ACTIVE",
      expect.stringMatching(/^aws_api_gateway_stage\.i healthy: deployment \w+$/),
      "aws_lambda_event_source_mapping.j healthy: Enabled",
      "aws_cloudfront_distribution.k unhealthy: it does not exist",
    ]);
  });

  it("an API that is not offered is no answer, and never a pass", async () => {
    const door = await faultProxy(endpoint, (_, { headers }) =>
      String(headers["x-amz-target"]).startsWith("DynamoDB")
        ? { status: 400, code: "UnknownOperationException", message: "not offered here" }
        : undefined,
    );
    const behind = await emulatorHosting.open(settingOf({ endpoint: door.url }));
    const answers = await askOf(behind, [named("t", "aws_dynamodb_table", { name: "orders" })]);
    expect(answers).toMatchObject([{ state: "unchecked", saw: expect.stringContaining("not offered here") }]);
  });

  it("throttling on every second call costs time, not answers", async () => {
    const proxy = await faultProxy(endpoint, (nth) =>
      nth % 2 === 0 ? undefined : nth % 4 === 1 ? throttled : tooMany,
    );
    const behind = await emulatorHosting.open(settingOf({ endpoint: proxy.url }));
    const many = Array.from({ length: 20 }, (_, index) => ({
      ...fn,
      address: `aws_lambda_function.f${index}`,
    }));
    const answers = await askOf(behind, many);
    expect(answers.map(({ state }) => state)).toEqual(many.map(() => "healthy"));
    expect(proxy.asked()).toBeGreaterThanOrEqual(40);
  });

  it("a run that is stopped stops asking at once", async () => {
    const stop = new AbortController();
    const silent = await faultProxy(endpoint, () => undefined);
    const behind = await emulatorHosting.open(settingOf({ endpoint: silent.url }));
    const asked = behind.health?.(
      { resources: [], questions: [{ id: "f", resource: fn }], now: Date.now() },
      stop.signal,
    );
    stop.abort();
    expect((await faberErrorOf(asked ?? Promise.resolve())).code).toBe("interrupted");
  });

  describe("as a test", () => {
    const contextFor = (
      hosting: HostingSession,
      resources: readonly Resource[],
      health: readonly HealthCheck[] = [],
    ) =>
      checkContextOf(
        runContext({
          hosting,
          iac: fakeIac({ resources: async () => told(resources), output: async () => told({}) }),
          clock: { now: () => new Date(), monotonic: () => performance.now() },
          environment: {
            health,
            healthPolicy: {
              budget: { tries: 3, intervalMs: 1_000, timeoutMs: 1_000 },
              onFailure: "fail",
              derive: true,
            },
          },
        }),
        new AbortController().signal,
      );

    it("credentials that expire in the middle end with exit 8, and what was verified stands", async () => {
      const proxy = await faultProxy(endpoint, (nth) => (nth > 20 ? expired : undefined));
      const behind = await emulatorHosting.open(settingOf({ endpoint: proxy.url }));
      const many = Array.from({ length: 60 }, (_, index) => ({
        ...fn,
        address: `aws_lambda_function.f${index}`,
      }));
      const result = await healthChecks.run(contextFor(behind, many));
      expect(result).toMatchObject({ status: "ERROR", exit: { code: 8 } });
      expect(result.reason).toMatch(/^after \d+ answers: the credentials have expired/);
      const verified = result.figures["verified"];
      expect(Array.isArray(verified) ? verified.length : 0).toBeGreaterThanOrEqual(5);
      expect(result.figures["healthy_resources"]).toBe(Array.isArray(verified) ? verified.length : 0);
    });

    it("waits for what is coming up, and says for what", async () => {
      const said: string[] = [];
      const fresh = named("fresh", "aws_lambda_function", { function_name: "fresh" });
      await create("fresh");
      // The emulator lets a new function be Pending for half a second.
      const context = { ...contextFor(session, [fresh]), say: (text: string) => void said.push(text) };
      expect(await healthChecks.run(context)).toMatchObject({
        status: "PASS",
        figures: { checked: 1, healthy_resources: 1, unhealthy_resources: 0, attempts: 2 },
      });
      expect(said).toEqual([
        expect.stringMatching(
          /^waiting up to 2 s for aws_lambda_function\.fresh: state Pending, last update InProgress$/,
        ),
      ]);
    });

    it("fails on a function that crashes on its test event, however often it is tried", async () => {
      const crash: HealthCheck = {
        name: "worker answers",
        target: "worker",
        how: { kind: "lambda", event: '{"crash":7}' },
        budget: { tries: 2, intervalMs: 100, timeoutMs: 1_000 },
        onFailure: "fail",
        required: false,
        source: "faber.yaml:9:7",
      };
      expect(await healthChecks.run(contextFor(session, [fn], [crash]))).toMatchObject({
        status: "FAIL",
        figures: { healthy_resources: 1, unhealthy_resources: 1, attempts: 2 },
        findings: [
          {
            rule: "health-lambda",
            severity: "CRITICAL",
            address: "worker answers",
            message: expect.stringMatching(/no such order 7.* \(looked 2 times\)$/),
            at: { file: "faber.yaml", line: 9, column: 7 },
          },
        ],
      });
    });
  });
});

function rootConfig(endpoint: string) {
  return {
    endpoint,
    region: "us-east-1",
    credentials: async () => ({ accessKeyId: "test", secretAccessKey: "test" }),
  };
}
