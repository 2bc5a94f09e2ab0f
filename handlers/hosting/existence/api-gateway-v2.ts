import { probesOf } from "./probe.ts";
import { pathRow, restApi, type RestApi } from "./rest-api.ts";

/** Paths: https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/resources.html */
export const apiGatewayV2Probes = probesOf<RestApi>(
  async (settings) => restApi(settings, "apigateway"),
  [
    pathRow("aws_apigatewayv2_api", "apigateway:GetApi", "/v2/apis/{id}"),
    pathRow("aws_apigatewayv2_stage", "apigateway:GetStage", "/v2/apis/{api_id}/stages/{name}"),
    pathRow("aws_apigatewayv2_route", "apigateway:GetRoute", "/v2/apis/{api_id}/routes/{id}"),
    pathRow(
      "aws_apigatewayv2_integration",
      "apigateway:GetIntegration",
      "/v2/apis/{api_id}/integrations/{id}",
    ),
    pathRow("aws_apigatewayv2_authorizer", "apigateway:GetAuthorizer", "/v2/apis/{api_id}/authorizers/{id}"),
    pathRow("aws_apigatewayv2_deployment", "apigateway:GetDeployment", "/v2/apis/{api_id}/deployments/{id}"),
    pathRow("aws_apigatewayv2_domain_name", "apigateway:GetDomainName", "/v2/domainnames/{domain_name}"),
  ],
);
