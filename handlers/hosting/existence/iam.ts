import type { AttachedPolicy, IAM } from "@aws-sdk/client-iam";
import { openIam } from "./patient-clients.ts";
import { probesOf } from "./probe.ts";

export const iamProbes = probesOf<IAM>(openIam, [
  {
    types: ["aws_iam_role", "aws_iam_service_linked_role"],
    call: "iam:GetRole",
    ask: async (iam, of) => iam.getRole({ RoleName: of.text("name") }),
  },
  {
    types: ["aws_iam_role_policy"],
    call: "iam:GetRolePolicy",
    ask: async (iam, of) => iam.getRolePolicy({ RoleName: of.text("role"), PolicyName: of.text("name") }),
  },
  {
    types: ["aws_iam_role_policy_attachment"],
    call: "iam:ListAttachedRolePolicies",
    ask: async (iam, of) =>
      isAttached(of.text("policy_arn"), (Marker) =>
        iam.listAttachedRolePolicies({ RoleName: of.text("role"), ...Marker }),
      ),
  },
  {
    types: ["aws_iam_policy"],
    call: "iam:GetPolicy",
    ask: async (iam, of) => iam.getPolicy({ PolicyArn: of.text("arn") }),
  },
  {
    types: ["aws_iam_user"],
    call: "iam:GetUser",
    ask: async (iam, of) => iam.getUser({ UserName: of.text("name") }),
  },
  {
    types: ["aws_iam_user_policy"],
    call: "iam:GetUserPolicy",
    ask: async (iam, of) => iam.getUserPolicy({ UserName: of.text("user"), PolicyName: of.text("name") }),
  },
  {
    types: ["aws_iam_user_policy_attachment"],
    call: "iam:ListAttachedUserPolicies",
    ask: async (iam, of) =>
      isAttached(of.text("policy_arn"), (Marker) =>
        iam.listAttachedUserPolicies({ UserName: of.text("user"), ...Marker }),
      ),
  },
  {
    types: ["aws_iam_group"],
    call: "iam:GetGroup",
    ask: async (iam, of) => iam.getGroup({ GroupName: of.text("name"), MaxItems: 1 }),
  },
  {
    types: ["aws_iam_instance_profile"],
    call: "iam:GetInstanceProfile",
    ask: async (iam, of) => iam.getInstanceProfile({ InstanceProfileName: of.text("name") }),
  },
  {
    types: ["aws_iam_openid_connect_provider"],
    call: "iam:GetOpenIDConnectProvider",
    ask: async (iam, of) => iam.getOpenIDConnectProvider({ OpenIDConnectProviderArn: of.text("arn") }),
  },
]);

interface AttachedPage {
  readonly AttachedPolicies?: readonly AttachedPolicy[] | undefined;
  readonly IsTruncated?: boolean | undefined;
  readonly Marker?: string | undefined;
}

async function isAttached(
  arn: string,
  page: (next: { readonly Marker?: string }) => Promise<AttachedPage>,
): Promise<boolean> {
  let next: { readonly Marker?: string } | undefined = {};
  while (next !== undefined) {
    const said: AttachedPage = await page(next);
    if (said.AttachedPolicies?.some((policy) => policy.PolicyArn === arn)) return true;
    next = said.IsTruncated && said.Marker !== undefined ? { Marker: said.Marker } : undefined;
  }
  return false;
}
