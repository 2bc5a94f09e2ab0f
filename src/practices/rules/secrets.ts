import { isObject, objectAt, type JsonValue } from "../../core/json.ts";
import { constantsIn, type ConfiguredResource } from "../plan/configuration.ts";
import { eachOf, everywhere, unlessTest, type Hit, type Look, type Rule } from "../rule.ts";

const theme = "secrets";

/** Prefixes and forms that only secrets have. */
const secretForms: readonly (readonly [string, RegExp])[] = [
  ["an AWS access key", /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/],
  ["a private key", /-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----/],
  ["a GitHub token", /\bgh[pousr]_[A-Za-z0-9]{30,}\b|\bgithub_pat_[A-Za-z0-9_]{30,}/],
  ["a Slack token", /\bxox[abprs]-[A-Za-z0-9-]{20,}/],
  ["a Stripe key", /\b[rs]k_live_[A-Za-z0-9]{16,}/],
  ["a password in an address", /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@${]{1,64}:[^\s:/@${]{3,256}@/i],
];

/** Arguments that hold nothing but a secret. */
const secretArguments =
  /(?:^|\.)(?:password|master_password|admin_password|secret_string|auth_token|user_password|private_key|secret_key|client_secret|api_key)$/;

const secretWritten: Rule = {
  id: "secret-in-configuration",
  theme,
  title: "A secret is written into the configuration",
  why: "It is in the repository's history for good, in every plan, and in the state of every environment.",
  fix: "Let the service make it (manage_master_user_password), or read it from Secrets Manager or SSM; then change this one, it is known.",
  source: "https://docs.aws.amazon.com/secretsmanager/latest/userguide/hardcoded.html",
  severity: everywhere("HIGH"),
  check: (look) =>
    allConstants(look).flatMap(({ resource, path, text }): readonly Hit[] => {
      const form = secretForms.find(([, pattern]) => pattern.test(text.slice(0, longest)))?.[0];
      const isSecret = form !== undefined || (secretArguments.test(path) && text.length >= 4);
      return isSecret
        ? [{ address: addressOf(resource), message: `${path} holds ${form ?? "a secret"} as it is` }]
        : [];
    }),
};

/** No text is looked at further than this; user data can be long. */
const longest = 20_000;

function allConstants({ plan }: Look) {
  return [...plan.configuration.modules.values()].flatMap((module) =>
    module.resources.flatMap((resource) =>
      constantsIn(resource.expressions).map((constant) => ({ ...constant, resource })),
    ),
  );
}

function addressOf({ module, local }: ConfiguredResource): string {
  return module === "" ? local : `module.${module.replaceAll(".", ".module.")}.${local}`;
}

const secretDefault: Rule = {
  id: "secret-variable-default",
  theme,
  title: "A variable for a secret has a default",
  why: "The default is in the repository, and is what runs where nobody thought of another one.",
  fix: "Take the default away, and mark the variable sensitive.",
  source:
    "https://developer.hashicorp.com/terraform/language/values/variables#suppressing-values-in-cli-output",
  severity: everywhere("MEDIUM"),
  check: eachVariable((declaration) => {
    const value = declaration["default"];
    return typeof value === "string" && value !== "" ? "has a default value" : undefined;
  }),
};

const secretUnmarked: Rule = {
  id: "secret-variable-not-sensitive",
  theme,
  title: "A variable for a secret is not marked sensitive",
  why: "Its value is printed in every plan and log.",
  fix: "Set sensitive = true, or ephemeral = true, in the variable's block.",
  source:
    "https://developer.hashicorp.com/terraform/language/values/variables#suppressing-values-in-cli-output",
  severity: everywhere("MEDIUM"),
  check: eachVariable((declaration) =>
    declaration["sensitive"] === true || declaration["ephemeral"] === true
      ? undefined
      : "is not marked sensitive",
  ),
};

const secretName = /(?:^|_)(?:password|passwd|secret|token|api_key|apikey|private_key|credential)s?$/i;

function eachVariable(
  judge: (declaration: Readonly<Record<string, JsonValue>>) => string | undefined,
): Rule["check"] {
  return ({ plan }) => {
    const variables = plan.configuration.modules.get("")?.variables ?? {};
    return Object.entries(variables)
      .filter(([name, declaration]) => secretName.test(name) && isObject(declaration))
      .flatMap(([name, declaration]) => {
        const message = judge(objectAt(declaration));
        return message === undefined
          ? []
          : [{ address: `var.${name}`, message: `variable ${name} ${message}` }];
      });
  };
}

const accountWritten: Rule = {
  id: "account-id-in-configuration",
  theme,
  title: "An account number is written into the configuration",
  why: "The same files then reach into that account from every environment.",
  fix: "Use data.aws_caller_identity.current.account_id, or a variable for the other account.",
  source: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/caller_identity",
  severity: everywhere("LOW"),
  check: (look) => {
    const hits = allConstants(look).flatMap(({ resource, path, text }): readonly Hit[] => {
      const account = accountIn(path, text);
      return account === undefined
        ? []
        : [{ address: addressOf(resource), message: `${path} names account ${account}` }];
    });
    const seen = new Set<string>();
    return hits.filter(({ address = "" }) => !seen.has(address) && seen.add(address));
  },
};

/** A layer is named with the account of whoever publishes it: that is meant. */
function accountIn(path: string, text: string): string | undefined {
  const inArn =
    /\barn:aws[\w-]*:(?:iam|s3|sqs|sns|lambda|kms|dynamodb|secretsmanager|events|states):[\w-]*:(\d{12}):/.exec(
      text,
    );
  const account = inArn?.[1] ?? (/account(?:_id)?s?$/.test(path) ? /^\d{12}$/.exec(text)?.[0] : undefined);
  if (account === undefined || /^0+$/.test(account) || /:layer:/.test(text)) return undefined;
  return account;
}

const plainParameter: Rule = {
  id: "secret-in-plain-parameter",
  theme,
  title: "A parameter that sounds like a secret is kept in the clear",
  why: "A String parameter is readable by everybody who may read parameters; a SecureString needs the key too.",
  fix: 'Set type = "SecureString".',
  source:
    "https://docs.aws.amazon.com/systems-manager/latest/userguide/secure-string-parameter-kms-encryption.html",
  severity: unlessTest("LOW", "MEDIUM"),
  check: eachOf("aws_ssm_parameter", ({ values }) => {
    const name = typeof values["name"] === "string" ? values["name"] : "";
    return (
      values["type"] === "String" && secretName.test(name.replace(/[/.-]/g, "_")) && "its type is String"
    );
  }),
};

const secretInEnvironment: Rule = {
  id: "secret-in-function-environment",
  theme,
  title: "A function gets a secret in its environment",
  why: "Everybody who may look at the function's settings reads it, and it stays in the state.",
  fix: "Give the function the secret's ARN and let it read the secret when it starts.",
  source: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html",
  severity: unlessTest("LOW", "MEDIUM"),
  check: eachOf("aws_lambda_function", ({ values }) => {
    const environment: unknown = Array.isArray(values["environment"]) ? values["environment"][0] : undefined;
    const variables = objectAt(objectAt(environment)["variables"]);
    const name = Object.keys(variables).find((key) => secretName.test(key) && isPlain(variables[key]));
    return name === undefined ? undefined : `the variable ${name} holds its value`;
  }),
};

/** An ARN or a path is where the secret lies, not the secret. */
function isPlain(value: JsonValue | undefined): boolean {
  return typeof value === "string" && value !== "" && !/^(?:arn:|\/|https?:)/.test(value);
}

const longLivedKey: Rule = {
  id: "long-lived-access-key",
  theme,
  title: "A user gets an access key that never ends",
  why: "It lies in the state in the clear, and works from everywhere until somebody deletes it.",
  fix: "Use a role: for machines their profile, for other clouds and CI OpenID Connect.",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#bp-workloads-use-roles",
  severity: unlessTest("LOW", "MEDIUM"),
  check: eachOf("aws_iam_access_key", () => "makes a key without an end"),
};

/** Secrets and identities that stand where anybody reads them. */
export const secrets: readonly Rule[] = [
  secretWritten,
  secretDefault,
  secretUnmarked,
  accountWritten,
  plainParameter,
  secretInEnvironment,
  longLivedKey,
];
