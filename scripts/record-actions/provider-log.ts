import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { isObject, stringAt, type JsonObject } from "../../src/core/json.ts";

/** One request of the provider, as its own log tells it. */
export interface Call {
  /** `aws_x`, or `data.aws_x`. */
  readonly type: string;
  readonly during: "apply" | "read" | "plan";
  /** The SDK's name of the service and of the operation, e.g. `S3` and `HeadBucket`. */
  readonly service: string;
  readonly operation: string;
  /** HTTP method and path. */
  readonly method: string;
  readonly path: string;
}

const during: Readonly<Record<string, Call["during"]>> = {
  ApplyResourceChange: "apply",
  ReadResource: "read",
  ReadDataSource: "read",
  PlanResourceChange: "plan",
};

/**
 * Reads the requests out of a log of TF_LOG=JSON. The provider writes "HTTP Request Sent" for each with the SDK's
 * service and operation (OpenTelemetry's `rpc.service` and `rpc.method`), and Terraform's plugin framework adds for
 * which resource type and for which step: nothing has to be guessed from what goes over the wire.
 */
export async function callsIn(log: string): Promise<readonly Call[]> {
  const calls: Call[] = [];
  const lines = createInterface({ input: createReadStream(log, "utf8"), crlfDelay: Infinity });
  for await (const line of lines) {
    if (!line.includes('"HTTP Request Sent"')) continue;
    const entry: unknown = JSON.parse(line);
    const call = isObject(entry) ? callOf(entry) : undefined;
    if (call !== undefined) calls.push(call);
  }
  return calls;
}

function callOf(entry: JsonObject): Call | undefined {
  const text = (name: string): string => stringAt(entry[name]) ?? "";
  const step = during[text("tf_rpc")];
  const type =
    text("tf_resource_type") || (text("tf_data_source_type") && `data.${text("tf_data_source_type")}`);
  if (step === undefined || type === "") return undefined;
  return {
    type,
    during: step,
    service: text("rpc.service"),
    operation: text("rpc.method"),
    method: text("http.method"),
    path: /^\w+:\/\/[^/]*([^?]*)/.exec(text("http.url"))?.[1] ?? "",
  };
}
