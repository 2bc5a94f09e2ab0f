import type { ClientConfig } from "../client-config.ts";
import { apiError, sendSigned, type Answer } from "./signed-call.ts";

/**
 * One call of a service that speaks the Query protocol (parameters in a form, answer in XML).
 * Protocol: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/Query-Requests.html
 */
export interface QueryCall {
  /** Name in host names and in signatures, e.g. `ec2`, `elasticloadbalancing`. */
  readonly service: string;
  readonly version: string;
  readonly action: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** The answer's XML. Throws errors of the SDK's shape. */
export function callQueryApi(config: ClientConfig, call: QueryCall): Promise<string> {
  return sendSigned(config, {
    service: call.service,
    headers: { "content-type": "application/x-www-form-urlencoded; charset=utf-8" },
    body: new URLSearchParams({ Action: call.action, Version: call.version, ...call.parameters }).toString(),
    errorIn: xmlErrorIn,
  });
}

/** The error of a service that answers in XML. */
export function xmlErrorIn({ text: xml, status }: Answer): Error {
  const code = /<Code>([^<]+)<\/Code>/.exec(xml)?.[1] ?? "UnknownError";
  return apiError(code, /<Message>([^<]*)<\/Message>/.exec(xml)?.[1] ?? `HTTP status ${status}`, status);
}
