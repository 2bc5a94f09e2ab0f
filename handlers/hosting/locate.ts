import { stringAt } from "../../src/core/json.ts";
import type { Resource } from "../../src/core/resource.ts";
import { describeError, troubleOf } from "./api-error.ts";
import { clientSettings, type ClientConfig } from "./client-config.ts";
import type { Located } from "./contract.ts";
import { sessionError } from "./credential-error.ts";
import { jsonApi } from "./existence/json-api.ts";
import { callQueryApi } from "./existence/query-api.ts";
import { askIdentity } from "./identify.ts";
import type { ReadingContext } from "./posture/read-posture.ts";

type Found = Pick<Located, "arn" | "url">;

/** Where something that is planned would be, and what it is called there when only the cloud can tell. */
export async function locate(planned: Resource, context: ReadingContext): Promise<Located> {
  const { config, label, signal } = context;
  const { account } = await askIdentity(config, label, { account: undefined, signal });
  const place = { account, region: stringAt(planned.attributes["region"]) ?? config.region };
  const lookUp = lookUps[planned.type];
  if (lookUp === undefined) return place;
  try {
    const name = stringAt(planned.attributes["name"]) ?? "";
    return { ...place, ...(await lookUp(name, { ...config, region: place.region })) };
  } catch (error) {
    const whole = sessionError(error, label);
    if (whole !== undefined) throw whole;
    if (troubleOf(error) === "bug") throw error;
    return { ...place, why: describeError(error) };
  }
}

const lookUps: Readonly<Record<string, (name: string, config: ClientConfig) => Promise<Found>>> = {
  aws_sqs_queue: queueUrl,
  aws_secretsmanager_secret: secretArn,
  aws_lb: (name, config) => balancerArn(config, "LoadBalancer", name),
  aws_lb_target_group: (name, config) => balancerArn(config, "TargetGroup", name),
};

async function queueUrl(name: string, config: ClientConfig): Promise<Found> {
  const sqs = jsonApi(clientSettings(config), { service: "sqs", target: "AmazonSQS", protocol: "1.0" });
  const url = stringAt((await sqs("GetQueueUrl", { QueueName: name }))["QueueUrl"]);
  return url === undefined ? {} : { url };
}

/** Its ARN ends in letters that AWS chose. */
async function secretArn(name: string, config: ClientConfig): Promise<Found> {
  const secrets = jsonApi(clientSettings(config), {
    service: "secretsmanager",
    target: "secretsmanager",
    protocol: "1.1",
  });
  const arn = stringAt((await secrets("DescribeSecret", { SecretId: name }))["ARN"]);
  return arn === undefined ? {} : { arn };
}

async function balancerArn(
  config: ClientConfig,
  kind: "LoadBalancer" | "TargetGroup",
  name: string,
): Promise<Found> {
  const xml = await callQueryApi(config, {
    service: "elasticloadbalancing",
    version: "2015-12-01",
    action: `Describe${kind}s`,
    parameters: { "Names.member.1": name },
  });
  const arn = new RegExp(`<${kind}Arn>([^<]+)</${kind}Arn>`).exec(xml)?.[1];
  return arn === undefined ? {} : { arn };
}
