import type { APIGateway } from "@aws-sdk/client-api-gateway";
import { probesOf, type Attributes } from "./probe.ts";

export const apiGatewayProbes = probesOf<APIGateway>(
  async (settings) => new (await import("@aws-sdk/client-api-gateway")).APIGateway(settings),
  [
    {
      types: ["aws_api_gateway_rest_api"],
      call: "apigateway:GetRestApi",
      ask: async (api, of) => api.getRestApi({ restApiId: of.text("id") }),
    },
    {
      types: ["aws_api_gateway_resource"],
      call: "apigateway:GetResource",
      ask: async (api, of) =>
        api.getResource({ restApiId: of.text("rest_api_id"), resourceId: of.text("id") }),
    },
    {
      types: ["aws_api_gateway_method"],
      call: "apigateway:GetMethod",
      ask: async (api, of) => api.getMethod(methodOf(of)),
    },
    {
      types: ["aws_api_gateway_method_response"],
      call: "apigateway:GetMethodResponse",
      ask: async (api, of) => api.getMethodResponse({ ...methodOf(of), statusCode: of.text("status_code") }),
    },
    {
      types: ["aws_api_gateway_integration"],
      call: "apigateway:GetIntegration",
      ask: async (api, of) => api.getIntegration(methodOf(of)),
    },
    {
      types: ["aws_api_gateway_integration_response"],
      call: "apigateway:GetIntegrationResponse",
      ask: async (api, of) =>
        api.getIntegrationResponse({ ...methodOf(of), statusCode: of.text("status_code") }),
    },
    {
      types: ["aws_api_gateway_deployment"],
      call: "apigateway:GetDeployment",
      ask: async (api, of) =>
        api.getDeployment({ restApiId: of.text("rest_api_id"), deploymentId: of.text("id") }),
    },
    {
      types: ["aws_api_gateway_stage"],
      call: "apigateway:GetStage",
      ask: async (api, of) =>
        api.getStage({ restApiId: of.text("rest_api_id"), stageName: of.text("stage_name") }),
    },
    {
      types: ["aws_api_gateway_authorizer"],
      call: "apigateway:GetAuthorizer",
      ask: async (api, of) =>
        api.getAuthorizer({ restApiId: of.text("rest_api_id"), authorizerId: of.text("id") }),
    },
    {
      types: ["aws_api_gateway_api_key"],
      call: "apigateway:GetApiKey",
      ask: async (api, of) => api.getApiKey({ apiKey: of.text("id") }),
    },
    {
      types: ["aws_api_gateway_usage_plan"],
      call: "apigateway:GetUsagePlan",
      ask: async (api, of) => api.getUsagePlan({ usagePlanId: of.text("id") }),
    },
  ],
);

interface MethodKey {
  readonly restApiId: string;
  readonly resourceId: string;
  readonly httpMethod: string;
}

function methodOf(of: Attributes): MethodKey {
  return {
    restApiId: of.text("rest_api_id"),
    resourceId: of.text("resource_id"),
    httpMethod: of.text("http_method"),
  };
}
