import { readLedger } from "../../../src/workdir/grant-ledger.ts";
import type { PermissionService } from "./contract.ts";
import { judgedAnywhere } from "./emulator-actions.ts";
import { grant } from "./grant.ts";
import { whoDeploys, withGrantor, type PermissionContext } from "./grantor.ts";
import { probe } from "./probe.ts";
import { standingOf, view, withReader } from "./reader.ts";
import { revoke } from "./revoke.ts";
import { simulate } from "./simulate.ts";
import { readTypeActions } from "./type-actions.ts";
import { writeReview } from "./write-review.ts";

/** The permission manager of one session. */
export function createPermissionService(context: PermissionContext): PermissionService {
  const { label, stateDir } = context;
  const { actionsFor, sourceOf } = readTypeActions();
  const ask: PermissionService["simulate"] = async (request) => {
    const { region } = context.config;
    return (await withReader(context, (reader) => simulate({ ...reader, region }, request))).value;
  };
  return {
    actionsFor,
    sourceOf,
    judgedAnywhere: context.config.endpoint === undefined ? new Set() : judgedAnywhere,
    deployer: () => whoDeploys(context),
    look: () =>
      withGrantor(context, async (grantor) => {
        const { deployer, arn } = grantor;
        return { deployer, reader: arn, grantor: arn, ...(await standingOf(context, grantor)) };
      }),
    view: () => view(context),
    grant: (request) => withGrantor(context, (grantor) => grant(context, grantor, request)),
    revoke: (request) => withGrantor(context, (grantor) => revoke(context, grantor, request)),
    simulate: ask,
    probe: (request) => probe(context, request, ask),
    writeReview: async (request) => writeReview(context, await whoDeploys(context), request),
    grantedTypes: async () => {
      const entries = await readLedger(stateDir);
      const ours = entries.filter(
        ({ event, project, environment }) =>
          event === "granted" && project === context.project && environment === label.environment,
      );
      return [...new Set(ours.flatMap(({ types }) => types ?? []))].sort();
    },
  };
}
