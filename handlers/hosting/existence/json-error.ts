import { objectAt, parseObject, stringAt } from "../../../src/core/json.ts";
import { apiError, type Answer } from "./signed-call.ts";

/** The error of a service that answers in JSON; its name is in the body, or in a header where the service is REST. */
export function jsonErrorIn({ text, status, errorType }: Answer): Error {
  const answer = objectAt(parseObject(text));
  const name = stringAt(answer["__type"]) ?? errorType ?? stringAt(answer["code"]);
  const message = stringAt(answer["message"]) ?? stringAt(answer["Message"]) ?? `HTTP status ${status}`;
  return apiError(name === undefined ? "UnknownError" : bareName(name), message, status);
}

/** From `com.amazonaws.ssm#ParameterNotFound`, `NotFoundException:http://…`, or the name alone. */
function bareName(name: string): string {
  return name.split(":")[0]?.split("#").at(-1) ?? name;
}
