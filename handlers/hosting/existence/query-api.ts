import { setTimeout as wait } from "node:timers/promises";
import type { ClientConfig } from "../client-config.ts";

/**
 * One call of a service that speaks the Query protocol (parameters in a form, answer in XML). The SDK's EC2 client
 * alone would take a quarter of the size that faber may have; whether a thing exists needs none of its models.
 * Protocol: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/Query-Requests.html
 */
export interface QueryCall {
  /** Name in host names and in signatures, e.g. `ec2`, `elasticloadbalancing`. */
  readonly service: string;
  readonly version: string;
  readonly action: string;
  readonly parameters: Readonly<Record<string, string>>;
}

const attempts = 4;
const timeoutMs = 30_000;

/** The answer's XML. Throws errors of the SDK's shape: the API's error code as name, and `$metadata`. */
export async function callQueryApi(config: ClientConfig, call: QueryCall): Promise<string> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await send(config, call);
    if (answer.status === 200) return answer.text;
    const error = errorIn(answer.text, answer.status);
    if (attempt === attempts || !isPassing(answer.status, error.name)) throw error;
    await wait(200 * 2 ** attempt);
  }
}

async function send(
  config: ClientConfig,
  call: QueryCall,
): Promise<{ readonly status: number; readonly text: string }> {
  const { SignatureV4 } = await import("@smithy/signature-v4");
  const { Sha256 } = await import("@smithy/core/checksum");
  const url = new URL(
    config.endpoint ?? `https://${call.service}.${config.region}.${domainOf(config.region)}`,
  );
  const signer = new SignatureV4({
    service: call.service,
    region: config.region,
    credentials: config.credentials,
    sha256: Sha256,
  });
  const signed = await signer.sign({
    method: "POST",
    protocol: url.protocol,
    hostname: url.hostname,
    path: "/",
    headers: { host: url.host, "content-type": "application/x-www-form-urlencoded; charset=utf-8" },
    body: new URLSearchParams({ Action: call.action, Version: call.version, ...call.parameters }).toString(),
  });
  const response = await fetch(new URL("/", url), {
    method: "POST",
    headers: signed.headers,
    body: String(signed.body),
    signal: AbortSignal.timeout(timeoutMs),
    redirect: "error",
  });
  return { status: response.status, text: await response.text() };
}

function errorIn(xml: string, status: number): Error {
  const code = /<Code>([^<]+)<\/Code>/.exec(xml)?.[1] ?? "UnknownError";
  const message = /<Message>([^<]*)<\/Message>/.exec(xml)?.[1] ?? `HTTP status ${status}`;
  return Object.assign(new Error(message), { name: code, $metadata: { httpStatusCode: status } });
}

function isPassing(status: number, code: string): boolean {
  return status >= 500 || status === 429 || /Throttl|RequestLimitExceeded|SlowDown/.test(code);
}

function domainOf(region: string): string {
  return region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
}
