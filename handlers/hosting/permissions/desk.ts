import { isUntil } from "../../../src/core/time.ts";
import { endOf, type Statement } from "../../../src/permissions/statement.ts";
import type { Grantor, PermissionContext } from "./grantor.ts";
import { holderOf } from "./holder.ts";
import type { Owner } from "./own-policies.ts";
import type { Desk } from "./write-policies.ts";

export function hasEnded(statement: Statement, at: string): boolean {
  const end = endOf(statement);
  return end !== undefined && isUntil(end, at);
}

export function ownerOf({ project, label }: PermissionContext): Owner {
  return { project, environment: label.environment };
}

export function deskOf(
  context: PermissionContext,
  { iam, deployer }: Grantor,
  about: { readonly run: string; readonly until?: string },
): Desk {
  const owner = ownerOf(context);
  return {
    iam,
    holder: holderOf(iam, deployer),
    owner,
    policies: `arn:${deployer.partition}:iam::${deployer.account}:policy/`,
    tags: {
      "faber:project": owner.project,
      "faber:environment": owner.environment,
      "faber:run": about.run,
      ...(about.until === undefined ? {} : { "faber:expires": about.until }),
    },
  };
}
