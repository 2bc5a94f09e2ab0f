import { Apigatewayv2Api } from "@cdktf/provider-aws/lib/apigatewayv2-api/index.js";
import { Apigatewayv2Integration } from "@cdktf/provider-aws/lib/apigatewayv2-integration/index.js";
import { Apigatewayv2Route } from "@cdktf/provider-aws/lib/apigatewayv2-route/index.js";
import { Apigatewayv2Stage } from "@cdktf/provider-aws/lib/apigatewayv2-stage/index.js";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group/index.js";
import type { KmsKey } from "@cdktf/provider-aws/lib/kms-key/index.js";
import type { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function/index.js";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission/index.js";
import { conditional, Fn, Token } from "cdktf";
import type { TerraformStack } from "cdktf";
import type { Settings } from "./settings.ts";

const accessLog = {
  requestId: "$context.requestId",
  time: "$context.requestTime",
  route: "$context.routeKey",
  status: "$context.status",
  latencyMs: "$context.responseLatency",
  ip: "$context.identity.sourceIp",
  error: "$context.integrationErrorMessage",
};

export interface HttpApi {
  readonly api: Apigatewayv2Api;
  readonly stage: Apigatewayv2Stage;
}

export function addApi(
  stack: TerraformStack,
  settings: Settings,
  key: KmsKey,
  intake: LambdaFunction,
): HttpApi {
  const api = new Apigatewayv2Api(stack, "api", { name: settings.name("api"), protocolType: "HTTP" });
  const integration = new Apigatewayv2Integration(stack, "to_intake", {
    apiId: api.id,
    integrationType: "AWS_PROXY",
    integrationUri: intake.invokeArn,
    payloadFormatVersion: "2.0",
  });
  addRoutes(stack, settings, integration);
  const logs = new CloudwatchLogGroup(stack, "api_logs", {
    name: `/aws/apigateway/${settings.name("api")}`,
    retentionInDays: 365,
    kmsKeyId: key.arn,
  });
  const stage = new Apigatewayv2Stage(stack, "v1", {
    apiId: api.id,
    name: "v1",
    autoDeploy: true,
    accessLogSettings: { destinationArn: logs.arn, format: Fn.jsonencode(accessLog) },
    defaultRouteSettings: { throttlingBurstLimit: 50, throttlingRateLimit: 25, detailedMetricsEnabled: true },
  });
  new LambdaPermission(stack, "api_calls_intake", {
    action: "lambda:InvokeFunction",
    functionName: intake.functionName,
    principal: "apigateway.amazonaws.com",
    sourceArn: `${api.executionArn}/${stage.name}/*`,
  });
  return { api, stage };
}

function addRoutes(stack: TerraformStack, settings: Settings, integration: Apigatewayv2Integration): void {
  // Callers sign their requests with SigV4 and need execute-api:Invoke.
  const callers = Token.asString(conditional(settings.emulated, "NONE", "AWS_IAM"));
  const routes = [
    // Open everywhere: a probe has no credentials, and the answer says nothing.
    { id: "health", routeKey: "GET /health", authorizationType: "NONE" },
    { id: "create_order", routeKey: "POST /orders", authorizationType: callers },
    { id: "read_order", routeKey: "GET /orders/{id}", authorizationType: callers },
  ];
  for (const { id, ...route } of routes) {
    new Apigatewayv2Route(stack, id, {
      apiId: integration.apiId,
      target: `integrations/${integration.id}`,
      ...route,
    });
  }
}
