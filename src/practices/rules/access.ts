import { readPolicy, type Statement } from "../policy-document.ts";
import { isSensitiveAt } from "../plan/planned-resource.ts";
import { eachOf, everywhere, unlessTest, type Rule } from "../rule.ts";

const theme = "access";

const identityPolicies = [
  "aws_iam_policy",
  "aws_iam_role_policy",
  "aws_iam_user_policy",
  "aws_iam_group_policy",
];

const allOfAService: Rule = {
  id: "iam-all-actions-everywhere",
  theme,
  title: "A policy allows every action of a service on everything",
  why: "What was written for one bucket deletes all of them when a key leaks or a bug has its way.",
  fix: "Name the actions that are used, and the resources by ARN.",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege",
  severity: unlessTest("LOW", "MEDIUM"),
  check: eachOf(identityPolicies, (policy) => {
    // The message tells a part of the policy.
    if (isSensitiveAt(policy, "policy")) return undefined;
    const { values } = policy;
    const wide = readPolicy(values["policy"]).find(
      ({ allows, actions, resources, conditional }) =>
        allows &&
        !conditional &&
        resources.includes("*") &&
        actions.some((action) => /^(?:\*|[a-z0-9-]+:\*)$/i.test(action)),
    );
    return wide && `allows ${wide.actions.join(", ").slice(0, 100)} on *`;
  }),
};

const passAnyRole: Rule = {
  id: "iam-pass-any-role",
  theme,
  title: "A policy may pass any role to a service",
  why: "Who may also make a function or a machine gets every right that any role of the account has.",
  fix: "Name the roles in Resource, or bind iam:PassedToService in a condition.",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html",
  severity: unlessTest("MEDIUM", "HIGH"),
  check: eachOf(identityPolicies, ({ values }) =>
    readPolicy(values["policy"]).some(
      ({ allows, actions, resources, conditional }) =>
        allows &&
        !conditional &&
        resources.includes("*") &&
        actions.some((action) => /^iam:(?:passrole|pass\*)$/i.test(action)),
    )
      ? "allows iam:PassRole on *"
      : undefined,
  ),
};

const anyoneMayAssume: Rule = {
  id: "role-trusts-everybody",
  theme,
  title: "A role may be taken by anybody",
  why: "Every AWS account of the world can act as it.",
  fix: "Name the principals, or bind the statement to your organization with aws:PrincipalOrgID.",
  source:
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-anonymous",
  severity: everywhere("HIGH"),
  check: eachOf("aws_iam_role", ({ values }) =>
    readPolicy(values["assume_role_policy"]).some(
      ({ allows, principals, conditional }) =>
        allows && !conditional && principals.some((one) => one === "*" || one === "AWS:*"),
    )
      ? "its trust policy names the principal *"
      : undefined,
  ),
};

const openIdWithoutSubject: Rule = {
  id: "oidc-role-without-subject",
  theme,
  title: "A role trusts every repository of a CI service",
  why: "Without a condition on the token's subject, any project on that service can act as the role.",
  fix: 'Add a condition on "token.actions.githubusercontent.com:sub", or the same of your provider.',
  source:
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html#idp_oidc_Create_GitHub",
  severity: everywhere("HIGH"),
  check: eachOf("aws_iam_role", ({ values }) => {
    const text = values["assume_role_policy"];
    const federated = readPolicy(text).some(
      ({ allows, actions, principals }) =>
        allows &&
        principals.some(isOpenIdProvider) &&
        actions.some((action) => /^sts:assumerolewithwebidentity$/i.test(action)),
    );
    return (
      federated &&
      typeof text === "string" &&
      !/:sub"/.test(text) &&
      "trusts a web identity without looking at its subject"
    );
  }),
};

/** Cognito and the like are named without an ARN: with them the audience says who it is. */
function isOpenIdProvider(principal: string): boolean {
  return principal.startsWith("Federated:") && principal.includes(":oidc-provider/");
}

const sourceOpen: Rule = {
  id: "service-may-act-for-others",
  theme,
  title: "A service may call on behalf of any account",
  why: "Somebody else's topic or bucket can make the service use this resource (the confused deputy).",
  fix: "Add a condition on aws:SourceArn or aws:SourceAccount; for Lambda set source_arn or source_account.",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html",
  severity: unlessTest("LOW", "MEDIUM"),
  check: (look) => [
    ...eachOf(["aws_sqs_queue_policy", "aws_sns_topic_policy"], ({ values }) =>
      readPolicy(values["policy"]).some(isOpenToService)
        ? "lets a service write without saying on whose behalf"
        : undefined,
    )(look),
    ...eachOf("aws_lambda_permission", (resource) => {
      const { principal } = resource.values;
      const isService = typeof principal === "string" && principal.endsWith(".amazonaws.com");
      const bound = ["source_arn", "source_account", "principal_org_id"].some(
        (path) => resource.values[path] || resource.configured?.expressions[path] !== undefined,
      );
      return isService && !bound && `${principal} may invoke it on anybody's behalf`;
    })(look),
  ],
};

function isOpenToService({ allows, principals, conditional }: Statement): boolean {
  return allows && !conditional && principals.some((one) => one === "*" || one.startsWith("Service:"));
}

const policyFull: Rule = {
  id: "managed-policy-too-long",
  theme,
  title: "A managed policy is near the length AWS allows",
  why: "Above 6,144 characters without spaces the apply fails.",
  fix: "Split it, or put names that have a prefix in common together with a wildcard.",
  source:
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-entity-length",
  severity: everywhere("LOW"),
  check: (look) =>
    look.plan.ofType("aws_iam_policy").flatMap(({ address, values }) => {
      const length = typeof values["policy"] === "string" ? values["policy"].replace(/\s/g, "").length : 0;
      if (length <= 5_500) return [];
      const message = `has ${length} of 6,144 characters`;
      return [length > 6_144 ? { address, message, severity: "HIGH" as const } : { address, message }];
    }),
};

/** Who may do what, beyond what scanners look at. */
export const access: readonly Rule[] = [
  allOfAService,
  passAnyRole,
  anyoneMayAssume,
  openIdWithoutSubject,
  sourceOpen,
  policyFull,
];
