import type { ChangeTrace } from "../../src/core/drift.ts";
import { arrayAt, isObject, objectAt, parseObject, stringAt, type JsonObject } from "../../src/core/json.ts";
import type { Resource } from "../../src/core/resource.ts";
import { isoOfEpochSeconds, millisecondsOf } from "../../src/core/time.ts";
import { describeError, troubleOf } from "./api-error.ts";
import { clientSettings, type ClientConfig } from "./client-config.ts";
import { sessionError, type SessionLabel } from "./credential-error.ts";
import { jsonApi, type JsonApi } from "./existence/json-api.ts";

/** CloudTrail answers two questions a second in an account and region: more resources than these are not asked for. */
const resourcesAsked = 20;
/** By its name, and by its ARN: services record one or the other. */
const namesAsked = 2;
const eventsRead = 50;

interface Asking {
  readonly config: ClientConfig;
  readonly label: SessionLabel;
  /** ISO 8601: older changes are none of the drift's. */
  readonly since?: string;
  readonly signal: AbortSignal;
}

/**
 * Who last changed each of these, by CloudTrail's event history: 90 days, late by up to 15 minutes.
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
 */
export async function whoChanged(
  resources: readonly Resource[],
  asking: Asking,
): Promise<readonly ChangeTrace[]> {
  const traces: ChangeTrace[] = [];
  let refused: string | undefined;
  for (const [index, resource] of resources.entries()) {
    const { address } = resource;
    const why = asking.signal.aborted
      ? "interrupted"
      : (refused ?? (index < resourcesAsked ? undefined : `only ${resourcesAsked} are asked for`));
    if (why !== undefined) {
      traces.push({ address, unknown: why });
      continue;
    }
    // One after the other: the service allows no more.
    const answer = await lastChange(resource, asking);
    if ("refused" in answer) refused = answer.refused;
    traces.push("refused" in answer ? { address, unknown: answer.refused } : answer);
  }
  return traces;
}

async function lastChange(
  resource: Resource,
  asking: Asking,
): Promise<ChangeTrace | { readonly refused: string }> {
  const { address } = resource;
  const api = trailOf(resource, asking.config);
  try {
    for (const name of namesOf(resource)) {
      const events = await eventsOf(api, name, asking.since);
      const [newest] = events.filter(isChange);
      if (newest !== undefined) return traceOf(address, newest);
    }
    return { address, unknown: "the event history has no change of it" };
  } catch (error) {
    const lost = sessionError(error, asking.label);
    if (lost !== undefined) throw lost;
    if (troubleOf(error) === "bug") throw error;
    return { refused: `cloudtrail:LookupEvents gave no answer (${describeError(error)})` };
  }
}

/** What has no region is recorded in the first one. */
const regionless = /^aws_(?:iam|cloudfront|route53)_/;

function trailOf({ type, arn }: Resource, config: ClientConfig): JsonApi {
  const region = regionless.test(type) ? "us-east-1" : arn?.split(":")[3] || config.region;
  return jsonApi(clientSettings({ ...config, region }), {
    service: "cloudtrail",
    target: "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101",
    protocol: "1.1",
  });
}

/** What a service may have written down as the resource's name, the likeliest first. */
function namesOf({ id, arn, attributes }: Resource): readonly string[] {
  const texts = [stringAt(attributes["bucket"]), stringAt(attributes["name"]), id, arn];
  const found = texts.filter((text) => text !== undefined && text !== "" && !text.includes("://"));
  return [...new Set(found)].filter((text) => text !== undefined).slice(0, namesAsked);
}

async function eventsOf(
  api: JsonApi,
  name: string,
  since: string | undefined,
): Promise<readonly JsonObject[]> {
  const answer = await api("LookupEvents", {
    LookupAttributes: [{ AttributeKey: "ResourceName", AttributeValue: name }],
    MaxResults: eventsRead,
    ...(since === undefined ? {} : { StartTime: Math.floor(millisecondsOf(since) / 1_000) }),
  });
  return arrayAt(answer["Events"]).filter(isObject);
}

/** What failed changed nothing. */
function isChange(event: JsonObject): boolean {
  return event["ReadOnly"] !== "true" && stringAt(detailOf(event)["errorCode"]) === undefined;
}

function traceOf(address: string, event: JsonObject): ChangeTrace {
  const detail = detailOf(event);
  const identity = objectAt(detail["userIdentity"]);
  const by =
    stringAt(identity["arn"]) ?? stringAt(identity["invokedBy"]) ?? stringAt(event["Username"]) ?? "somebody";
  const service = (stringAt(event["EventSource"]) ?? "").split(".")[0] ?? "";
  const at = event["EventTime"];
  const agent = stringAt(detail["userAgent"]);
  return {
    address,
    by,
    call: `${service}:${stringAt(event["EventName"]) ?? "?"}`,
    ...(typeof at === "number" ? { at: isoOfEpochSeconds(at) } : {}),
    ...(agent === undefined ? {} : { with: programOf(agent) }),
  };
}

function detailOf(event: JsonObject): JsonObject {
  return objectAt(parseObject(stringAt(event["CloudTrailEvent"]) ?? ""));
}

/** What a person calls the program behind a user agent. */
function programOf(agent: string): string {
  const known = programs.find(([pattern]) => pattern.test(agent));
  return known?.[1] ?? (agent.split(/[ /]/)[0] || agent).slice(0, 60);
}

const programs: readonly (readonly [RegExp, string])[] = [
  [/terraform/i, "Terraform"],
  [/opentofu/i, "OpenTofu"],
  [/console\.amazonaws|^AWS-Console|signin\.amazonaws|Mozilla/i, "the console"],
  [/aws-cli/i, "the AWS CLI"],
  [/cloudformation/i, "CloudFormation"],
  [/boto/i, "Boto"],
  [/aws-sdk-js/i, "the SDK for JavaScript"],
];
