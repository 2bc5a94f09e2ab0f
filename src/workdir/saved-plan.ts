import { readFile } from "node:fs/promises";
import { FaberError, messageOf } from "../core/error.ts";
import { isObject, stringAt, type JsonObject } from "../core/json.ts";
import type { Plan, PlanScope } from "../core/plan.ts";
import { writeFileAtomically } from "./atomic-file.ts";

/** A plan that was put aside by `preview --out`, with what it is for. */
export interface SavedPlan {
  /** As it was named by whoever gave it. */
  readonly file: string;
  readonly scope: PlanScope;
  readonly digest: string;
  /** ISO 8601, UTC, as the file says it. */
  readonly madeAt: string;
  /** The tool's own plan file. */
  readonly content: Buffer;
}

const schema = "faber.plan/1";

/**
 * One file with the tool's saved plan and what it is for, so that a plan can be carried from one job to another
 * and never be taken for another environment's. It holds secrets, as every saved plan does.
 */
export async function writeSavedPlan(file: string, plan: Plan, madeAt: string): Promise<void> {
  const content = (await readFile(plan.file)).toString("base64");
  const envelope = {
    schema_version: schema,
    digest: plan.digest,
    made_at: madeAt,
    scope: plan.scope,
    tool: plan.tool,
    content,
  };
  await writeFileAtomically(file, JSON.stringify(envelope));
}

export async function readSavedPlan(file: string): Promise<SavedPlan> {
  const value = await parse(file);
  const scope = value["scope"];
  const digest = stringAt(value["digest"]);
  const content = stringAt(value["content"]);
  const madeAt = stringAt(value["made_at"]);
  if (
    value["schema_version"] !== schema ||
    digest === undefined ||
    content === undefined ||
    !isScope(scope)
  ) {
    throw notAPlan(file, "it was not written by faber preview --out");
  }
  // An approval holds for some hours: of a plan of unknown age nobody could tell whether it still does.
  if (madeAt === undefined) throw notAPlan(file, "it does not say when it was made");
  return { file, scope, digest, madeAt, content: Buffer.from(content, "base64") };
}

async function parse(file: string): Promise<JsonObject> {
  try {
    const value: unknown = JSON.parse(await readFile(file, "utf8"));
    return isObject(value) ? value : {};
  } catch (error) {
    throw notAPlan(
      file,
      error instanceof SyntaxError ? "it was not written by faber preview --out" : messageOf(error),
    );
  }
}

function isScope(value: unknown): value is PlanScope {
  return (
    isObject(value) &&
    typeof value["environment"] === "string" &&
    typeof value["workspace"] === "string" &&
    (value["kind"] === "deploy" || value["kind"] === "destroy")
  );
}

/** What was given as a plan and is none. */
export function notAPlan(file: string, why: string): FaberError {
  return new FaberError({
    code: "plan-file-unreadable",
    exit: "wrong-usage",
    message: `${file} is no plan that faber can apply: ${why}`,
    hints: ["make one: faber preview --env=ENV --out=FILE"],
  });
}
