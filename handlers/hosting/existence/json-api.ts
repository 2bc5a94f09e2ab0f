import { objectAt, type JsonObject } from "../../../src/core/json.ts";
import type { ClientSettings } from "../client-config.ts";
import { jsonErrorIn } from "./json-error.ts";
import { sendSigned } from "./signed-call.ts";

/** A service that speaks an AWS JSON protocol: https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html */
export type JsonApi = (operation: string, input: JsonObject) => Promise<JsonObject>;

export interface JsonService {
  /** Name in host names and in signatures. */
  readonly service: string;
  /** Host of the real cloud where it is not `SERVICE.REGION.DOMAIN`. */
  readonly host?: string;
  /** What stands before the operation in `X-Amz-Target`, e.g. `AmazonSSM`. */
  readonly target: string;
  readonly protocol: "1.0" | "1.1";
}

export function jsonApi(settings: ClientSettings, { service, host, target, protocol }: JsonService): JsonApi {
  return async (operation, input) => {
    const text = await sendSigned(settings, {
      service,
      ...(host === undefined ? {} : { host }),
      headers: {
        "content-type": `application/x-amz-json-${protocol}`,
        "x-amz-target": `${target}.${operation}`,
      },
      body: JSON.stringify(input),
      errorIn: jsonErrorIn,
    });
    return text === "" ? {} : objectAt(JSON.parse(text));
  };
}
