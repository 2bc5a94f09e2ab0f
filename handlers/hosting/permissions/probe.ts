import { setTimeout as wait } from "node:timers/promises";
import { FaberError } from "../../../src/core/error.ts";
import { grantsAction, type Statement } from "../../../src/permissions/statement.ts";
import { askEach } from "../existence/ask-each.ts";
import type { PermissionService, ProbeRequest, Probed } from "./contract.ts";
import type { PermissionContext } from "./grantor.ts";

/** Waits between looks, in milliseconds: about 90 s in all. */
const waits = [250, 500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 20_000, 25_000];
/** Reads that are made to find out. */
const mostReads = 6;

type Simulate = PermissionService["simulate"];

/**
 * Looks until what was granted is in force: IAM says so, and a harmless read by the deploy identity is no longer
 * denied. IAM is consistent only in the end, and its answers and its enforcement are not the same machines.
 */
export async function probe(
  context: PermissionContext,
  request: ProbeRequest,
  simulate: Simulate,
): Promise<Probed> {
  const by = new Set<string>();
  for (let tries = 1; ; tries += 1) {
    const isSaid = await isSaidToHold(request, simulate, by);
    if (isSaid && (await isSeenToHold(context, request, by))) return { inForce: true, by: [...by], tries };
    const pause = waits[tries - 1];
    if (pause === undefined) return { inForce: false, by: [...by], tries };
    await wait(pause, undefined, { signal: request.signal });
  }
}

/** What depends on more than who asks for what (to whom a role is passed) is left to the real calls. */
async function isSaidToHold(
  { statements, at }: ProbeRequest,
  simulate: Simulate,
  by: Set<string>,
): Promise<boolean> {
  const plain = statements.filter(({ Condition }) => Object.keys(Condition).length === 1);
  const questions = plain.flatMap(({ Action, Resource }) =>
    Resource.flatMap((resource) => Action.slice(0, 1).map((action) => ({ action, resource }))),
  );
  const answers = await simulate({ questions, at });
  if (answers === undefined) return true;
  by.add("iam:SimulatePrincipalPolicy");
  return answers.every(({ decision }) => decision === "allowed");
}

async function isSeenToHold(
  context: PermissionContext,
  { statements, resources, signal }: ProbeRequest,
  by: Set<string>,
): Promise<boolean> {
  const { config, label } = context;
  try {
    const answers = await askEach(resources.slice(0, mostReads), { config, label, signal });
    for (const { answer, by: call } of answers)
      if (call !== undefined && (answer === "found" || answer === "missing")) by.add(call);
    // A read that is denied for want of an action that was not granted shows nothing.
    return !answers.some(
      ({ answer, why }) => answer === "unknown" && why !== undefined && isDeniedGranted(why, statements),
    );
  } catch (error) {
    if (error instanceof FaberError && error.code === "interrupted") throw error;
    if (error instanceof FaberError) return false;
    throw error;
  }
}

function isDeniedGranted(why: string, statements: readonly Statement[]): boolean {
  const [, action] = /\bto perform: ["']?([a-z0-9-]+:\w+)/.exec(why) ?? [];
  return action !== undefined && statements.some((statement) => grantsAction(statement, action));
}
