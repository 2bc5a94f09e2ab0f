import { arrayAt, objectAt, stringAt, type JsonValue } from "../../../src/core/json.ts";
import { probesOf, type Attributes } from "./probe.ts";
import { pathOf, pathRow, restApi, type RestApi } from "./rest-api.ts";

const of2015 = "/2015-03-31/functions/{function_name}";

/** Paths: https://docs.aws.amazon.com/lambda/latest/api/API_Operations.html */
export const lambdaProbes = probesOf<RestApi>(
  async (settings) => restApi(settings, "lambda"),
  [
    pathRow("aws_lambda_function", "lambda:GetFunctionConfiguration", `${of2015}/configuration`),
    pathRow("aws_lambda_alias", "lambda:GetAlias", `${of2015}/aliases/{name}`),
    {
      types: ["aws_lambda_permission"],
      call: "lambda:GetPolicy",
      ask: async (lambda, of) => {
        const said = await lambda(pathOf(`${of2015}/policy`, of), qualifierOf(of));
        const policy = objectAt(JSON.parse(stringAt(said["Policy"]) ?? "{}") as JsonValue);
        const sid = of.text("statement_id");
        return arrayAt(policy["Statement"]).some((statement) => objectAt(statement)["Sid"] === sid);
      },
    },
    {
      types: ["aws_lambda_event_source_mapping"],
      call: "lambda:GetEventSourceMapping",
      ask: async (lambda, of) =>
        (await lambda(pathOf("/2015-03-31/event-source-mappings/{uuid}", of)))["State"] !== "Deleting",
    },
    {
      types: ["aws_lambda_function_url"],
      call: "lambda:GetFunctionUrlConfig",
      ask: async (lambda, of) =>
        lambda(pathOf("/2021-10-31/functions/{function_name}/url", of), qualifierOf(of)),
    },
    {
      types: ["aws_lambda_function_event_invoke_config"],
      call: "lambda:GetFunctionEventInvokeConfig",
      ask: async (lambda, of) =>
        lambda(pathOf("/2019-09-25/functions/{function_name}/event-invoke-config", of), qualifierOf(of)),
    },
    {
      types: ["aws_lambda_layer_version"],
      call: "lambda:GetLayerVersionByArn",
      ask: async (lambda, of) => lambda("/2018-10-31/layers", { find: "LayerVersion", Arn: of.text("arn") }),
    },
  ],
);

function qualifierOf(of: Attributes): Readonly<Record<string, string>> {
  const qualifier = of.maybe("qualifier");
  return qualifier === undefined ? {} : { Qualifier: qualifier };
}
