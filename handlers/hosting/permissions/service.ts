import { readLedger } from "../../../src/workdir/grant-ledger.ts";
import type { PermissionService } from "./contract.ts";
import { ownerOf } from "./desk.ts";
import { judgedAnywhere } from "./emulator-actions.ts";
import { grant } from "./grant.ts";
import { whoDeploys, withGrantor, type PermissionContext } from "./grantor.ts";
import { holderOf } from "./holder.ts";
import { readOwn } from "./own-policies.ts";
import { probe } from "./probe.ts";
import { revoke } from "./revoke.ts";
import { simulate } from "./simulate.ts";
import { readTypeActions } from "./type-actions.ts";
import { writeReview } from "./write-review.ts";

/** The permission manager of one session. */
export function createPermissionService(context: PermissionContext): PermissionService {
  const { label, stateDir } = context;
  const { actionsFor, sourceOf } = readTypeActions();
  const ask: PermissionService["simulate"] = (request) =>
    withGrantor(context, ({ iam, deployer }) =>
      simulate({ iam, deployer, region: context.config.region }, request),
    );
  return {
    actionsFor,
    sourceOf,
    judgedAnywhere: context.config.endpoint === undefined ? new Set() : judgedAnywhere,
    deployer: () => whoDeploys(context),
    look: () =>
      withGrantor(context, async (grantor) => {
        const holder = holderOf(grantor.iam, grantor.deployer);
        const [attached, own] = await Promise.all([
          holder.attached(),
          readOwn(grantor.iam, holder, ownerOf(context)),
        ]);
        return { deployer: grantor.deployer, grantor: grantor.arn, attached, own };
      }),
    grant: (request) => withGrantor(context, (grantor) => grant(context, grantor, request)),
    revoke: (request) => withGrantor(context, (grantor) => revoke(context, grantor, request)),
    simulate: ask,
    probe: (request) => probe(context, request, ask),
    writeReview: async (request) => writeReview(context, await whoDeploys(context), request),
    grantedTypes: async () => {
      const entries = await readLedger(stateDir);
      const ours = entries.filter(
        ({ event, environment }) => event === "granted" && environment === label.environment,
      );
      return [...new Set(ours.flatMap(({ types }) => types ?? []))].sort();
    },
  };
}
