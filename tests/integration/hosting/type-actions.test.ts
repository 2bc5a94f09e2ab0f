import { homedir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadTypeActions } from "../../../handlers/hosting/permissions/type-actions.ts";
import { findProviderMirrors } from "../../../handlers/tools/provider-mirrors.ts";
import { openBench, providerVersion, type Bench } from "../../../scripts/record-actions/bench.ts";
import { idleIn, proveRoot, type Proof } from "../../../scripts/record-actions/prove.ts";
import type { ActionsFor } from "../../../src/permissions/needed-action.ts";
import { repository } from "../../helpers/sources.ts";
import { toolPath } from "../../helpers/tools.ts";

const ministack = toolPath("ministack");
const terraform = toolPath("terraform");
const { platform, arch } = process;
const mirrors = await findProviderMirrors({ env: process.env, home: homedir(), platform, arch });
const hasProvider = mirrors.some(({ providers }) =>
  providers.some(
    ({ source, versions }) => source.endsWith("hashicorp/aws") && versions.includes(providerVersion),
  ),
);
const cannot =
  ministack === undefined || terraform === undefined || !hasProvider
    ? `needs MiniStack, Terraform and a mirror with hashicorp/aws ${providerVersion}`
    : undefined;
if (cannot !== undefined) console.warn(`skipped: ${cannot}`);

const actionsFor = loadTypeActions();
let bench: Bench;
let accounts = 0;
const proofs: Proof[] = [];

beforeAll(async () => {
  if (ministack === undefined || terraform === undefined || cannot !== undefined) return;
  bench = await openBench({ port: 4745, ministack, terraform, settings: { AUTH: "true" } });
});
afterAll(async () => {
  if (cannot === undefined) await bench.stop();
});

/** A fresh account each time: nothing of another test is in the way. */
function prove(root: string, known: ActionsFor): Promise<Proof> {
  accounts += 1;
  const file = join(repository, "tests/fixtures/type-actions", `${root}.tf`);
  return proveRoot(bench, file, String(accounts).padStart(12, "8"), known);
}

function without(missing: string): ActionsFor {
  return (type, change) => actionsFor(type, change).filter(({ action }) => action !== missing);
}

describe.skipIf(cannot !== undefined)("a deploy user with a policy made from the table alone", () => {
  test.each(["store", "table", "run"])(
    "deploys %s, plans nothing, changes it and destroys it",
    async (root) => {
      const proof = await prove(root, actionsFor);
      proofs.push(proof);
      expect(proof).toMatchObject({ name: root, faults: [], elsewhere: [], steady: true });
    },
  );

  test("is asked for all that the table has for making, reading and deleting them", () => {
    expect(proofs.map(({ name }) => name).sort()).toEqual(["run", "store", "table"]);
    // What an update takes depends on what is changed.
    expect(idleIn(proofs).filter((line) => !line.includes(" update "))).toEqual([]);
  });

  test.each([
    ["store", "s3:GetBucketPublicAccessBlock"],
    ["table", "dynamodb:DescribeContinuousBackups"],
    ["run", "iam:GetRolePolicy"],
  ])("cannot deploy %s without %s", async (root, missing) => {
    const proof = await prove(root, without(missing));
    expect(proof.faults).toEqual([`the table has no ${missing}`]);
  });
});
