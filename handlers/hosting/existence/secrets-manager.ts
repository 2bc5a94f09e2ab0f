import type { SecretsManager } from "@aws-sdk/client-secrets-manager";
import { probesOf } from "./probe.ts";

export const secretsManagerProbes = probesOf<SecretsManager>(
  async (settings) => new (await import("@aws-sdk/client-secrets-manager")).SecretsManager(settings),
  [
    {
      types: ["aws_secretsmanager_secret"],
      call: "secretsmanager:DescribeSecret",
      // A deleted secret stays for its recovery window: for the user it is gone.
      ask: async (secrets, of) => {
        const said = await secrets.describeSecret({ SecretId: of.text("arn") });
        return said.DeletedDate === undefined;
      },
    },
    {
      types: ["aws_secretsmanager_secret_version"],
      call: "secretsmanager:DescribeSecret",
      ask: async (secrets, of) => {
        const said = await secrets.describeSecret({ SecretId: of.text("secret_id") });
        return (
          said.DeletedDate === undefined && said.VersionIdsToStages?.[of.text("version_id")] !== undefined
        );
      },
    },
    {
      types: ["aws_secretsmanager_secret_policy"],
      call: "secretsmanager:GetResourcePolicy",
      ask: async (secrets, of) =>
        Boolean((await secrets.getResourcePolicy({ SecretId: of.text("secret_arn") })).ResourcePolicy),
    },
  ],
);
