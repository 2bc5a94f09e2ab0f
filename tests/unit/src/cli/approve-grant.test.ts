import { expect, test } from "vitest";
import { approveGrant } from "../../../../src/cli/approve-grant.ts";
import type { ApprovalGuards } from "../../../../src/core/environment.ts";
import { principalOf } from "../../../../src/permissions/principal.ts";
import { recordingHost, runContext } from "../../../helpers/run-context.ts";
import { testWorld } from "../../../helpers/world.ts";

const arn = "arn:aws:iam::000000000000:user/deploy";
const deployer = { ...principalOf(arn), kind: "user", arn } as const;

async function approve(given: {
  readonly guards?: Partial<ApprovalGuards>;
  readonly answers?: readonly string[];
}): Promise<readonly string[]> {
  const guards = {
    maxAgeHours: 24,
    yes: true,
    skipTests: true,
    waivers: true,
    neverSkipped: [],
    ...given.guards,
  };
  const world = testWorld([]);
  if (given.answers) for (const stream of [world.stdin, world.stderr]) Object.assign(stream, { isTTY: true });
  const context = runContext({ environment: { guards }, host: recordingHost(given.answers) });
  const proposal = { statements: [], doubts: [] };
  await approveGrant({ world, options: { yes: true } }, context, {
    proposal,
    standing: { own: [], deployer },
  });
  return context.host.asked.map(({ id }) => id);
}

test("--yes approves a grant", async () => {
  expect(await approve({})).toEqual([]);
});

test("--yes approves none where a base policy takes it away: it is asked, or refused", async () => {
  const guards = { yes: false };
  expect(await approve({ guards, answers: ["y"] })).toEqual(["grant"]);
  await expect(approve({ guards })).rejects.toMatchObject({
    code: "approval-missing",
    hints: [expect.stringContaining("--yes approves nothing")],
  });
});
