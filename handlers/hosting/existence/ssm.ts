import type { SSM } from "@aws-sdk/client-ssm";
import { probesOf } from "./probe.ts";

export const ssmProbes = probesOf<SSM>(
  async (settings) => new (await import("@aws-sdk/client-ssm")).SSM(settings),
  [
    {
      types: ["aws_ssm_parameter"],
      call: "ssm:GetParameter",
      // Not decrypted: only whether it is there is of interest.
      ask: async (ssm, of) => ssm.getParameter({ Name: of.text("name"), WithDecryption: false }),
    },
    {
      types: ["aws_ssm_document"],
      call: "ssm:DescribeDocument",
      ask: async (ssm, of) => ssm.describeDocument({ Name: of.text("name") }),
    },
  ],
);
