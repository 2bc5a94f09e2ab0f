import { probesOf } from "./probe.ts";
import { pathRow, restApi, type RestApi } from "./rest-api.ts";

const method = "/restapis/{rest_api_id}/resources/{resource_id}/methods/{http_method}";

/** Paths: https://docs.aws.amazon.com/apigateway/latest/api/API_Operations.html */
export const apiGatewayProbes = probesOf<RestApi>(
  async (settings) => restApi(settings, "apigateway"),
  [
    pathRow("aws_api_gateway_rest_api", "apigateway:GetRestApi", "/restapis/{id}"),
    pathRow("aws_api_gateway_resource", "apigateway:GetResource", "/restapis/{rest_api_id}/resources/{id}"),
    pathRow("aws_api_gateway_method", "apigateway:GetMethod", method),
    pathRow(
      "aws_api_gateway_method_response",
      "apigateway:GetMethodResponse",
      `${method}/responses/{status_code}`,
    ),
    pathRow("aws_api_gateway_integration", "apigateway:GetIntegration", `${method}/integration`),
    pathRow(
      "aws_api_gateway_integration_response",
      "apigateway:GetIntegrationResponse",
      `${method}/integration/responses/{status_code}`,
    ),
    pathRow(
      "aws_api_gateway_deployment",
      "apigateway:GetDeployment",
      "/restapis/{rest_api_id}/deployments/{id}",
    ),
    pathRow("aws_api_gateway_stage", "apigateway:GetStage", "/restapis/{rest_api_id}/stages/{stage_name}"),
    pathRow(
      "aws_api_gateway_authorizer",
      "apigateway:GetAuthorizer",
      "/restapis/{rest_api_id}/authorizers/{id}",
    ),
    pathRow("aws_api_gateway_api_key", "apigateway:GetApiKey", "/apikeys/{id}"),
    pathRow("aws_api_gateway_usage_plan", "apigateway:GetUsagePlan", "/usageplans/{id}"),
  ],
);
