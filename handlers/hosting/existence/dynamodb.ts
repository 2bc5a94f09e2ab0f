import { objectAt } from "../../../src/core/json.ts";
import { jsonApi, type JsonApi } from "./json-api.ts";
import { probesOf } from "./probe.ts";

export const dynamoDbProbes = probesOf<JsonApi>(
  async (settings) =>
    jsonApi(settings, { service: "dynamodb", target: "DynamoDB_20120810", protocol: "1.0" }),
  [
    {
      types: ["aws_dynamodb_table"],
      call: "dynamodb:DescribeTable",
      ask: async (dynamodb, of) => {
        const said = await dynamodb("DescribeTable", { TableName: of.text("name") });
        return objectAt(said["Table"])["TableStatus"] !== "DELETING";
      },
    },
  ],
);
