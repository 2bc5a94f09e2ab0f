import { xmlErrorIn } from "../existence/query-api.ts";
import { percentEncoded, sendSigned } from "../existence/signed-call.ts";
import { parseXml, textIn } from "../existence/xml.ts";
import { byStatus, type HealthReader } from "./reader.ts";

/** https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_GetDistribution.html; one service for the world. */
export const distributions: HealthReader = {
  types: ["aws_cloudfront_distribution"],
  call: "cloudfront:GetDistribution",
  read: async ({ desk, of }) => {
    const text = await sendSigned(
      { ...desk.config, region: "us-east-1" },
      {
        service: "cloudfront",
        host: "cloudfront.amazonaws.com",
        path: `/2020-05-31/distribution/${percentEncoded(of.text("id"))}`,
        headers: {},
        errorIn: xmlErrorIn,
      },
    );
    // It serves the version before while the new one spreads.
    return byStatus(textIn(await parseXml(text), "Status"), { well: ["Deployed"], poor: ["InProgress"] });
  },
};
