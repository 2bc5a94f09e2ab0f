import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table/index.js";
import type { KmsKey } from "@cdktf/provider-aws/lib/kms-key/index.js";
import type { TerraformStack } from "cdktf";
import type { Settings } from "./settings.ts";

export function addTable(stack: TerraformStack, settings: Settings, key: KmsKey): DynamodbTable {
  return new DynamodbTable(stack, "orders", {
    name: settings.name("orders"),
    billingMode: "PAY_PER_REQUEST",
    hashKey: "orderId",
    attribute: [{ name: "orderId", type: "S" }],
    pointInTimeRecovery: { enabled: true },
    serverSideEncryption: { enabled: true, kmsKeyArn: key.arn },
    deletionProtectionEnabled: settings.keepData,
  });
}
