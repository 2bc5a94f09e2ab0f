import type { KmsKey } from "@cdktf/provider-aws/lib/kms-key/index.js";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy/index.js";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block/index.js";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration/index.js";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning/index.js";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket/index.js";
import { conditional, Fn, Op, Token } from "cdktf";
import type { TerraformStack } from "cdktf";
import type { Settings } from "./settings.ts";

/** One JSON document for every order that was carried out, kept apart from the table. */
export function addReceipts(stack: TerraformStack, settings: Settings, key: KmsKey): S3Bucket {
  const bucket = new S3Bucket(stack, "receipts", {
    // Bucket names are shared by all of AWS: the account's number makes this one ours.
    bucket: settings.name(`receipts-${settings.account}`),
    forceDestroy: Op.not(settings.keepData),
  });
  const closed = new S3BucketPublicAccessBlock(stack, "receipts_closed", {
    bucket: bucket.id,
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  });
  new S3BucketVersioningA(stack, "receipts_versions", {
    bucket: bucket.id,
    versioningConfiguration: { status: "Enabled" },
  });
  new S3BucketServerSideEncryptionConfigurationA(stack, "receipts_encryption", {
    bucket: bucket.id,
    rule: [
      {
        applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: key.arn },
        // One call to KMS per bucket and hour in place of one per object.
        bucketKeyEnabled: true,
      },
    ],
  });
  new S3BucketPolicy(stack, "receipts_policy", {
    bucket: bucket.id,
    policy: onlyOverTls(bucket),
    count: Token.asNumber(conditional(settings.emulated, 0, 1)),
    // S3 refuses two changes to a bucket's access at the same time.
    dependsOn: [closed],
  });
  return bucket;
}

function onlyOverTls(bucket: S3Bucket): string {
  return Fn.jsonencode({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "OnlyOverTls",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: [bucket.arn, `${bucket.arn}/*`],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
  });
}
