import { setTimeout as wait } from "node:timers/promises";
import type { ClientConfig } from "../client-config.ts";

/** One POST to a service's root, as all older AWS protocols are. */
export interface SignedCall {
  /** Name in host names and in signatures, e.g. `ec2`, `ssm`. */
  readonly service: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The error in an answer that is none: the API's code as name, and `$metadata`, as the SDK's errors have them. */
  readonly errorIn: (text: string, status: number) => Error;
}

const attempts = 4;
const timeoutMs = 30_000;

/**
 * Sends a signed call and returns the answer's text. Whether a thing exists needs none of the models that make up
 * most of an SDK client; without those of the largest services faber installs in half the size. Throws `errorIn`.
 */
export async function sendSigned(config: ClientConfig, call: SignedCall): Promise<string> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await send(config, call);
    if (answer.status === 200) return answer.text;
    const error = call.errorIn(answer.text, answer.status);
    if (attempt === attempts || !isPassing(answer.status, error.name)) throw error;
    await wait(200 * 2 ** attempt);
  }
}

/** An error in the shape of the SDK's. */
export function apiError(name: string, message: string, status: number): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode: status } });
}

async function send(
  config: ClientConfig,
  call: SignedCall,
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
    headers: { host: url.host, ...call.headers },
    body: call.body,
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

function isPassing(status: number, code: string): boolean {
  return status >= 500 || status === 429 || /Throttl|RequestLimitExceeded|SlowDown/.test(code);
}

function domainOf(region: string): string {
  return region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
}
