import { FaberError } from "../../../src/core/error.ts";
import { endpointVariables, type Surroundings } from "../ambient.ts";
import { hostOf, isAmazonHost } from "../endpoints.ts";

/** Keys that emulators and their manuals use; a real access key ID is AKIA… or ASIA… */
const dummyKeys = new Set(["", "test", "mock", "dummy", "fake", "foo", "localstack", "minio"]);

function isDummyKey(accessKeyId: string): boolean {
  return dummyKeys.has(accessKeyId.toLowerCase()) || /^\d{12}$/.test(accessKeyId);
}

/** Dummy keys at the real AWS are a setting meant for an emulator. */
export function refuseDummyKey(accessKeyId: string, environment: string): void {
  if (!isDummyKey(accessKeyId)) return;
  throw new FaberError({
    code: "dummy-credentials",
    exit: "credentials-or-permissions",
    message: `${environment} deploys to the real AWS, but the access key ${JSON.stringify(accessKeyId)} is one for emulators`,
    hints: [
      "unset AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or set real ones",
      `or set environments.${environment}.hosting to emulator in faber.yaml`,
    ],
  });
}

/** Real credentials never go to an endpoint outside AWS. */
export function refuseForeignEndpoints(env: Surroundings, environment: string): void {
  for (const [name, url] of endpointVariables(env)) refuseForeignEndpoint(name, url, environment);
}

export function refuseForeignEndpoint(where: string, url: string, environment: string): void {
  const host = hostOf(url) ?? hostOf(`https://${url}`);
  if (host !== undefined && isAmazonHost(host)) return;
  throw new FaberError({
    code: "endpoint-mixed",
    exit: "wrong-usage",
    message: `${environment} deploys to the real AWS, but ${where} sends requests to ${host ?? "an address that is no URL"}`,
    why: "real credentials are never sent to anything but AWS",
    hints: [
      `remove ${where}`,
      `or set environments.${environment}.hosting to emulator, with that address as its endpoint`,
    ],
  });
}
