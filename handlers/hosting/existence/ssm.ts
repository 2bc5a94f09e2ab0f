import { jsonApi, type JsonApi } from "./json-api.ts";
import { probesOf } from "./probe.ts";

export const ssmProbes = probesOf<JsonApi>(
  async (settings) => jsonApi(settings, { service: "ssm", target: "AmazonSSM", protocol: "1.1" }),
  [
    {
      types: ["aws_ssm_parameter"],
      call: "ssm:GetParameter",
      // Not decrypted: only whether it is there is of interest.
      ask: async (ssm, of) => ssm("GetParameter", { Name: of.text("name"), WithDecryption: false }),
    },
    {
      types: ["aws_ssm_document"],
      call: "ssm:DescribeDocument",
      ask: async (ssm, of) => ssm("DescribeDocument", { Name: of.text("name") }),
    },
  ],
);
