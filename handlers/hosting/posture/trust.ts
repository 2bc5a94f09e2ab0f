import type { Severity } from "../../../src/core/finding.ts";
import { openStatements } from "./exposure.ts";
import { narrows } from "./narrowing.ts";
import type { Statement } from "./policy.ts";

interface Judgement {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly remedy: string;
}

/** What is wrong with whom a role trusts. `account` is the role's own. */
export function judgeTrust(
  statements: readonly Statement[],
  account: string | undefined,
): readonly Judgement[] {
  const open = openStatements(statements).filter((statement) => !isWebIdentity(statement));
  const allowing = statements.filter(({ allows }) => allows);
  return [
    ...(open.length > 0 ? [trustsAnybody] : []),
    ...foreignAccounts(allowing, account).map(trustsAccount),
    ...allowing.filter(isWebIdentity).flatMap(judgeWebIdentity),
  ];
}

const trustsAnybody: Judgement = {
  rule: "role-open-to-anybody",
  severity: "CRITICAL",
  message: "its trust policy lets every AWS account assume it",
  remedy: "name the principals, or bind the statement to your organization with aws:PrincipalOrgID",
};

/** Accounts that are trusted as a whole and unconditionally: anybody there, and whoever deceives them. */
function foreignAccounts(statements: readonly Statement[], account: string | undefined): readonly string[] {
  if (account === undefined) return [];
  const trusted = statements
    .filter(({ conditions, excepted }) => !excepted && !conditions.some(narrows))
    .flatMap(({ principals }) => principals)
    .flatMap(({ kind, name }) => (kind === "AWS" ? (wholeAccount.exec(name)?.[1] ?? []) : []));
  return [...new Set(trusted)].filter((other) => other !== account);
}

const wholeAccount = /^(?:arn:[^:]+:iam::)?(\d{12})(?::root)?$/;

function trustsAccount(account: string): Judgement {
  return {
    rule: "role-open-to-account",
    severity: "HIGH",
    message: `everybody in account ${account} may assume it`,
    remedy: "name the role there that needs it, or ask for an sts:ExternalId, as a third party must bring",
  };
}

function isWebIdentity({ actions, principals }: Statement): boolean {
  return (
    principals.some(({ kind }) => kind === "Federated") &&
    actions.some((action) => /^sts:(?:\*|assumerolewithwebidentity)$/i.test(action))
  );
}

/** Issuers that sign tokens for anybody who has an account with them. */
const forAnybody =
  /(?:token\.actions\.githubusercontent\.com|gitlab\.com|app\.terraform\.io|oidc\.circleci\.com|api\.bitbucket\.org|agent\.buildkite\.com|accounts\.google\.com|cognito-identity\.amazonaws\.com|graph\.facebook\.com|www\.amazon\.com)/;

function judgeWebIdentity({ principals, conditions }: Statement): readonly Judgement[] {
  const issuer = principals.find(({ kind }) => kind === "Federated")?.name ?? "";
  const name = issuer.split(":oidc-provider/").at(-1) ?? issuer;
  const keys = wantsAudience.test(name) ? /:(?:aud|sub|app_id|user_id)$/ : /:sub$/;
  const narrow = conditions.some(
    ({ operator, key, values }) =>
      /^(?:ForAnyValue:)?String(?:Equals|Like|EqualsIgnoreCase)$/.test(operator) &&
      keys.test(key) &&
      values.length > 0 &&
      values.every(namesSomebody),
  );
  if (narrow) return [];
  const anybody = forAnybody.test(name);
  return [
    {
      rule: "role-open-to-web-identities",
      severity: anybody ? "CRITICAL" : "HIGH",
      message: `any token of ${name} is good enough to assume it: no condition names a subject`,
      remedy: `add a StringEquals or StringLike condition on "${name}:sub" that names the repository or account`,
    },
  ];
}

/** With these the application is known by the audience. */
const wantsAudience = /accounts\.google\.com|cognito-identity|graph\.facebook\.com|www\.amazon\.com/;

/** `repo:acme/shop:*` names an owner, `repo:*` and `*` do not. */
function namesSomebody(value: string): boolean {
  const start = value.split(/[*?]/)[0] ?? "";
  return value === start ? value !== "" : start.includes("/") || (start.match(/:/g) ?? []).length > 1;
}
