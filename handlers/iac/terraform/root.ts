import { readdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { failed, told, type Told } from "../../../src/core/diagnostic.ts";
import type { Environment } from "../../../src/core/environment.ts";
import { parseObject, type JsonObject } from "../../../src/core/json.ts";
import type { ResourceSchemas } from "../../../src/core/resource-schema.ts";
import { makePrivateDir } from "../../../src/workdir/atomic-file.ts";
import { succeeded } from "../../../src/process/run.ts";
import type { IacProject, IacSetting } from "../contract.ts";
import { applyPlan } from "./apply.ts";
import { hasBackend } from "./backend.ts";
import { guardCommandLineVariables } from "./command-line-guard.ts";
import { readDiagnostic } from "./diagnostics.ts";
import { readConfigurationFacts } from "./configuration-facts.ts";
import { keepImports } from "./import-desk.ts";
import { initRoot, selectedProviders } from "./init.ts";
import { query, textAnswer, type Invocation } from "./invocation.ts";
import { mendingOf } from "./mending.ts";
import { problemIn } from "./problem.ts";
import { planner } from "./plan-command.ts";
import { parsePlanDocument, readChanges, readOutputChanges } from "./plan-json.ts";
import { readProviderSchemas } from "./provider-schema.ts";
import { sensitiveInputs } from "./sensitive-inputs.ts";
import { sensitiveValues } from "./sensitive-values.ts";
import { parseState, type StateSnapshot } from "./state-json.ts";
import { runTests } from "./test-command.ts";

/** Reading a state that takes longer than this has hung. */
const stateReadMs = 120_000;

/** Opens a folder of Terraform files for one run. */
export async function openRoot(setting: IacSetting, root: string): Promise<IacProject> {
  const { environment } = setting;
  guardCommandLineVariables(setting.processEnv, environment.workspace);
  const invocation = await invocationFor(setting, root);
  // Read once, and again after an apply: several stages ask for the same state.
  let pulled: Promise<Told<StateSnapshot>> | undefined;
  const state = async (): Promise<Told<StateSnapshot>> => {
    const answer = await (pulled ??= pullState(invocation));
    // What could not be read now may be readable for the next who asks.
    if (!answer.ok) pulled = undefined;
    return answer;
  };
  const imports = keepImports();
  const changed = (): void => {
    pulled = undefined;
  };
  const plan = planner({ setting, invocation, imports, changed });
  const show = (file: string): Promise<Told<JsonObject>> => showPlan(invocation, file);
  let schemas: Promise<Told<ResourceSchemas>> | undefined;
  return {
    tool: setting.tool,
    root,
    workspace: await workspaceOf(environment, invocation),
    init: (options) => {
      changed();
      return initRoot(setting, invocation, options);
    },
    unformatted: () => findUnformatted(invocation),
    validate: () => validateRoot(invocation),
    plan,
    show,
    test: (folder, signal) => runTests(environment, { ...invocation, signal }, folder),
    apply: async (approved, watch) => {
      const outcome = await applyPlan(invocation, approved, watch);
      changed();
      return outcome;
    },
    output: async () => pick(await state(), (snapshot) => snapshot.outputs),
    resources: async () => pick(await state(), (snapshot) => snapshot.resources),
    providerSchemas: () => (schemas ??= schemasOf(environment, invocation)),
    secretInputs: () => sensitiveInputs(root, environment, invocation.env),
    configurationFacts: async () => told(await readConfigurationFacts(root, dataDirOf(invocation))),
    planReader: { changes: readChanges, outputs: readOutputChanges, secrets: sensitiveValues },
    problemIn,
    mending: mendingOf({
      setting,
      invocation,
      dataDir: dataDirOf(invocation),
      imports,
      plan: (options) => plan({ destroy: false, ...options }),
      show,
      changed,
    }),
    stateShow: async (address) => {
      const answer = await state();
      const found = answer.ok && answer.value.resources.find((resource) => resource.address === address);
      if (found) return told(found);
      const gone = { severity: "error", summary: "No such resource in the state", detail: address } as const;
      return failed(answer.ok ? [gone] : answer.diagnostics);
    },
  };
}

async function invocationFor(setting: IacSetting, root: string): Promise<Invocation> {
  const { environment, processEnv, cliConfig } = setting;
  const env: Record<string, string> = {
    ...processEnv,
    TF_IN_AUTOMATION: "1",
    TF_INPUT: "0",
    CHECKPOINT_DISABLE: "1",
  };
  delete env["TF_CLI_CONFIG_FILE"];
  if (cliConfig.file !== undefined) env["TF_CLI_CONFIG_FILE"] = cliConfig.file;
  if (environment.workspace !== undefined) env["TF_WORKSPACE"] = environment.workspace;
  // Two environments with backends of their own must not share the folder that remembers the backend.
  if (hasBackend(environment) && env["TF_DATA_DIR"] === undefined) {
    env["TF_DATA_DIR"] = join(environment.stateDir, "terraform", environment.name);
    await makePrivateDir(env["TF_DATA_DIR"]);
  }
  const { scratchDir, signal, onProcess } = setting;
  return {
    tool: setting.tool.path,
    root,
    env,
    scratchDir,
    signal,
    ...(onProcess === undefined ? {} : { onProcess }),
  };
}

async function workspaceOf(environment: Environment, invocation: Invocation): Promise<string> {
  const named = environment.workspace ?? (invocation.env["TF_WORKSPACE"] || undefined);
  if (named !== undefined) return named;
  const remembered = await readFile(join(dataDirOf(invocation), "environment"), "utf8")
    .then((text) => text.trim())
    .catch(() => ""); // No such file: nobody selected a workspace.
  return remembered === "" ? "default" : remembered;
}

/** Terraform takes it relative to the folder it runs in. */
function dataDirOf({ root, env }: Invocation): string {
  return resolve(root, env["TF_DATA_DIR"] || ".terraform");
}

async function schemasOf(environment: Environment, invocation: Invocation): Promise<Told<ResourceSchemas>> {
  const cacheDir = join(environment.stateDir, "cache", "provider-schemas");
  return readProviderSchemas(invocation, cacheDir, await selectedProviders(invocation));
}

async function findUnformatted(
  invocation: Invocation,
): Promise<Told<{ readonly checked: number; readonly files: readonly string[] }>> {
  const checked = (await readdir(invocation.root)).filter((name) => name.endsWith(".tf")).length;
  const ran = await query(invocation, ["fmt", "-check", "-list=true", "-no-color"]);
  const files = ran.stdout.split("\n").filter((line) => line.trim() !== "");
  // 3: some files are not formatted; every other failure is a syntax error or worse.
  if (ran.ended.how === "exited" && ran.ended.code === 3) return told({ checked, files });
  return textAnswer(ran, "terraform fmt", () => ({ checked, files: [] }));
}

async function validateRoot(invocation: Invocation): Promise<Told<void>> {
  const ran = await query(invocation, ["validate", "-json", "-no-color"]);
  // None, or half of one, where it was ended early.
  const answer = parseObject(ran.stdout);
  if (!answer) return textAnswer(ran, "terraform validate", () => undefined);
  const diagnostics = Array.isArray(answer["diagnostics"]) ? answer["diagnostics"] : [];
  const read = diagnostics.map(readDiagnostic).filter((diagnostic) => diagnostic !== undefined);
  return answer["valid"] === true && succeeded(ran) ? told(undefined, read) : failed(read);
}

async function showPlan(invocation: Invocation, file: string): Promise<Told<JsonObject>> {
  return textAnswer(
    await query(invocation, ["show", "-json", "-no-color", file]),
    "terraform show",
    parsePlanDocument,
  );
}

async function pullState(invocation: Invocation): Promise<Told<StateSnapshot>> {
  // Also after an interrupt: what exists by then is what everybody wants to know.
  const unsignalled = { ...invocation, signal: AbortSignal.timeout(stateReadMs) };
  return textAnswer(await query(unsignalled, ["state", "pull"]), "terraform state pull", parseState);
}

function pick<T, R>(answer: Told<T>, choose: (value: T) => R): Told<R> {
  return answer.ok ? told(choose(answer.value), answer.diagnostics) : answer;
}
