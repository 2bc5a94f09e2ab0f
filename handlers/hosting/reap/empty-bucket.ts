import { FaberError } from "../../../src/core/error.ts";
import { stringAt } from "../../../src/core/json.ts";
import type { Resource } from "../../../src/core/resource.ts";
import { clientSettings, type ClientConfig } from "../client-config.ts";
import { openPatientS3 } from "../existence/patient-clients.ts";

/** Deletes every version of every object of a bucket, and every delete marker; returns how many. */
export async function emptyBucket(
  resource: Resource,
  config: ClientConfig,
  signal: AbortSignal,
): Promise<number> {
  const Bucket = stringAt(resource.attributes["bucket"]);
  if (resource.type !== "aws_s3_bucket" || Bucket === undefined) return 0;
  const s3 = await openPatientS3(clientSettings(config));
  let removed = 0;
  for (;;) {
    signal.throwIfAborted();
    // Always the first page: what was listed before is gone.
    const page = await s3.listObjectVersions({ Bucket, MaxKeys: 1_000 });
    const Objects = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])].flatMap(({ Key, VersionId }) =>
      Key === undefined ? [] : [{ Key, ...(VersionId === undefined ? {} : { VersionId }) }],
    );
    if (Objects.length === 0) return removed;
    const said = await s3.deleteObjects({ Bucket, Delete: { Objects, Quiet: true } });
    const [refused] = said.Errors ?? [];
    if (refused !== undefined) {
      throw new FaberError({
        code: "bucket-not-emptied",
        exit: "cleanup-incomplete",
        message: `bucket ${Bucket} could not be emptied: ${refused.Key ?? "?"}: ${refused.Code ?? "?"}`,
        hints: ["an object lock or a policy may keep its objects; look at it, then destroy again"],
      });
    }
    removed += Objects.length;
  }
}
