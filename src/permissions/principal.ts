import { parseArn } from "./arn.ts";

/** Who is meant by an ARN. A session counts as the role that it was made from. */
export interface Principal {
  readonly kind: "user" | "role" | "root" | "other";
  readonly partition: string;
  readonly account: string;
  /** Without the path; empty for root. */
  readonly name: string;
}

/** The identity that deploys, as IAM knows it. */
export interface Deployer extends Principal {
  readonly kind: "user" | "role";
  /** Of the user or the role itself, with its path. */
  readonly arn: string;
}

export function principalOf(arn: string): Principal {
  const parsed = parseArn(arn);
  if (!parsed) return { kind: "other", partition: "", account: "", name: arn };
  const { partition, account, service, resource } = parsed;
  const who = { partition, account };
  if (service === "iam" && resource === "root") return { ...who, kind: "root", name: "" };
  const [type, ...rest] = resource.split("/");
  // A session's name comes last and is whatever its maker called it.
  if (service === "sts" && type === "assumed-role") return { ...who, kind: "role", name: rest[0] ?? "" };
  const name = rest.at(-1) ?? "";
  if (service === "iam" && (type === "user" || type === "role") && name !== "")
    return { ...who, kind: type, name };
  return { ...who, kind: "other", name: arn };
}

export function isSame(one: Principal, other: Principal): boolean {
  if (one.kind === "other" || one.kind !== other.kind) return false;
  return one.partition === other.partition && one.account === other.account && one.name === other.name;
}

/** Roles that IAM Identity Center makes and alone may change. */
export function isReservedRole({ kind, name }: Principal): boolean {
  return kind === "role" && name.startsWith("AWSReservedSSO_");
}
