import type { CostMapping } from "../../contract.ts";
import { apiV2, restApi, restApiStage } from "./api-gateway.ts";
import { apprunnerService } from "./apprunner-service.ts";
import { acmCertificate, privateAuthority } from "./certificates.ts";
import { cloudformationStack } from "./cloudformation-stack.ts";
import { cloudfrontDistribution } from "./cloudfront-distribution.ts";
import { cloudHsm } from "./cloudhsm.ts";
import { cloudtrail } from "./cloudtrail.ts";
import { compositeAlarm, metricAlarm } from "./cloudwatch-alarm.ts";
import { codebuildProject } from "./codebuild-project.ts";
import { codepipeline } from "./codepipeline.ts";
import { cognitoUserPool } from "./cognito-user-pool.ts";
import { configRule } from "./config-rule.ts";
import { dataTransfer } from "./data-transfer.ts";
import { dxConnection } from "./dx-connection.ts";
import { elasticBeanstalk } from "./elastic-beanstalk.ts";
import { firehose } from "./firehose.ts";
import { globalAcceleratorEndpoints } from "./global-accelerator.ts";
import { glueCrawler, glueDatabase, glueJob } from "./glue.ts";
import { grafanaWorkspace } from "./grafana-workspace.ts";
import { kinesisAnalytics } from "./kinesis-analytics.ts";
import { kinesisStream } from "./kinesis-stream.ts";
import { kmsKey } from "./kms-key.ts";
import { loadBalancer } from "./lb.ts";
import { logGroup } from "./log-group.ts";
import { mwaaEnvironment } from "./mwaa-environment.ts";
import { networkFirewall } from "./network-firewall.ts";
import { plainNetwork } from "./plain-network.ts";
import { plainOperations } from "./plain-operations.ts";
import { plainServerless } from "./plain-serverless.ts";
import { plainStorage } from "./plain-storage.ts";
import { route53HealthCheck, route53Record, route53ResolverEndpoint } from "./route53.ts";
import { s3Bucket } from "./s3-bucket.ts";
import { sagemakerEndpoint, sagemakerEndpointConfiguration } from "./sagemaker-endpoint.ts";
import { snsSubscription } from "./sns-subscription.ts";
import { snsTopic } from "./sns-topic.ts";
import { sqsQueue } from "./sqs-queue.ts";
import { ssmActivation, ssmParameter } from "./ssm.ts";
import { stepFunctions } from "./step-functions.ts";
import { transferServer } from "./transfer-server.ts";
import { useWithoutPrice } from "./use-without-price.ts";
import { vpcEndpoint } from "./vpc-endpoint.ts";
import { vpnConnection } from "./vpn-connection.ts";
import { wafClassic, wafV2 } from "./waf.ts";

/** Networking, storage, messaging, monitoring, security, integration and the rest. */
export const otherServices: readonly CostMapping[] = [
  ...plainNetwork,
  ...plainOperations,
  ...plainServerless,
  ...plainStorage,
  ...useWithoutPrice,
  acmCertificate,
  apiV2,
  apprunnerService,
  cloudformationStack,
  cloudfrontDistribution,
  cloudHsm,
  cloudtrail,
  codebuildProject,
  codepipeline,
  cognitoUserPool,
  compositeAlarm,
  configRule,
  dataTransfer,
  dxConnection,
  elasticBeanstalk,
  firehose,
  globalAcceleratorEndpoints,
  glueCrawler,
  glueDatabase,
  glueJob,
  grafanaWorkspace,
  kinesisAnalytics,
  kinesisStream,
  kmsKey,
  loadBalancer,
  logGroup,
  metricAlarm,
  mwaaEnvironment,
  networkFirewall,
  privateAuthority,
  restApi,
  restApiStage,
  route53HealthCheck,
  route53Record,
  route53ResolverEndpoint,
  s3Bucket,
  sagemakerEndpoint,
  sagemakerEndpointConfiguration,
  snsSubscription,
  snsTopic,
  sqsQueue,
  ssmActivation,
  ssmParameter,
  stepFunctions,
  transferServer,
  vpcEndpoint,
  vpnConnection,
  wafClassic,
  wafV2,
];
