import { arrayAt, isObject, objectAt } from "../../core/json.ts";
import {
  blocksAt,
  isAbsentAt,
  isUnknownAt,
  numberAt,
  textAt,
  type PlannedResource,
} from "../plan/planned-resource.ts";
import { eachOf, everywhere, isOff, unlessTest, type Look, type Rule } from "../rule.ts";

const theme = "storage";

const forced: Rule = {
  id: "bucket-force-destroy",
  theme,
  title: "A bucket is deleted with all that is in it",
  why: "force_destroy takes away the one thing that keeps a full bucket from being deleted.",
  fix: "Set force_destroy = false where the data matters.",
  source:
    "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/s3_bucket#force_destroy-1",
  severity: unlessTest("off", "HIGH"),
  check: eachOf(
    ["aws_s3_bucket", "aws_ecr_repository", "aws_backup_vault", "aws_route53_zone"],
    ({ values }) =>
      values["force_destroy"] === true || values["force_delete"] === true
        ? "is deleted even when it is full"
        : undefined,
  ),
};

const versionsForever: Rule = {
  id: "bucket-versions-kept-forever",
  theme,
  title: "Old versions of objects are never deleted",
  why: "Every overwritten and deleted object goes on being paid for, unseen.",
  fix: "Add a lifecycle rule with noncurrent_version_expiration.",
  source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html",
  severity: everywhere("LOW"),
  check: (look) =>
    look.plan
      .ofType("aws_s3_bucket_versioning")
      .filter((versioning) => blocksAt(versioning, "versioning_configuration")[0]?.["status"] === "Enabled")
      .flatMap((versioning) => bucketsOf(versioning, look))
      .filter((bucket) => !lifecycleRules(bucket, look).some(endsVersions))
      .map((bucket) => ({
        address: bucket.address,
        message: "is versioned and has no rule for old versions",
      })),
};

function bucketsOf(resource: PlannedResource, { plan }: Look): readonly PlannedResource[] {
  return plan.references.of(resource, "bucket").filter(({ type }) => type === "aws_s3_bucket");
}

type Block = Readonly<Record<string, unknown>>;

function lifecycleRules(bucket: PlannedResource, { plan }: Look): readonly Block[] {
  const rules = plan.references
    .to(bucket, "aws_s3_bucket_lifecycle_configuration", "bucket")
    .flatMap((one) =>
      isUnknownAt(one, "rule") ? [{ noncurrent_version_expiration: [{}] }] : blocksAt(one, "rule"),
    );
  return [...rules, ...blocksAt(bucket, "lifecycle_rule")];
}

function endsVersions(rule: Block): boolean {
  const blocks = rule["noncurrent_version_expiration"];
  return isObject(blocks) || arrayAt(blocks).length > 0;
}

const halfUploads: Rule = {
  id: "bucket-keeps-broken-uploads",
  theme,
  title: "Parts of broken uploads are never deleted",
  why: "They are in no listing and are paid for.",
  fix: "Add a lifecycle rule with abort_incomplete_multipart_upload.",
  source:
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpu-abort-incomplete-mpu-lifecycle-config.html",
  severity: unlessTest("off", "LOW"),
  check: (look) =>
    look.plan
      .ofType("aws_s3_bucket")
      .filter((bucket) => !lifecycleRules(bucket, look).some(endsUploads))
      .map((bucket) => ({
        address: bucket.address,
        message: "has no rule for uploads that were not finished",
      })),
};

function endsUploads(rule: Block): boolean {
  const days = rule["abort_incomplete_multipart_upload"] ?? rule["abort_incomplete_multipart_upload_days"];
  return (
    typeof days === "number" ||
    isObject(days) ||
    arrayAt(days).length > 0 ||
    ("noncurrent_version_expiration" in rule &&
      arrayAt(rule["noncurrent_version_expiration"]).some((one) => Object.keys(objectAt(one)).length === 0))
  );
}

const unversioned: Rule = {
  id: "bucket-without-versions",
  theme,
  title: "What is overwritten in a bucket is gone",
  why: "One wrong script replaces every object for good.",
  fix: "Add an aws_s3_bucket_versioning that is Enabled.",
  source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html",
  severity: unlessTest("off", "MEDIUM"),
  check: ({ plan }) =>
    plan
      .ofType("aws_s3_bucket")
      .filter((bucket) => plan.references.to(bucket, "aws_s3_bucket_versioning").length === 0)
      .filter((bucket) => blocksAt(bucket, "versioning")[0]?.["enabled"] !== true)
      .filter(
        (bucket) =>
          !/log|artifact|temp|tmp|cache|scratch/i.test(`${bucket.name} ${textAt(bucket, "bucket") ?? ""}`),
      )
      .map((bucket) => ({ address: bucket.address, message: "has no versioning" })),
};

