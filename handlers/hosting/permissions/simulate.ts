import type { EvaluationResult, IAM } from "@aws-sdk/client-iam";
import type { Deployer } from "../../../src/permissions/principal.ts";
import type { Question } from "../../../src/permissions/question.ts";
import { documentOf } from "../../../src/permissions/statement.ts";
import { inParallel } from "../existence/parallel.ts";
import { troubleOf } from "../api-error.ts";
import type { SimulationAnswer, SimulationRequest } from "./contract.ts";

/** Actions in one question to IAM. */
const atOnce = 50;

export interface Simulation {
  readonly iam: IAM;
  readonly deployer: Deployer;
  readonly region: string;
}

/**
 * What IAM would decide; nothing where it cannot be asked. Each resource is asked about alone: not every cloud looks
 * at more than the first. https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html
 */
export async function simulate(
  simulation: Simulation,
  { questions, more = [], at }: SimulationRequest,
): Promise<readonly SimulationAnswer[] | undefined> {
  const groups = new Map<string, Question[]>();
  for (const question of questions) {
    const key = `${question.resource} ${question.passTo ?? ""}`;
    groups.set(key, [...(groups.get(key) ?? []), question]);
  }
  const answers: SimulationAnswer[] = [];
  try {
    await inParallel([...groups.values()], async (group) => {
      for (let from = 0; from < group.length; from += atOnce) {
        answers.push(...(await ask(simulation, { questions: group.slice(from, from + atOnce), more, at })));
      }
    });
  } catch (error) {
    // The grantor may not ask, or this cloud has no such call: then nobody says anything.
    if (troubleOf(error) === "other" || troubleOf(error) === "not-found") return undefined;
    throw error;
  }
  return answers;
}

async function ask(
  { iam, deployer, region }: Simulation,
  { questions, more = [], at }: SimulationRequest,
): Promise<readonly SimulationAnswer[]> {
  const [first] = questions;
  if (!first) return [];
  const context: readonly (readonly [string, string | undefined, "string" | "date"])[] = [
    ["aws:CurrentTime", at, "date"],
    ["aws:RequestedRegion", region, "string"],
    ["iam:PassedToService", first.passTo, "string"],
  ];
  const said = await iam.simulatePrincipalPolicy({
    PolicySourceArn: deployer.arn,
    ActionNames: questions.map(({ action }) => action),
    ResourceArns: [first.resource.replace(/\*$/, (star) => (first.resource === star ? star : "faber"))],
    ...(more.length === 0 ? {} : { PolicyInputList: [JSON.stringify(documentOf(more))] }),
    ContextEntries: context.flatMap(([ContextKeyName, value, ContextKeyType]) =>
      value === undefined ? [] : [{ ContextKeyName, ContextKeyValues: [value], ContextKeyType }],
    ),
  });
  const decided = new Map(
    said.EvaluationResults?.map((result) => [result.EvalActionName?.toLowerCase(), result]),
  );
  return questions.map((question) => answerTo(question, decided.get(question.action.toLowerCase())));
}

function answerTo(question: Question, result: EvaluationResult | undefined): SimulationAnswer {
  const decision =
    result?.EvalDecision === "allowed"
      ? "allowed"
      : result?.EvalDecision === "explicitDeny"
        ? "denied"
        : "not-allowed";
  if (decision === "allowed") return { ...question, decision };
  if (result?.OrganizationsDecisionDetail?.AllowedByOrganizations === false)
    return { ...question, decision, blockedBy: "organization-policy" };
  if (result?.PermissionsBoundaryDecisionDetail?.AllowedByPermissionsBoundary === false)
    return { ...question, decision, blockedBy: "permissions-boundary" };
  return { ...question, decision };
}
