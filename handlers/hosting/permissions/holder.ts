import type { IAM } from "@aws-sdk/client-iam";
import type { Deployer } from "../../../src/permissions/principal.ts";

/** The policies of one user or role: the same questions for both. */
export interface Holder {
  /** ARNs of managed policies. */
  readonly attached: () => Promise<readonly string[]>;
  readonly attach: (arn: string) => Promise<unknown>;
  readonly detach: (arn: string) => Promise<unknown>;
  /** Names of the policies written into it. */
  readonly inline: () => Promise<readonly string[]>;
  /** As IAM gives it: percent-encoded JSON. */
  readonly getInline: (name: string) => Promise<string>;
  readonly putInline: (name: string, document: string) => Promise<unknown>;
  readonly deleteInline: (name: string) => Promise<unknown>;
  /** Characters that all policies written into it may have together. */
  readonly inlineSize: number;
}

interface Page {
  readonly IsTruncated?: boolean | undefined;
  readonly Marker?: string | undefined;
}

/** Sizes: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export function holderOf(iam: IAM, { kind, name }: Deployer): Holder {
  return kind === "user" ? userHolder(iam, name) : roleHolder(iam, name);
}

function userHolder(iam: IAM, UserName: string): Holder {
  return {
    attached: () =>
      all(
        (more) => iam.listAttachedUserPolicies({ UserName, ...more }),
        (page) => page.AttachedPolicies?.flatMap(({ PolicyArn }) => PolicyArn ?? []) ?? [],
      ),
    attach: (PolicyArn) => iam.attachUserPolicy({ UserName, PolicyArn }),
    detach: (PolicyArn) => iam.detachUserPolicy({ UserName, PolicyArn }),
    inline: () =>
      all(
        (more) => iam.listUserPolicies({ UserName, ...more }),
        (page) => page.PolicyNames ?? [],
      ),
    getInline: async (PolicyName) => (await iam.getUserPolicy({ UserName, PolicyName })).PolicyDocument ?? "",
    putInline: (PolicyName, PolicyDocument) => iam.putUserPolicy({ UserName, PolicyName, PolicyDocument }),
    deleteInline: (PolicyName) => iam.deleteUserPolicy({ UserName, PolicyName }),
    inlineSize: 2_048,
  };
}

function roleHolder(iam: IAM, RoleName: string): Holder {
  return {
    attached: () =>
      all(
        (more) => iam.listAttachedRolePolicies({ RoleName, ...more }),
        (page) => page.AttachedPolicies?.flatMap(({ PolicyArn }) => PolicyArn ?? []) ?? [],
      ),
    attach: (PolicyArn) => iam.attachRolePolicy({ RoleName, PolicyArn }),
    detach: (PolicyArn) => iam.detachRolePolicy({ RoleName, PolicyArn }),
    inline: () =>
      all(
        (more) => iam.listRolePolicies({ RoleName, ...more }),
        (page) => page.PolicyNames ?? [],
      ),
    getInline: async (PolicyName) => (await iam.getRolePolicy({ RoleName, PolicyName })).PolicyDocument ?? "",
    putInline: (PolicyName, PolicyDocument) => iam.putRolePolicy({ RoleName, PolicyName, PolicyDocument }),
    deleteInline: (PolicyName) => iam.deleteRolePolicy({ RoleName, PolicyName }),
    inlineSize: 10_240,
  };
}

/** Everything of a list that IAM gives out page by page. */
export async function all<P extends Page, T>(
  ask: (more: { readonly Marker?: string }) => Promise<P>,
  itemsOf: (page: P) => readonly T[],
): Promise<readonly T[]> {
  const found: T[] = [];
  let more: { readonly Marker?: string } | undefined = {};
  while (more !== undefined) {
    const page: P = await ask(more);
    found.push(...itemsOf(page));
    more = page.IsTruncated === true && page.Marker !== undefined ? { Marker: page.Marker } : undefined;
  }
  return found;
}
