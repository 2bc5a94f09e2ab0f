import type { Lambda } from "@aws-sdk/client-lambda";
import { arrayAt, objectAt, type JsonValue } from "../../../src/core/json.ts";
import { probesOf, type Attributes } from "./probe.ts";

export const lambdaProbes = probesOf<Lambda>(
  async (settings) => new (await import("@aws-sdk/client-lambda")).Lambda(settings),
  [
    {
      types: ["aws_lambda_function"],
      call: "lambda:GetFunctionConfiguration",
      ask: async (lambda, of) => lambda.getFunctionConfiguration({ FunctionName: of.text("function_name") }),
    },
    {
      types: ["aws_lambda_alias"],
      call: "lambda:GetAlias",
      ask: async (lambda, of) =>
        lambda.getAlias({ FunctionName: of.text("function_name"), Name: of.text("name") }),
    },
    {
      types: ["aws_lambda_permission"],
      call: "lambda:GetPolicy",
      ask: async (lambda, of) => {
        const said = await lambda.getPolicy(qualified(of));
        const policy = objectAt(JSON.parse(said.Policy ?? "{}") as JsonValue);
        const sid = of.text("statement_id");
        return arrayAt(policy["Statement"]).some((statement) => objectAt(statement)["Sid"] === sid);
      },
    },
    {
      types: ["aws_lambda_event_source_mapping"],
      call: "lambda:GetEventSourceMapping",
      ask: async (lambda, of) => {
        const said = await lambda.getEventSourceMapping({ UUID: of.text("uuid") });
        return said.State !== "Deleting";
      },
    },
    {
      types: ["aws_lambda_function_url"],
      call: "lambda:GetFunctionUrlConfig",
      ask: async (lambda, of) => lambda.getFunctionUrlConfig(qualified(of)),
    },
    {
      types: ["aws_lambda_function_event_invoke_config"],
      call: "lambda:GetFunctionEventInvokeConfig",
      ask: async (lambda, of) => lambda.getFunctionEventInvokeConfig(qualified(of)),
    },
    {
      types: ["aws_lambda_layer_version"],
      call: "lambda:GetLayerVersionByArn",
      ask: async (lambda, of) => lambda.getLayerVersionByArn({ Arn: of.text("arn") }),
    },
  ],
);

function qualified(of: Attributes): { readonly FunctionName: string; readonly Qualifier?: string } {
  const qualifier = of.maybe("qualifier");
  return {
    FunctionName: of.text("function_name"),
    ...(qualifier === undefined ? {} : { Qualifier: qualifier }),
  };
}
