import { FaberError } from "../../src/core/error.ts";

const amazonDomains = ["amazonaws.com", "amazonaws.com.cn", "api.aws", "api.amazonwebservices.com.cn"];

/** Whether a host belongs to the real AWS. */
export function isAmazonHost(host: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, "");
  return amazonDomains.some((domain) => name === domain || name.endsWith(`.${domain}`));
}

/** The host of a URL, or nothing when it is none. */
export function hostOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).hostname : undefined;
}

export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "[::1]" || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);
}

/**
 * An emulator's endpoint as origin alone (`http://127.0.0.1:4566`). `localhost` becomes 127.0.0.1: with a host
 * name the SDKs would ask for `bucket.localhost`, which most machines do not resolve.
 */
export function emulatorEndpoint(given: string): string {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new FaberError({
      code: "endpoint-invalid",
      exit: "wrong-usage",
      message: `the endpoint ${JSON.stringify(given)} is not an http or https address`,
      hints: ["write it like http://127.0.0.1:4566"],
    });
  }
  if (url.hostname === "localhost") url.hostname = "127.0.0.1";
  return url.origin;
}
