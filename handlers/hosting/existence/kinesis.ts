import { objectAt } from "../../../src/core/json.ts";
import { jsonApi, type JsonApi } from "./json-api.ts";
import { probesOf } from "./probe.ts";

export const kinesisProbes = probesOf<JsonApi>(
  async (settings) => jsonApi(settings, { service: "kinesis", target: "Kinesis_20131202", protocol: "1.1" }),
  [
    {
      types: ["aws_kinesis_stream"],
      call: "kinesis:DescribeStreamSummary",
      ask: async (kinesis, of) => {
        const said = await kinesis("DescribeStreamSummary", { StreamName: of.text("name") });
        return objectAt(said["StreamDescriptionSummary"])["StreamStatus"] !== "DELETING";
      },
    },
  ],
);
