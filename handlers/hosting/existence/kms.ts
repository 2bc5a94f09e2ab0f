import type { KMS } from "@aws-sdk/client-kms";
import { probesOf } from "./probe.ts";

export const kmsProbes = probesOf<KMS>(
  async (settings) => new (await import("@aws-sdk/client-kms")).KMS(settings),
  [
    {
      types: ["aws_kms_key", "aws_kms_replica_key", "aws_kms_external_key"],
      call: "kms:DescribeKey",
      // A deleted key stays for its waiting period: for the user it is gone.
      ask: async (kms, of) => {
        const said = await kms.describeKey({ KeyId: of.text("key_id") });
        const state = said.KeyMetadata?.KeyState;
        return state !== "PendingDeletion" && state !== "PendingReplicaDeletion";
      },
    },
    {
      types: ["aws_kms_alias"],
      call: "kms:DescribeKey",
      ask: async (kms, of) => kms.describeKey({ KeyId: of.text("name") }),
    },
  ],
);
