import type { DynamoDB } from "@aws-sdk/client-dynamodb";
import { probesOf } from "./probe.ts";

export const dynamoDbProbes = probesOf<DynamoDB>(
  async (settings) => new (await import("@aws-sdk/client-dynamodb")).DynamoDB(settings),
  [
    {
      types: ["aws_dynamodb_table"],
      call: "dynamodb:DescribeTable",
      ask: async (dynamodb, of) => {
        const said = await dynamodb.describeTable({ TableName: of.text("name") });
        return said.Table?.TableStatus !== "DELETING";
      },
    },
  ],
);
