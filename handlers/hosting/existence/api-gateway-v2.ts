import type { ApiGatewayV2 } from "@aws-sdk/client-apigatewayv2";
import { probesOf } from "./probe.ts";

export const apiGatewayV2Probes = probesOf<ApiGatewayV2>(
  async (settings) => new (await import("@aws-sdk/client-apigatewayv2")).ApiGatewayV2(settings),
  [
    {
      types: ["aws_apigatewayv2_api"],
      call: "apigateway:GetApi",
      ask: async (api, of) => api.getApi({ ApiId: of.text("id") }),
    },
    {
      types: ["aws_apigatewayv2_stage"],
      call: "apigateway:GetStage",
      ask: async (api, of) => api.getStage({ ApiId: of.text("api_id"), StageName: of.text("name") }),
    },
    {
      types: ["aws_apigatewayv2_route"],
      call: "apigateway:GetRoute",
      ask: async (api, of) => api.getRoute({ ApiId: of.text("api_id"), RouteId: of.text("id") }),
    },
    {
      types: ["aws_apigatewayv2_integration"],
      call: "apigateway:GetIntegration",
      ask: async (api, of) => api.getIntegration({ ApiId: of.text("api_id"), IntegrationId: of.text("id") }),
    },
    {
      types: ["aws_apigatewayv2_authorizer"],
      call: "apigateway:GetAuthorizer",
      ask: async (api, of) => api.getAuthorizer({ ApiId: of.text("api_id"), AuthorizerId: of.text("id") }),
    },
    {
      types: ["aws_apigatewayv2_deployment"],
      call: "apigateway:GetDeployment",
      ask: async (api, of) => api.getDeployment({ ApiId: of.text("api_id"), DeploymentId: of.text("id") }),
    },
    {
      types: ["aws_apigatewayv2_domain_name"],
      call: "apigateway:GetDomainName",
      ask: async (api, of) => api.getDomainName({ DomainName: of.text("domain_name") }),
    },
  ],
);
