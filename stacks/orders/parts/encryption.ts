import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias/index.js";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key/index.js";
import { Fn } from "cdktf";
import type { TerraformStack } from "cdktf";
import type { Settings } from "./settings.ts";

/** One key for all that the stack stores: a second one costs a dollar a month and separates nothing here. */
export function addKey(stack: TerraformStack, settings: Settings): KmsKey {
  const key = new KmsKey(stack, "data", {
    description: `Encrypts what ${settings.name("*")} stores.`,
    enableKeyRotation: true,
    deletionWindowInDays: 7,
    policy: keyPolicy(settings),
  });
  new KmsAlias(stack, "data_alias", { name: `alias/${settings.name("data")}`, targetKeyId: key.keyId });
  return key;
}

/** In a key's policy `*` as the resource means this key. */
function keyPolicy({ account, region }: Settings): string {
  const use = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"];
  const logs = `arn:aws:logs:${region}:${account}:log-group:*`;
  return Fn.jsonencode({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "AccountDecidesByIam",
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${account}:root` },
        Action: "kms:*",
        Resource: "*",
      },
      {
        Sid: "LogGroups",
        Effect: "Allow",
        Principal: { Service: `logs.${region}.amazonaws.com` },
        Action: use,
        Resource: "*",
        Condition: { ArnLike: { "kms:EncryptionContext:aws:logs:arn": logs } },
      },
      {
        Sid: "AlarmsToEncryptedTopic",
        Effect: "Allow",
        Principal: { Service: "cloudwatch.amazonaws.com" },
        Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
        Resource: "*",
        Condition: { StringEquals: { "aws:SourceAccount": account } },
      },
    ],
  });
}
