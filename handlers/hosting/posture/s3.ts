import type { S3 } from "@aws-sdk/client-s3";
import type { Observation } from "../contract.ts";
import { attributesOf } from "../existence/probe.ts";
import { domainOf } from "../existence/signed-call.ts";
import { elementsAt, textIn } from "../existence/xml.ts";
import { observe, type Desk, type PostureReader, type Reply } from "./desk.ts";
import { actionsOf, openStatements } from "./exposure.ts";
import { readPolicy } from "./policy.ts";
import { s3ControlGet } from "./s3-control.ts";

/** What a bucket's access block, or its account's, switches off. */
interface Block {
  readonly ignoresAcls: boolean;
  readonly restrictsPolicies: boolean;
  readonly whole: boolean;
}

const noBlock: Block = { ignoresAcls: false, restrictsPolicies: false, whole: false };
const blockRemedy =
  "switch on all four settings of aws_s3_bucket_public_access_block; a website belongs behind CloudFront";

/** Whether a bucket is public follows from four things together: policy, ACL, its access block and the account's. */
export const buckets: PostureReader = {
  types: ["aws_s3_bucket"],
  read: async (desk, resource) => {
    const Bucket = attributesOf(resource).text("bucket");
    const s3 = await desk.s3();
    const [own, grants, policy, encryption] = await Promise.all([
      desk.ask("s3:GetBucketPublicAccessBlock", () => ownBlock(s3, Bucket)),
      desk.ask("s3:GetBucketAcl", () => publicGrants(s3, Bucket)),
      desk.ask("s3:GetBucketPolicy", async () => (await s3.getBucketPolicy({ Bucket })).Policy),
      desk.ask("s3:GetEncryptionConfiguration", () => s3.getBucketEncryption({ Bucket })),
    ]);
    const open = policy.kind === "told" ? openPolicy(desk, policy.value) : "";
    const granted = grants.kind === "told" ? grants.value : [];
    // Where there is no bucket, nothing is unencrypted.
    const unencrypted =
      encryption.kind === "absent" && grants.kind === "told" ? [withoutEncryption(desk)] : [];
    const block = await effectiveBlock(desk, own, open !== "" || granted.length > 0);
    if (block === undefined) return unencrypted;
    const isPublicByAcl = granted.length > 0 && !block.ignoresAcls && !(await aclsAreOff(desk, s3, Bucket));
    return [
      ...(open !== "" && !block.restrictsPolicies ? [publicByPolicy(desk, open)] : []),
      ...(isPublicByAcl ? [publicByAcl(desk, granted)] : []),
      ...unencrypted,
    ];
  },
};

async function ownBlock(s3: S3, Bucket: string): Promise<Block> {
  const { PublicAccessBlockConfiguration: set } = await s3.getPublicAccessBlock({ Bucket });
  return {
    ignoresAcls: set?.IgnorePublicAcls === true,
    restrictsPolicies: set?.RestrictPublicBuckets === true,
    whole: set?.IgnorePublicAcls === true && set.RestrictPublicBuckets === true,
  };
}

/** The account's block is asked for only where it decides: it can make a public bucket private, nothing else. */
async function effectiveBlock(desk: Desk, own: Reply<Block>, matters: boolean): Promise<Block | undefined> {
  if (own.kind === "untold") return undefined;
  const bucket = own.kind === "told" ? own.value : noBlock;
  if (!matters || bucket.whole) return bucket;
  const account = await accountBlock(desk);
  return {
    ignoresAcls: bucket.ignoresAcls || account.ignoresAcls,
    restrictsPolicies: bucket.restrictsPolicies || account.restrictsPolicies,
    whole: false,
  };
}

/** What does not say that it blocks is taken for one that does not: then the bucket's own settings count. */
async function accountBlock(desk: Desk): Promise<Block> {
  const { account, config } = desk;
  if (account === undefined) return noBlock;
  return desk.once(`account-block-${account}`, async () => {
    const call = "s3:GetAccountPublicAccessBlock";
    const reply = await desk.ask(call, () =>
      s3ControlGet(config, {
        host: `${account}.s3-control.${config.region}.${domainOf(config.region)}`,
        account,
        path: "/v20180820/configuration/publicAccessBlock",
      }),
    );
    if (reply.kind !== "told") return noBlock;
    const isOn = (name: string): boolean => textIn(reply.value, name) === "true";
    if (elementsAt(reply.value, "RestrictPublicBuckets").length === 0) {
      desk.note(call, "the answer holds no access block");
    }
    return {
      ignoresAcls: isOn("IgnorePublicAcls"),
      restrictsPolicies: isOn("RestrictPublicBuckets"),
      whole: false,
    };
  });
}

const everybody = /\/groups\/global\/(AllUsers|AuthenticatedUsers)$/;

/** `READ for AllUsers`, … */
async function publicGrants(s3: S3, Bucket: string): Promise<readonly string[]> {
  const { Grants = [] } = await s3.getBucketAcl({ Bucket });
  return Grants.flatMap(({ Grantee, Permission }) => {
    const group = everybody.exec(Grantee?.URI ?? "")?.[1];
    return group === undefined ? [] : [`${Permission ?? "something"} for ${group}`];
  });
}

/** With this ownership ACLs have no effect. */
async function aclsAreOff(desk: Desk, s3: S3, Bucket: string): Promise<boolean> {
  const reply = await desk.ask("s3:GetBucketOwnershipControls", () =>
    s3.getBucketOwnershipControls({ Bucket }),
  );
  if (reply.kind !== "told") return false;
  const rules = reply.value.OwnershipControls?.Rules ?? [];
  return rules.some(({ ObjectOwnership }) => ObjectOwnership === "BucketOwnerEnforced");
}

function openPolicy(desk: Desk, text: string | undefined): string {
  if (text === undefined || text === "") return "";
  const statements = readPolicy(text);
  if (statements !== undefined) return actionsOf(openStatements(statements));
  desk.note("s3:GetBucketPolicy", "the policy in the answer cannot be read");
  return "";
}

function publicByPolicy(desk: Desk, actions: string): Observation {
  return observe(desk, "bucket-public-by-policy", {
    severity: "CRITICAL",
    message: `its policy lets anybody ${actions}, and no access block holds it back`,
    remedy: blockRemedy,
  });
}

function publicByAcl(desk: Desk, grants: readonly string[]): Observation {
  return observe(desk, "bucket-public-by-acl", {
    severity: "CRITICAL",
    message: `its ACL grants ${grants.join(", ")}, and no access block ignores it`,
    remedy: blockRemedy,
  });
}

function withoutEncryption(desk: Desk): Observation {
  return observe(desk, "bucket-unencrypted", {
    severity: "MEDIUM",
    message: "objects are stored without default encryption",
    remedy: "add aws_s3_bucket_server_side_encryption_configuration",
  });
}
