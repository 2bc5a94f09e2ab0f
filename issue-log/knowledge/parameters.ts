import type { Failure } from "../../src/core/failure.ts";

type Parameters = Readonly<Record<string, string>>;

/** Values for the steps of a solution: what the failure says and what follows from it. Names as in the README. */
export function parametersOf(failure: Failure): Parameters {
  const { action = "", resourceAddress = "" } = failure;
  const [service = "", operation = ""] = action.split(":");
  return known({
    ...ofResource(failure.resourceArn),
    ...ofPrincipal(failure.principal),
    service,
    operation,
    resource_name:
      resourceAddress
        .replace(/\[[^\]]{0,200}\]$/, "")
        .split(".")
        .at(-1) ?? "",
    resource_address: resourceAddress,
    resource_type: failure.resourceType ?? "",
    resource_arn: failure.resourceArn ?? "",
    principal: failure.principal ?? "",
    action,
    code: failure.code ?? "",
    encoded_message: failure.encodedMessage ?? "",
    account_id: failure.details["account"] ?? "",
    ...ofArn(failure.principal),
    ...ofArn(failure.resourceArn),
    ...failure.details,
  });
}

function known(parameters: Parameters): Parameters {
  return Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== ""));
}

/** Of `arn:partition:service:region:account:resource`. */
function ofArn(arn: string | undefined): Parameters {
  const [prefix, , , region = "", account = ""] = arn?.split(":") ?? [];
  return prefix === "arn" ? known({ region, account_id: account }) : {};
}

/** A session's policies are its role's. The session's ARN leaves out the role's path, so the ARN made here has none. */
function ofPrincipal(principal: string | undefined): Parameters {
  if (principal?.startsWith("arn:") !== true) return {};
  const [, partition = "", , , account = "", ...rest] = principal.split(":");
  const [kind = "", ...names] = rest.join(":").split("/");
  const [role = "", session = ""] = names;
  if (kind === "assumed-role" && role !== "")
    return {
      principal_arn: `arn:${partition}:iam::${account}:role/${role}`,
      role_name: role,
      session_name: session,
    };
  const name = kind === "role" || kind === "user" ? { [`${kind}_name`]: names.at(-1) ?? "" } : {};
  return { principal_arn: principal, ...name };
}

/** Names of the resources whose ARNs hold nothing but a name. */
function ofResource(arn: string | undefined): Parameters {
  const [, , service, , , ...rest] = arn?.split(":") ?? [];
  const [first = "", ...names] = rest.join(":").split("/");
  if (service === "s3") return { bucket: first };
  return service === "kms" && first === "key" ? { key_id: names[0] ?? "" } : {};
}
