import type { Sourced } from "./origin.ts";
import { fromVariable } from "./overrides.ts";

type Env = Readonly<Record<string, string | undefined>>;

export const emulatorDefaults = { endpoint: "http://127.0.0.1:4566", region: "us-east-1" } as const;

/** The region that the AWS SDKs and the provider would take from the environment. */
export function ambientRegion(env: Env): Sourced<string> | undefined {
  return fromVariable("AWS_REGION", env) ?? fromVariable("AWS_DEFAULT_REGION", env);
}

/** The endpoint that the environment sends every AWS call to, when it is not AWS itself. */
export function ambientEmulator(env: Env): Sourced<string> | undefined {
  const endpoint = fromVariable("AWS_ENDPOINT_URL", env);
  return endpoint !== undefined && hostOf(endpoint.value) !== undefined && !isRealAws(endpoint.value)
    ? endpoint
    : undefined;
}

/** Whether a URL leads to AWS (https://docs.aws.amazon.com/general/latest/gr/rande.html). */
export function isRealAws(url: string): boolean {
  const host = hostOf(url)?.replace(/\.$/, "") ?? "";
  return awsDomains.some((domain) => host === domain || host.endsWith(`.${domain}`));
}

const awsDomains = [
  "amazonaws.com",
  "amazonaws.com.cn",
  "api.aws",
  "amazonwebservices.com.cn",
  "amazonaws.eu",
];

function hostOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).hostname.toLowerCase() : undefined;
}