const shortKeyDeletion: Rule = {
  id: "key-deleted-within-days",
  theme,
  title: "An encryption key is gone a week after its deletion",
  why: "With it goes everything it has encrypted, backups included; few mistakes are noticed that fast.",
  fix: "Set deletion_window_in_days = 30.",
  source: "https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html",
  severity: unlessTest("off", "MEDIUM"),
  check: eachOf("aws_kms_key", (key) => {
    const days = numberAt(key, "deletion_window_in_days");
    return days !== undefined && days < 30 && `deletion_window_in_days is ${days}`;
  }),
};

const secretGoneAtOnce: Rule = {
  id: "secret-deleted-at-once",
  theme,
  title: "A secret can be deleted without a way back",
  why: "recovery_window_in_days 0 deletes it at once, and every program that needs it stops.",
  fix: "Leave recovery_window_in_days at 30.",
  source: "https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_delete-secret.html",
  severity: unlessTest("off", "MEDIUM"),
  check: eachOf(
    "aws_secretsmanager_secret",
    (secret) => numberAt(secret, "recovery_window_in_days") === 0 && "recovery_window_in_days is 0",
  ),
};

const imagesForever: Rule = {
  id: "images-kept-forever",
  theme,
  title: "Container images are never deleted",
  why: "Every build of years is paid for, up to the quota, and then the next push fails.",
  fix: "Add an aws_ecr_lifecycle_policy.",
  source: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html",
  severity: everywhere("LOW"),
  check: ({ plan }) =>
    plan
      .ofType("aws_ecr_repository")
      .filter((repository) => plan.references.to(repository, "aws_ecr_lifecycle_policy").length === 0)
      .map((repository) => ({ address: repository.address, message: "has no lifecycle policy" })),
};

const unsaved: Rule = {
  id: "file-system-without-backup",
  theme,
  title: "A file system is not backed up",
  why: "EFS keeps no copies by itself: what is deleted is gone.",
  fix: 'Add an aws_efs_backup_policy with status = "ENABLED", or an AWS Backup selection.',
  source: "https://docs.aws.amazon.com/efs/latest/ug/awsbackup.html",
  severity: unlessTest("off", "MEDIUM"),
  check: ({ plan }) =>
    plan
      .ofType("aws_efs_file_system")
      .filter(
        (system) =>
          plan.references.to(system, "aws_efs_backup_policy").length === 0 &&
          plan.references.to(system, "aws_backup_selection").length === 0,
      )
      .map((system) => ({ address: system.address, message: "has no backup policy" })),
};

const oldVolume: Rule = {
  id: "volume-of-the-old-kind",
  theme,
  title: "A volume is of the old kind",
  why: "gp2 costs more than gp3, and small ones run out of burst credit and slow down.",
  fix: 'Set type = "gp3": it changes in place.',
  source: "https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html",
  severity: everywhere("LOW"),
  check: (look) => [
    ...eachOf("aws_ebs_volume", ({ values }) => (values["type"] === "gp2" ? "is gp2" : undefined))(look),
    ...eachOf("aws_db_instance", ({ values }) =>
      values["storage_type"] === "gp2" ? "its storage is gp2" : undefined,
    )(look),
    ...eachOf("aws_instance", (instance) =>
      blocksAt(instance, "root_block_device").some((block) => block["volume_type"] === "gp2")
        ? "its root volume is gp2"
        : undefined,
    )(look),
  ],
};

const dataGoesWithMachine: Rule = {
  id: "data-volume-goes-with-machine",
  theme,
  title: "A data volume is deleted with its machine",
  why: "A replacement of the machine, by a new image for one, takes the data along.",
  fix: "Use an aws_ebs_volume of its own, or delete_on_termination = false.",
  source: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/preserving-volumes-on-termination.html",
  severity: unlessTest("off", "MEDIUM"),
  check: eachOf("aws_instance", (instance) =>
    blocksAt(instance, "ebs_block_device").some((block) => block["delete_on_termination"] !== false) &&
    !isAbsentAt(instance, "ebs_block_device")
      ? "its ebs_block_device is deleted on termination"
      : undefined,
  ),
};

const noRotation: Rule = {
  id: "key-never-rotated",
  theme,
  title: "An encryption key is never renewed",
  why: "The longer one key encrypts, the more is lost when it leaks.",
  fix: "Set enable_key_rotation = true: old data stays readable.",
  source: "https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html",
  severity: unlessTest("off", "LOW"),
  check: eachOf("aws_kms_key", (key) => {
    const spec = textAt(key, "customer_master_key_spec") ?? "SYMMETRIC_DEFAULT";
    return spec === "SYMMETRIC_DEFAULT" && isOff(key, "enable_key_rotation") && "enable_key_rotation is off";
  }),
};

/** Buckets, volumes, keys, secrets and images. */
export const storage: readonly Rule[] = [
  forced,
  versionsForever,
  halfUploads,
  unversioned,
  shortKeyDeletion,
  secretGoneAtOnce,
  imagesForever,
  unsaved,
  oldVolume,
  dataGoesWithMachine,
  noRotation,
];
