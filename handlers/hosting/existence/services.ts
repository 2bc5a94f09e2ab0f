import type { ClientConfig, ClientSettings } from "../client-config.ts";
import { apiGatewayProbes } from "./api-gateway.ts";
import { apiGatewayV2Probes } from "./api-gateway-v2.ts";
import { cloudWatchLogsProbes } from "./cloudwatch-logs.ts";
import { ecrProbes, ecsProbes } from "./containers.ts";
import { dynamoDbProbes } from "./dynamodb.ts";
import { efsProbes } from "./efs.ts";
import { eventBridgeProbes } from "./eventbridge.ts";
import { iamProbes } from "./iam.ts";
import { kinesisProbes } from "./kinesis.ts";
import { kmsProbes } from "./kms.ts";
import { lambdaProbes } from "./lambda.ts";
import type { ExistenceProbe, ProbesOf } from "./probe.ts";
import { queryProbes } from "./query-services.ts";
import { s3Probes } from "./s3.ts";
import { secretsManagerProbes } from "./secrets-manager.ts";
import { sqsProbes } from "./sqs.ts";
import { ssmProbes } from "./ssm.ts";
import { stepFunctionsProbes } from "./step-functions.ts";

/** Every service that can be asked: one file and one line each. */
const services: readonly ProbesOf[] = [
  apiGatewayProbes,
  apiGatewayV2Probes,
  cloudWatchLogsProbes,
  dynamoDbProbes,
  ecrProbes,
  ecsProbes,
  efsProbes,
  eventBridgeProbes,
  iamProbes,
  kinesisProbes,
  kmsProbes,
  lambdaProbes,
  s3Probes,
  secretsManagerProbes,
  sqsProbes,
  ssmProbes,
  stepFunctionsProbes,
];

export function allProbes(config: ClientConfig, settings: ClientSettings): readonly ExistenceProbe[] {
  return [...services.flatMap((probes) => probes(settings)), ...queryProbes(config)];
}
