import { resolve } from "node:path";
import { usageOf } from "../../checks/cost.ts";
import type { Estimate } from "../../cost/estimate.ts";
import { FaberError } from "../../core/error.ts";
import { exitOf } from "../../core/exit.ts";
import { isObject, parseObject, type JsonObject } from "../../core/json.ts";
import type { UsageDocument } from "../../core/policy.ts";
import { flagOption, textOption, type CommandBody, type CommandEnd, type Invocation } from "../define.ts";
import { readText } from "../read-input.ts";

/** What a plan costs a month: one that is given, or one that is made for an environment. */
export const cost: CommandBody = (invocation) => {
  const file = textOption(invocation.options, "planJson");
  return file === undefined ? costOfEnvironment(invocation) : costOfFile(invocation, file);
};

async function costOfFile(invocation: Invocation, file: string): Promise<CommandEnd> {
  const { world, options } = invocation;
  const region = textOption(options, "region") ?? world.env["AWS_REGION"];
  const document = await readPlanDocument(invocation, file);
  const estimate = await estimateDocument(invocation, document, {
    usage: await usageDocument(invocation),
    region,
    prices: await pricesHere(invocation),
  });
  return present(invocation, estimate, exitOf("done", "estimated"));
}

async function costOfEnvironment(invocation: Invocation): Promise<CommandEnd> {
  const [{ withPlanningRun }, { concludeRun }] = await Promise.all([
    import("../planning-run.ts"),
    import("../conclude.ts"),
  ]);
  return withPlanningRun(invocation, async (opened, makePlan) => {
    const end = await makePlan();
    const concluded = await concludeRun(invocation, opened, end);
    const { plan } = end.carried;
    if (!plan || concluded.exit.code !== 0) return concluded;
    const { policy, region, stateDir } = opened.context.environment;
    const estimate = await estimateDocument(invocation, plan.document, {
      usage: (await usageDocument(invocation)) ?? policy.cost.usage,
      region: plan.scope.region ?? region,
      prices: { stateDir, pricesFile: policy.cost.pricesFile },
    });
    return present(invocation, opened.context.redactor.value(estimate), concluded.exit);
  });
}

interface EstimateParts {
  readonly usage: UsageDocument | undefined;
  readonly region: string | undefined;
  readonly prices: { readonly stateDir: string; readonly pricesFile?: string | undefined };
}

async function estimateDocument(
  { world }: Invocation,
  document: JsonObject,
  { usage, region, prices }: EstimateParts,
): Promise<Estimate> {
  const [{ estimateCost }, { loadCatalogue, ownPricesAt }] = await Promise.all([
    import("../../cost/engine.ts"),
    import("../../cost/load-catalogue.ts"),
  ]);
  const read = usageOf(usage === undefined ? {} : { usage });
  if (!read.ok) throw usageInvalid(read.why);
  return estimateCost(document, {
    catalogue: loadCatalogue(ownPricesAt(prices)),
    today: world.clock.now().toISOString().slice(0, 10),
    ...(read.usage === undefined ? {} : { usage: read.usage }),
    ...(region === undefined ? {} : { region }),
  });
}

async function usageDocument({ world, options }: Invocation): Promise<UsageDocument | undefined> {
  const file = textOption(options, "usage");
  if (file === undefined) return undefined;
  const { loadUsageFile } = await import("../../config/usage-file.ts");
  return loadUsageFile(resolve(world.cwd, file), world.cwd);
}

/** A plan belongs to no environment, but where it is priced there may be prices of one's own. */
async function pricesHere({ world, options }: Invocation): Promise<EstimateParts["prices"]> {
  const [{ findConfig, workingDir }, { pricesPlace }] = await Promise.all([
    import("../../config/find.ts"),
    import("../../config/prices-place.ts"),
  ]);
  const { env } = world;
  const cwd = await workingDir({ flag: textOption(options, "chdir"), env, cwd: world.cwd });
  const file = await findConfig({ flag: textOption(options, "config"), env, cwd });
  return pricesPlace({ file, env, stateDir: textOption(options, "stateDir"), cwd });
}

/** A string in JavaScript can hold no more. */
const largestPlan = { bytes: 500 * 1024 * 1024, hint: "price the parts of the infrastructure one by one" };

async function readPlanDocument(invocation: Invocation, file: string): Promise<JsonObject> {
  const document = parseObject(await readText(invocation, file, largestPlan));
  const isPlan =
    isObject(document) && (isObject(document["planned_values"]) || "resource_changes" in document);
  if (isPlan) return document;
  throw new FaberError({
    code: "not-a-plan-document",
    exit: "wrong-usage",
    message: `${file === "-" ? "standard input" : file} is no plan as Terraform's JSON`,
    hints: ["write one: terraform plan -out=plan.tfplan, then terraform show -json plan.tfplan > plan.json"],
  });
}

function usageInvalid(why: string): FaberError {
  return new FaberError({
    code: "usage-file-invalid",
    exit: "wrong-usage",
    message: why,
    hints: ["the format is Infracost's, version 0.1: resource_usage by address"],
  });
}

async function present(
  invocation: Invocation,
  estimate: Estimate,
  exit: CommandEnd["exit"],
): Promise<CommandEnd> {
  const { world, options } = invocation;
  if (flagOption(options, "json")) return { exit, document: { ...estimate } };
  const [{ costLines }, { summarise }, { createStyle }] = await Promise.all([
    import("../../ui/cost-view.ts"),
    import("../../cost/summary.ts"),
    import("../../ui/style.ts"),
  ]);
  const style = createStyle({
    env: world.env,
    stream: world.stdout,
    noColor: flagOption(options, "noColor"),
  });
  const width = world.stdout.isTTY === true ? (world.stdout.columns ?? 80) : 120;
  return { exit, text: costLines(estimate, summarise(estimate), { style, width }).join("\n") };
}
