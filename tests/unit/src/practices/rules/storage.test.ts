import { storage } from "../../../../../src/practices/rules/storage.ts";
import { made, refersTo } from "../../../../helpers/plan-document.ts";
import { testRules } from "../../../../helpers/rule-cases.ts";

const bucket = (after: object = {}) => made("aws_s3_bucket.b", { bucket: "orders", ...after });
const ofBucket = (type: string, after: object) =>
  made(`${type}.x`, { ...after }, { bucket: refersTo("aws_s3_bucket.b.id") });
const versioning = ofBucket("aws_s3_bucket_versioning", {
  versioning_configuration: [{ status: "Enabled" }],
});
const lifecycle = (rule: object) => ofBucket("aws_s3_bucket_lifecycle_configuration", { rule: [rule] });
const key = (after: object) => made("aws_kms_key.k", { ...after });

testRules(storage, {
  "bucket-force-destroy": {
    objects: bucket({ force_destroy: true }),
    quiet: bucket({ force_destroy: false }),
  },
  "bucket-versions-kept-forever": {
    objects: { resources: [bucket(), versioning], at: "aws_s3_bucket.b" },
    quiet: {
      resources: [
        bucket(),
        versioning,
        lifecycle({ noncurrent_version_expiration: [{ noncurrent_days: 30 }] }),
      ],
    },
  },
  "bucket-keeps-broken-uploads": {
    objects: bucket(),
    quiet: {
      resources: [bucket(), lifecycle({ abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }] })],
    },
  },
  "bucket-without-versions": { objects: bucket(), quiet: { resources: [bucket(), versioning] } },
  "key-deleted-within-days": {
    objects: key({ deletion_window_in_days: 7 }),
    quiet: key({ deletion_window_in_days: 30 }),
  },
  "secret-deleted-at-once": {
    objects: made("aws_secretsmanager_secret.s", { recovery_window_in_days: 0 }),
    quiet: made("aws_secretsmanager_secret.s", { recovery_window_in_days: 30 }),
  },
  "images-kept-forever": {
    objects: made("aws_ecr_repository.r"),
    quiet: {
      resources: [
        made("aws_ecr_repository.r"),
        made("aws_ecr_lifecycle_policy.p", {}, { repository: refersTo("aws_ecr_repository.r.name") }),
      ],
    },
  },
  "file-system-without-backup": {
    objects: made("aws_efs_file_system.f"),
    quiet: {
      resources: [
        made("aws_efs_file_system.f"),
        made("aws_efs_backup_policy.p", {}, { file_system_id: refersTo("aws_efs_file_system.f.id") }),
      ],
    },
  },
  "volume-of-the-old-kind": {
    objects: made("aws_ebs_volume.v", { type: "gp2" }),
    quiet: made("aws_ebs_volume.v", { type: "gp3" }),
  },
  "data-volume-goes-with-machine": {
    objects: made("aws_instance.i", { ebs_block_device: [{ delete_on_termination: true }] }),
    quiet: made("aws_instance.i", { ebs_block_device: [{ delete_on_termination: false }] }),
  },
  "key-never-rotated": {
    objects: key({ enable_key_rotation: false }),
    quiet: key({ enable_key_rotation: true }),
  },
});
