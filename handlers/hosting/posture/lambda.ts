import { objectAt, stringAt, type JsonObject } from "../../../src/core/json.ts";
import type { Resource } from "../../../src/core/resource.ts";
import type { Observation } from "../contract.ts";
import { attributesOf } from "../existence/probe.ts";
import { percentEncoded } from "../existence/signed-call.ts";
import { observe, type Desk, type PostureReader, type Reply } from "./desk.ts";
import { plainSecrets } from "./environment-secrets.ts";
import { judgePolicy } from "./open-policy.ts";
import type { Statement } from "./policy.ts";

export const functions: PostureReader = {
  types: ["aws_lambda_function"],
  read: async (desk, resource) => {
    const [access, configuration] = await Promise.all([
      judgeAccess(desk, resource),
      desk.ask("lambda:GetFunctionConfiguration", () =>
        desk.rest("lambda")(`/2015-03-31/functions/${nameOf(resource)}/configuration`),
      ),
    ]);
    return [...access, ...judgeEnvironment(desk, configuration)];
  },
};

export const aliases: PostureReader = {
  types: ["aws_lambda_alias"],
  read: (desk, resource) => judgeAccess(desk, resource, attributesOf(resource).text("name")),
};

async function judgeAccess(
  desk: Desk,
  resource: Resource,
  qualifier?: string,
): Promise<readonly Observation[]> {
  const lambda = desk.rest("lambda");
  const query: Readonly<Record<string, string>> = qualifier === undefined ? {} : { Qualifier: qualifier };
  const name = nameOf(resource);
  const [policy, url] = await Promise.all([
    desk.ask("lambda:GetPolicy", () => lambda(`/2015-03-31/functions/${name}/policy`, query)),
    desk.ask("lambda:GetFunctionUrlConfig", () => lambda(`/2021-10-31/functions/${name}/url`, query)),
  ]);
  const isUrlOpen = url.kind === "told" && url.value["AuthType"] === "NONE";
  const text = policy.kind === "told" ? stringAt(policy.value["Policy"]) : undefined;
  return [
    ...(isUrlOpen ? [openUrl(desk)] : []),
    ...judgePolicy(desk, text, {
      rule: "function-open-to-anybody",
      severity: "HIGH",
      call: "lambda:GetPolicy",
      // It belongs to the URL and says the same once more.
      without: (statement) => isUrlOpen && isForUrl(statement),
    }),
  ];
}

function isForUrl({ actions, conditions }: Statement): boolean {
  const isUrlAlone = actions.every((action) => action === "lambda:InvokeFunctionUrl");
  return isUrlAlone || conditions.some(({ key }) => key === "lambda:invokedviafunctionurl");
}

function openUrl(desk: Desk): Observation {
  return observe(desk, "function-url-without-auth", {
    severity: "HIGH",
    message: "its URL answers anybody on the internet",
    remedy: 'set authorization_type = "AWS_IAM", or put an API with an authorizer in front of it',
  });
}

function judgeEnvironment(desk: Desk, reply: Reply<JsonObject>): readonly Observation[] {
  if (reply.kind !== "told") return [];
  const variables = objectAt(objectAt(reply.value["Environment"])["Variables"]);
  return plainSecrets(variables).map(({ name, looksLike, sure }) =>
    observe(desk, sure ? "secret-in-environment" : "likely-secret-in-environment", {
      severity: sure ? "HIGH" : "MEDIUM",
      message: `the variable ${name} holds ${looksLike} in the clear`,
      remedy:
        "keep it in Secrets Manager or SSM, give the function its name, and change the secret: it is known",
    }),
  );
}

function nameOf(resource: Resource): string {
  return percentEncoded(attributesOf(resource).text("function_name"));
}
