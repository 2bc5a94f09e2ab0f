import type { IAM } from "@aws-sdk/client-iam";
import type { S3 } from "@aws-sdk/client-s3";
import type { ClientSettings } from "../client-config.ts";
import { openS3 } from "../s3-client.ts";

/**
 * For many small questions at once. Adaptive retries would slow all of them down to one in two seconds as soon as
 * a few are throttled; waiting question by question is enough.
 */
const patience = { retryMode: "standard", maxAttempts: 7 } as const;

export async function openIam(settings: ClientSettings): Promise<IAM> {
  const { IAM: Client } = await import("@aws-sdk/client-iam");
  return new Client({ ...settings, ...patience });
}

export async function openPatientS3(settings: ClientSettings): Promise<S3> {
  return openS3({ ...settings, ...patience });
}
