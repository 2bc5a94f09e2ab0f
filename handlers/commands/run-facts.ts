import { randomUUID } from "node:crypto";
import { join } from "node:path";
import type { Environment } from "../../src/core/environment.ts";
import type { RunInfo } from "../../src/core/event.ts";
import type { JsonValue } from "../../src/core/json.ts";
import { countChanges } from "../../src/core/plan.ts";
import { writeFileAtomically } from "../../src/workdir/atomic-file.ts";
import type { ToldToCommand } from "./contract.ts";

/** What every command of a run is told. */
export interface RunFacts {
  readonly run: RunInfo;
  readonly environment: Environment;
  /** Absolute folder of the Terraform root. */
  readonly root: string;
  readonly account?: string;
  /** 0700, of this run alone. */
  readonly scratchDir: string;
}

/**
 * Variables for a command, `FABER_RUN_…`: a prefix of their own, so that a faber which the command starts takes none
 * of them for a setting. `FABER_RUN_FILE` names the same facts and more as JSON.
 */
export async function commandVariables(
  facts: RunFacts,
  told: ToldToCommand,
  point: string,
): Promise<Readonly<Record<string, string>>> {
  const file = join(facts.scratchDir, `command-${randomUUID()}.json`);
  await writeFileAtomically(file, `${JSON.stringify(factsDocument(facts, told, point), undefined, 2)}\n`);
  const { run, environment } = facts;
  return {
    FABER_RUN_ID: run.run_id,
    FABER_RUN_COMMAND: run.command,
    FABER_RUN_POINT: point,
    FABER_RUN_PROJECT: run.project,
    FABER_RUN_ENVIRONMENT: run.environment,
    FABER_RUN_ROOT: facts.root,
    FABER_RUN_FILE: file,
    ...(environment.region === undefined ? {} : { FABER_RUN_REGION: environment.region }),
    ...(facts.account === undefined ? {} : { FABER_RUN_ACCOUNT: facts.account }),
    ...(environment.endpoint === undefined ? {} : { FABER_RUN_ENDPOINT: environment.endpoint }),
    ...(told.plan === undefined ? {} : { FABER_RUN_PLAN: told.plan.digest }),
    ...(told.outcome === undefined ? {} : { FABER_RUN_OUTCOME: told.outcome }),
    ...outputVariables("OUTPUT", told.outputs ?? {}),
    ...outputVariables("ENDPOINT", told.endpoints ?? {}),
  };
}

/** Outputs of the stack as `OUTPUT_NAME`, those that are addresses as `ENDPOINT_NAME`; what is no text is JSON. */
function outputVariables(
  prefix: "OUTPUT" | "ENDPOINT",
  outputs: Readonly<Record<string, JsonValue>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(outputs).map(([name, value]) => [
      `${prefix}_${name.toUpperCase().replace(/[^A-Z0-9_]/g, "_")}`,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
}

function factsDocument({ run, environment, root, account }: RunFacts, told: ToldToCommand, point: string) {
  const { plan } = told;
  return {
    schema_version: "faber.command/1",
    point,
    run,
    root,
    ...(account === undefined ? {} : { account }),
    ...(environment.endpoint === undefined ? {} : { endpoint: environment.endpoint }),
    ...(told.outcome === undefined ? {} : { outcome: told.outcome }),
    ...(told.outputs === undefined ? {} : { outputs: told.outputs }),
    ...(plan === undefined
      ? {}
      : {
          plan: {
            digest: plan.digest,
            counts: countChanges(plan.changes),
            changes: plan.changes.map(({ address, type, action }) => ({ address, type, action })),
          },
        }),
  };
}

/** The plan as Terraform's JSON, in a file that goes with the run: it holds secrets. */
export async function writePlanJson(facts: RunFacts, told: ToldToCommand): Promise<string | undefined> {
  if (told.plan === undefined) return undefined;
  const file = join(facts.scratchDir, `plan-${randomUUID()}.json`);
  await writeFileAtomically(file, JSON.stringify(told.plan.document));
  return file;
}
