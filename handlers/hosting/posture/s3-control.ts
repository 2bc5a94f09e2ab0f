import type { ClientConfig } from "../client-config.ts";
import { xmlErrorIn } from "../existence/query-api.ts";
import { sendSigned } from "../existence/signed-call.ts";
import { parseXml, type XmlElement } from "../existence/xml.ts";

interface ControlCall {
  readonly host: string;
  readonly account: string;
  readonly path: string;
}

/** A question to S3 Control: https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_AWS_S3_Control.html */
export async function s3ControlGet(config: ClientConfig, call: ControlCall): Promise<XmlElement> {
  const text = await sendSigned(config, {
    service: "s3",
    host: call.host,
    path: call.path,
    headers: { "x-amz-account-id": call.account },
    errorIn: xmlErrorIn,
  });
  return parseXml(text);
}
