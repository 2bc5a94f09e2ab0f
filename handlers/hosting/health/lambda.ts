import { objectAt, parseObject, stringAt } from "../../../src/core/json.ts";
import { messageOf } from "../../../src/core/error.ts";
import { jsonErrorIn } from "../existence/json-error.ts";
import { pathOf } from "../existence/rest-api.ts";
import { apiError, sendSigned, type Answer } from "../existence/signed-call.ts";
import { broken, degraded, down, healthy, type Asked, type HealthReader } from "./reader.ts";

const function2015 = "/2015-03-31/functions/{function_name}";
/** A test event should be a small one; milliseconds. */
const invocationMs = 60_000;

/** States: https://docs.aws.amazon.com/lambda/latest/dg/functions-states.html */
export const functions: HealthReader = {
  types: ["aws_lambda_function"],
  call: "lambda:GetFunctionConfiguration",
  read: async (asked) => {
    const said = await asked.desk.rest("lambda")(pathOf(`${function2015}/configuration`, asked.of));
    const [state = "unknown", update = "Successful"] = [
      stringAt(said["State"]),
      stringAt(said["LastUpdateStatus"]),
    ];
    if (state === "Failed" || update === "Failed") {
      const reason = stringAt(said["StateReason"]) ?? stringAt(said["LastUpdateStatusReason"]);
      return broken(`state ${state}, last update ${update}${reason === undefined ? "" : `: ${reason}`}`);
    }
    // Inactive: nobody has called it for weeks; the next call wakes it.
    if (!["Active", "Inactive"].includes(state) || update !== "Successful")
      return down(`state ${state}, last update ${update}`);
    const event = asked.wish?.event;
    return event === undefined ? healthy(`state ${state}`) : invoke(asked, event);
  },
};

async function invoke({ desk, of }: Asked, event: string) {
  try {
    await sendSigned(desk.config, {
      service: "lambda",
      path: pathOf(`${function2015}/invocations`, of),
      headers: { "content-type": "application/json", "x-amz-invocation-type": "RequestResponse" },
      body: event,
      timeoutMs: invocationMs,
      errorIn: invocationErrorIn,
    });
    return healthy("it answered the test event");
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (error.name === "TimeoutError")
      return down(`it did not answer the test event within ${invocationMs / 1_000} s`);
    if (error.name !== functionError) throw error;
    return down(`it fails on its test event: ${messageOf(error)}`, "look at the function's log group");
  }
}

const functionError = "FunctionError";

function invocationErrorIn(answer: Answer): Error {
  if (answer.functionError === undefined) return jsonErrorIn(answer);
  return apiError(functionError, payloadWords(answer), answer.status);
}

/** `TypeError: x is not a function`, of the payload that a failed function leaves. */
function payloadWords({ text, functionError: kind = "failed" }: Answer): string {
  const { errorType, errorMessage } = objectAt(parseObject(text));
  const words = [stringAt(errorType), stringAt(errorMessage)].filter(Boolean).join(": ");
  return (words || `${kind}: ${text}`).slice(0, 300);
}

export const eventSources: HealthReader = {
  types: ["aws_lambda_event_source_mapping"],
  call: "lambda:GetEventSourceMapping",
  read: async ({ desk, of, resource }) => {
    const said = await desk.rest("lambda")(pathOf("/2015-03-31/event-source-mappings/{uuid}", of));
    const state = stringAt(said["State"]) ?? "unknown";
    const last = stringAt(said["LastProcessingResult"]);
    if (last?.startsWith("PROBLEM")) return degraded(`the last batch failed: ${last}`);
    if (state === "Enabled") return healthy(state);
    if (state !== "Disabled") return down(state);
    if (resource.attributes["enabled"] === false) return healthy("Disabled, as it is written");
    return { ...degraded("Disabled: nothing is taken from its source"), final: true };
  },
};
