import type { S3 } from "@aws-sdk/client-s3";
import type { ClientSettings } from "./client-config.ts";

/** A client of S3, whose SDK is loaded by the first that asks for one. */
export async function openS3(settings: ClientSettings): Promise<S3> {
  const { S3: Client } = await import("@aws-sdk/client-s3");
  return new Client({
    ...settings,
    // Path style for an emulator: most machines do not resolve `bucket.HOST`.
    forcePathStyle: settings.endpoint !== undefined,
    followRegionRedirects: true,
  });
}
