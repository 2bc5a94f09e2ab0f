import { randomUUID } from "node:crypto";
import type { View } from "../../../handlers/hosting/permissions/contract.ts";
import { FaberError } from "../../core/error.ts";
import { exitOf } from "../../core/exit.ts";
import { safeLine } from "../../core/safe-text.ts";
import { isUntil } from "../../core/time.ts";
import { policyHcl } from "../../permissions/policy-hcl.ts";
import { documentOf, endOf, grantOf } from "../../permissions/statement.ts";
import { readLedger, type LedgerEntry } from "../../workdir/grant-ledger.ts";
import { flagOption, textOption, type CommandBody, type Invocation } from "../define.ts";
import { openPermissions } from "../open-permissions.ts";
import { personOf } from "../surroundings.ts";
import { textTable } from "../text-table.ts";

/** A grant as the audit file and the policies know it together. */
interface ListedGrant {
  readonly grant: string;
  /**
   * `lost`: written down as given, and in no policy; `unknown`: in a policy, and not written down here; `unread`:
   * written down as given, and nobody here may read the policies.
   */
  readonly state: "in-force" | "ended" | "revoked" | "lost" | "failed" | "unknown" | "unread";
  readonly until: string | null;
  readonly statements: number;
  readonly actions: readonly string[];
  readonly by: string | null;
  readonly run: string | null;
  readonly why: readonly string[];
}

export const list: CommandBody = async (invocation) => {
  const { service, environment } = await openPermissions(invocation);
  const [seen, entries] = await Promise.all([service.view(), readLedger(environment.stateDir)]);
  const ours = entries.filter(
    (entry) => entry.project === environment.project && entry.environment === environment.name,
  );
  const grants = grantsIn(seen, ours, invocation.world.clock.now().toISOString());
  const rows = grants.map((grant) => [
    grant.grant,
    grant.state,
    `until ${grant.until ?? "?"}`,
    `${grant.actions.length} actions`,
    `by ${grant.by ?? "?"}`,
    `for ${grant.why.map((id) => id.slice(0, 6)).join(", ") || "?"}`,
  ]);
  const { deployer, reader, own, unread, instead } = seen;
  const remarks = remarksOn(seen);
  const policies = own.map(({ name, arn, statements }) => ({ name, arn: arn ?? null, statements }));
  return {
    exit: exitOf("done", `${grants.length} grants`),
    document: {
      deployer: deployer.arn,
      reader,
      ...(unread === undefined ? {} : { unread }),
      ...(instead === undefined ? {} : { instead }),
      grants,
      policies,
    },
    text: [
      rows.length === 0 ? `${deployer.arn} was granted nothing` : textTable(invocation, rows, [5]),
      ...remarks,
    ].join("\n"),
  };
};

/** What keeps the list from being the whole truth. */
function remarksOn({ reader, unread, instead }: View): readonly string[] {
  return [
    ...(instead === undefined ? [] : [`not asked as the grantor: ${safeLine(instead)}`]),
    ...(unread === undefined
      ? []
      : [
          `the policies themselves could not be read by ${reader}, so this is what was written down: ${safeLine(unread)}`,
        ]),
  ];
}

function grantsIn(
  { own, unread }: View,
  entries: readonly LedgerEntry[],
  at: string,
): readonly ListedGrant[] {
  const held = own.flatMap(({ statements }) => statements);
  const ids = new Set([
    ...entries.filter(({ event }) => event !== "reviewed").map(({ grant }) => grant),
    ...held.flatMap((statement) => grantOf(statement) ?? []),
  ]);
  return [...ids].map((id) => {
    const story = entries.filter(({ grant }) => grant === id);
    const told = story.find(({ event }) => event === "intent");
    const statements = held.filter((statement) => grantOf(statement) === id);
    const [first] = statements;
    const until = (first && endOf(first)) ?? told?.until ?? null;
    return {
      grant: id,
      state: stateOf(story, {
        held: statements.length,
        hasEnded: until !== null && isUntil(until, at),
        isRead: unread === undefined,
      }),
      until,
      statements: statements.length,
      actions: [...new Set(statements.flatMap(({ Action }) => Action))].sort(),
      by: told?.by ?? null,
      run: told?.run ?? null,
      why: told?.why ?? [],
    };
  });
}

function stateOf(
  story: readonly LedgerEntry[],
  { held, hasEnded, isRead }: { readonly held: number; readonly hasEnded: boolean; readonly isRead: boolean },
): ListedGrant["state"] {
  const events = new Set(story.map(({ event }) => event));
  if (held > 0) return story.length === 0 ? "unknown" : hasEnded ? "ended" : "in-force";
  if (events.has("revoked")) return "revoked";
  if (hasEnded) return "ended";
  if (!events.has("granted")) return "failed";
  return isRead ? "lost" : "unread";
}

export const revoke: CommandBody = async (invocation) => {
  const which = wantedFrom(invocation);
  const { service } = await openPermissions(invocation);
  const { world } = invocation;
  const revoked = await service.revoke({
    which,
    run: `revoke-${randomUUID().slice(0, 8)}`,
    by: personOf(),
    at: world.clock.now().toISOString(),
  });
  const text =
    revoked.length === 0 ? "there was nothing to revoke" : `revoked, and gone: ${revoked.join(", ")}`;
  return { exit: exitOf("done", text), document: { revoked }, text };
};

function wantedFrom({ options, positional }: Invocation): readonly string[] | "all" | "expired" {
  const ways = [flagOption(options, "all"), flagOption(options, "expired"), positional.length > 0];
  if (ways.filter(Boolean).length !== 1) {
    throw new FaberError({
      code: "wrong-value",
      exit: "wrong-usage",
      message: "permissions revoke wants the IDs of grants, or --all, or --expired",
      hints: ["see what there is: faber permissions list"],
    });
  }
  if (ways[0] === true) return "all";
  return ways[1] === true ? "expired" : positional;
}

export const exportPolicies: CommandBody = async (invocation) => {
  const { service, environment } = await openPermissions(invocation);
  const seen = await service.view();
  // Policies that nobody here may read are not exported as if there were none: `look` says what is missing.
  const { own, deployer } = seen.unread === undefined ? seen : await service.look();
  const policies = own.map(({ name, statements }) => ({ name, policy: documentOf(statements) }));
  const text =
    textOption(invocation.options, "format") === "terraform"
      ? own.map(({ name, statements }) => policyHcl(name, statements, deployer)).join("\n")
      : JSON.stringify(policies, undefined, 2);
  return {
    exit: exitOf("done", `${policies.length} policies of ${environment.name}`),
    document: { deployer: deployer.arn, policies, ...(own.length > 0 ? { text } : {}) },
    text: own.length === 0 ? `${deployer.arn} was granted nothing` : text,
  };
};
