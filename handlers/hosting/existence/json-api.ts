import { isObject, objectAt, stringAt, type JsonObject } from "../../../src/core/json.ts";
import type { ClientSettings } from "./probe.ts";
import { apiError, sendSigned } from "./signed-call.ts";

/** A service that speaks the AWS JSON protocol 1.1: https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html */
export type JsonApi = (operation: string, input: JsonObject) => Promise<JsonObject>;

/** `target` is what stands before the operation in `X-Amz-Target`, e.g. `AmazonSSM`. */
export function jsonApi(settings: ClientSettings, service: string, target: string): JsonApi {
  return async (operation, input) => {
    const text = await sendSigned(settings, {
      service,
      headers: { "content-type": "application/x-amz-json-1.1", "x-amz-target": `${target}.${operation}` },
      body: JSON.stringify(input),
      errorIn,
    });
    return text === "" ? {} : objectAt(JSON.parse(text));
  };
}

function errorIn(text: string, status: number): Error {
  const answer = parse(text);
  // `com.amazonaws.ssm#ParameterNotFound`, or the name alone.
  const name = stringAt(answer["__type"])?.split("#").at(-1) ?? stringAt(answer["code"]) ?? "UnknownError";
  const message = stringAt(answer["message"]) ?? stringAt(answer["Message"]) ?? `HTTP status ${status}`;
  return apiError(name, message, status);
}

function parse(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}
