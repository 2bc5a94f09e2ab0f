import { objectAt } from "../../../src/core/json.ts";
import { attributesOf } from "../existence/probe.ts";
import { observe, type PostureReader } from "./desk.ts";

export const tables: PostureReader = {
  types: ["aws_dynamodb_table"],
  read: async (desk, resource) => {
    const dynamodb = desk.json({ service: "dynamodb", target: "DynamoDB_20120810", protocol: "1.0" });
    const TableName = attributesOf(resource).text("name");
    const reply = await desk.ask("dynamodb:DescribeTable", () => dynamodb("DescribeTable", { TableName }));
    if (reply.kind !== "told") return [];
    const status = objectAt(objectAt(reply.value["Table"])["SSEDescription"])["Status"];
    if (status === "ENABLED" || status === "ENABLING" || status === "UPDATING") return [];
    return [
      observe(desk, "table-without-kms", {
        severity: "LOW",
        message: "it is encrypted with a key of AWS's own, whose use nobody can restrict or see",
        remedy: "add server_side_encryption { enabled = true }",
      }),
    ];
  },
};
