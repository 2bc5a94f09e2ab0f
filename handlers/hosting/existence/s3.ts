import type { S3 } from "@aws-sdk/client-s3";
import { arrayAt, objectAt } from "../../../src/core/json.ts";
import { openPatientS3 } from "./patient-clients.ts";
import { probesOf, type ProbeRow } from "./probe.ts";

export const s3Probes = probesOf<S3>(openPatientS3, [
  {
    types: ["aws_s3_bucket"],
    call: "s3:HeadBucket",
    ask: async (s3, of) => s3.headBucket({ Bucket: of.text("bucket") }),
  },
  {
    types: ["aws_s3_object", "aws_s3_bucket_object", "aws_s3_object_copy"],
    call: "s3:HeadObject",
    ask: async (s3, of) => s3.headObject({ Bucket: of.text("bucket"), Key: of.text("key") }),
  },
  {
    types: ["aws_s3_bucket_versioning"],
    call: "s3:GetBucketVersioning",
    // A bucket that never had versioning says nothing, which is also what `Disabled` looks like.
    ask: async (s3, of, resource) => {
      const said = await s3.getBucketVersioning({ Bucket: of.text("bucket") });
      const wanted = objectAt(arrayAt(resource.attributes["versioning_configuration"])[0])["status"];
      return said.Status !== undefined || wanted === "Disabled";
    },
  },
  row("aws_s3_bucket_public_access_block", "GetPublicAccessBlock", async (s3, Bucket) =>
    s3.getPublicAccessBlock({ Bucket }),
  ),
  row("aws_s3_bucket_server_side_encryption_configuration", "GetBucketEncryption", async (s3, Bucket) =>
    s3.getBucketEncryption({ Bucket }),
  ),
  row("aws_s3_bucket_policy", "GetBucketPolicy", async (s3, Bucket) => s3.getBucketPolicy({ Bucket })),
  row("aws_s3_bucket_ownership_controls", "GetBucketOwnershipControls", async (s3, Bucket) =>
    s3.getBucketOwnershipControls({ Bucket }),
  ),
  row("aws_s3_bucket_lifecycle_configuration", "GetBucketLifecycleConfiguration", async (s3, Bucket) =>
    s3.getBucketLifecycleConfiguration({ Bucket }),
  ),
  row("aws_s3_bucket_acl", "GetBucketAcl", async (s3, Bucket) => s3.getBucketAcl({ Bucket })),
  row("aws_s3_bucket_cors_configuration", "GetBucketCors", async (s3, Bucket) =>
    s3.getBucketCors({ Bucket }),
  ),
  row("aws_s3_bucket_website_configuration", "GetBucketWebsite", async (s3, Bucket) =>
    s3.getBucketWebsite({ Bucket }),
  ),
  row("aws_s3_bucket_logging", "GetBucketLogging", async (s3, Bucket) =>
    Boolean((await s3.getBucketLogging({ Bucket })).LoggingEnabled),
  ),
  row("aws_s3_bucket_notification", "GetBucketNotificationConfiguration", async (s3, Bucket) => {
    const said = await s3.getBucketNotificationConfiguration({ Bucket });
    const lists = [said.TopicConfigurations, said.QueueConfigurations, said.LambdaFunctionConfigurations];
    return said.EventBridgeConfiguration !== undefined || lists.some((list) => (list?.length ?? 0) > 0);
  }),
]);

function row(
  type: string,
  operation: string,
  ask: (s3: S3, bucket: string) => Promise<unknown>,
): ProbeRow<S3> {
  return { types: [type], call: `s3:${operation}`, ask: async (s3, of) => ask(s3, of.text("bucket")) };
}
