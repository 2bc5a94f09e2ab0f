import { setTimeout as wait } from "node:timers/promises";
import { sha256 } from "../../../src/core/json.ts";
import { troubleOf } from "../api-error.ts";
import type { ClientConfig } from "../client-config.ts";

/** One request to a service: a POST to its root, as all older AWS protocols are, or a GET of a path. */
export interface SignedCall {
  /** Name in host names and in signatures, e.g. `ec2`, `ssm`. */
  readonly service: string;
  /** Host of the real cloud where it is not `SERVICE.REGION.DOMAIN`. */
  readonly host?: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Percent-encoded, from the root; `/` by default. */
  readonly path?: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Without one the call is a GET. */
  readonly body?: string;
  /** Where it is neither that nor a POST. */
  readonly method?: "DELETE";
  /** Milliseconds of one attempt; 30 seconds when absent. */
  readonly timeoutMs?: number;
  /** The error in an answer that is none: the API's code as name, and `$metadata`, as the SDK's errors have them. */
  readonly errorIn: (answer: Answer) => Error;
}

export interface Answer {
  readonly status: number;
  readonly text: string;
  /** Where REST services put the error's name. */
  readonly errorType?: string;
  /** Set in an answer of status 200 when a function that was invoked failed. */
  readonly functionError?: string;
}

/** A service that is in trouble may be well the next moment; one that throttles will be, it only wants time. */
const attemptsAt = { trouble: 4, throttling: 12 } as const;
/** Milliseconds; doubled with each attempt, and spread so that those who were refused together do not return so. */
const pause = { first: 50, longest: 3_000 } as const;
const timeoutMs = 30_000;

/**
 * Sends a signed call and returns the answer's text. Whether a thing exists needs none of the models that make up
 * most of an SDK client; without those of the largest services faber installs in half the size. Throws `errorIn`.
 */
export async function sendSigned(config: ClientConfig, call: SignedCall): Promise<string> {
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await attemptCall(config, call);
    if ("text" in outcome) return outcome.text;
    if (outcome.passing === undefined || attempt >= attemptsAt[outcome.passing]) throw outcome.error;
    await wait(Math.min(pause.longest, pause.first * 2 ** attempt) * (0.5 + shareOf(call, attempt) / 2));
  }
}

/** From 0 to 1, another one for each call and attempt. */
function shareOf({ path = "", query = {}, body = "" }: SignedCall, attempt: number): number {
  return Number.parseInt(sha256(JSON.stringify([attempt, path, query, body])).slice(0, 8), 16) / 2 ** 32;
}

/** An error in the shape of the SDK's. */
export function apiError(name: string, message: string, status: number): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode: status } });
}

type Outcome =
  | { readonly text: string }
  | { readonly error: unknown; readonly passing: keyof typeof attemptsAt | undefined };

async function attemptCall(config: ClientConfig, call: SignedCall): Promise<Outcome> {
  try {
    const answer = await send(config, call);
    if (isSuccess(answer.status) && answer.functionError === undefined) return { text: answer.text };
    const error = call.errorIn(answer);
    return { error, passing: passingOf(answer.status, error.name) };
  } catch (error) {
    return { error, passing: isBrokenConnection(error) ? "trouble" : undefined };
  }
}

/** What is deleted is answered with no content. */
function isSuccess(status: number): boolean {
  return status === 200 || status === 204;
}

async function send(config: ClientConfig, call: SignedCall): Promise<Answer> {
  const { SignatureV4 } = await import("@smithy/signature-v4");
  const { Sha256 } = await import("@smithy/core/checksum");
  const url = new URL(
    call.path ?? "/",
    config.endpoint ??
      `https://${call.host ?? `${call.service}.${config.region}.${domainOf(config.region)}`}`,
  );
  const signer = new SignatureV4({
    service: call.service,
    region: config.region,
    credentials: config.credentials,
    sha256: Sha256,
  });
  const { body, query = {} } = call;
  const method = call.method ?? (body === undefined ? "GET" : "POST");
  const signed = await signer.sign({
    method,
    protocol: url.protocol,
    hostname: url.hostname,
    path: url.pathname,
    query: { ...query },
    headers: { host: url.host, ...call.headers },
    ...(body === undefined ? {} : { body }),
  });
  url.search = Object.entries(query)
    .map(([name, value]) => `${percentEncoded(name)}=${percentEncoded(value)}`)
    .join("&");
  const response = await fetch(url, {
    method,
    headers: signed.headers,
    ...(body === undefined ? {} : { body }),
    signal: AbortSignal.timeout(call.timeoutMs ?? timeoutMs),
    redirect: "error",
  });
  const errorType = response.headers.get("x-amzn-errortype");
  const functionError = response.headers.get("x-amz-function-error");
  return {
    status: response.status,
    text: await response.text(),
    ...(errorType === null ? {} : { errorType }),
    ...(functionError === null ? {} : { functionError }),
  };
}

/** As signatures have it: nothing but letters, digits and `-_.~` stays as it is. */
export function percentEncoded(text: string): string {
  const hex = (sign: string): string => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(text).replace(/[!'()*]/g, hex);
}

/** Codes: https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html */
function passingOf(status: number, code: string): keyof typeof attemptsAt | undefined {
  if (status === 429 || /Throttl|TooManyRequests|RequestLimitExceeded|SlowDown/.test(code))
    return "throttling";
  return status >= 500 ? "trouble" : undefined;
}

/** What took too long would take too long again. */
function isBrokenConnection(error: unknown): boolean {
  return troubleOf(error) === "unreachable" && !(error instanceof Error && error.name === "TimeoutError");
}

export function domainOf(region: string): string {
  return region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
}
