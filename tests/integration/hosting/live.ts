import { clientSettings, type ClientConfig } from "../../../handlers/hosting/client-config.ts";
import type { HostingSession, Inspection } from "../../../handlers/hosting/contract.ts";
import { jsonApi } from "../../../handlers/hosting/existence/json-api.ts";
import { callQueryApi } from "../../../handlers/hosting/existence/query-api.ts";
import type { JsonObject, JsonValue } from "../../../src/core/json.ts";
import type { Resource } from "../../../src/core/resource.ts";
import { resourceOf } from "./corpus.ts";

export const account = "000000000000";

/** What the SDK's clients need to reach an emulator as its root. */
export function rootOf(endpoint: string) {
  return {
    endpoint,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    forcePathStyle: true,
  } as const;
}

function configOf(endpoint: string): ClientConfig {
  return {
    endpoint,
    region: "us-east-1",
    credentials: async () => ({ accessKeyId: "test", secretAccessKey: "test" }),
  };
}

/** A call of a service for which there is no SDK client here. */
export function ec2(
  endpoint: string,
  action: string,
  parameters: Readonly<Record<string, string>>,
): Promise<string> {
  return callQueryApi(configOf(endpoint), { service: "ec2", version: "2016-11-15", action, parameters });
}

export function rds(
  endpoint: string,
  action: string,
  parameters: Readonly<Record<string, string>>,
): Promise<string> {
  return callQueryApi(configOf(endpoint), { service: "rds", version: "2014-10-31", action, parameters });
}

export function ecr(endpoint: string, operation: string, input: JsonObject): Promise<JsonObject> {
  const target = "AmazonEC2ContainerRegistry_V20150921";
  return jsonApi(clientSettings(configOf(endpoint)), { service: "ecr", target, protocol: "1.1" })(
    operation,
    input,
  );
}

/** The text of the first element of this name. */
export function elementIn(xml: string, element: string): string {
  const text = new RegExp(`<${element}>([^<]+)<`).exec(xml)?.[1];
  if (text === undefined) throw new Error(`no ${element} in ${xml}`);
  return text;
}

/** A resource of a state with an address of its own. */
export function named(name: string, type: string, attributes: Record<string, JsonValue>): Resource {
  return { ...resourceOf(type, attributes), address: `${type}.${name}`, name };
}

export function policyFor(principal: JsonValue, action: string, more: JsonObject = {}): string {
  const statement = { Effect: "Allow", Principal: principal, Action: action, Resource: "*", ...more };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}

export const noZip = Buffer.from("UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==", "base64");

/** `SEVERITY rule address`, sorted. */
export function linesOf({ observations }: Inspection): readonly string[] {
  return observations.map(({ severity, rule, address }) => `${severity} ${rule} ${address}`).sort();
}

export async function lookAt(
  session: HostingSession,
  how: "posture" | "monitoring",
  resources: readonly Resource[],
): Promise<Inspection> {
  const look = session[how];
  if (look === undefined) throw new Error(`this session has no ${how}`);
  return look(resources, new AbortController().signal);
}
