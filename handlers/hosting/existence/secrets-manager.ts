import { objectAt } from "../../../src/core/json.ts";
import { jsonApi, type JsonApi } from "./json-api.ts";
import { probesOf } from "./probe.ts";

export const secretsManagerProbes = probesOf<JsonApi>(
  async (settings) =>
    jsonApi(settings, { service: "secretsmanager", target: "secretsmanager", protocol: "1.1" }),
  [
    {
      types: ["aws_secretsmanager_secret"],
      call: "secretsmanager:DescribeSecret",
      // A deleted secret stays for its recovery window: for the user it is gone.
      ask: async (secrets, of) => {
        const said = await secrets("DescribeSecret", { SecretId: of.text("arn") });
        return !said["DeletedDate"];
      },
    },
    {
      types: ["aws_secretsmanager_secret_version"],
      call: "secretsmanager:DescribeSecret",
      ask: async (secrets, of) => {
        const said = await secrets("DescribeSecret", { SecretId: of.text("secret_id") });
        const stages = objectAt(said["VersionIdsToStages"])[of.text("version_id")];
        return !said["DeletedDate"] && stages !== undefined;
      },
    },
    {
      types: ["aws_secretsmanager_secret_policy"],
      call: "secretsmanager:GetResourcePolicy",
      ask: async (secrets, of) =>
        Boolean((await secrets("GetResourcePolicy", { SecretId: of.text("secret_arn") }))["ResourcePolicy"]),
    },
  ],
);
