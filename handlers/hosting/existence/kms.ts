import { objectAt, stringAt } from "../../../src/core/json.ts";
import { jsonApi, type JsonApi } from "./json-api.ts";
import { probesOf } from "./probe.ts";

export const kmsProbes = probesOf<JsonApi>(
  async (settings) => jsonApi(settings, { service: "kms", target: "TrentService", protocol: "1.1" }),
  [
    {
      types: ["aws_kms_key", "aws_kms_replica_key", "aws_kms_external_key"],
      call: "kms:DescribeKey",
      // A deleted key stays for its waiting period: for the user it is gone.
      ask: async (kms, of) => {
        const said = await kms("DescribeKey", { KeyId: of.text("key_id") });
        const state = stringAt(objectAt(said["KeyMetadata"])["KeyState"]);
        return state !== "PendingDeletion" && state !== "PendingReplicaDeletion";
      },
    },
    {
      types: ["aws_kms_alias"],
      call: "kms:DescribeKey",
      ask: async (kms, of) => kms("DescribeKey", { KeyId: of.text("name") }),
    },
  ],
);
