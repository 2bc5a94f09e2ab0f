import { randomUUID } from "node:crypto";
import { readdir, readFile, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { told, type Told } from "../../../src/core/diagnostic.ts";
import { isObject, objectAt, parseObject, stringAt, type JsonObject } from "../../../src/core/json.ts";
import { makePrivateDir, writeFileAtomically } from "../../../src/workdir/atomic-file.ts";
import type { IacSetting } from "../contract.ts";
import type { BackendDesk, StatePlace } from "../mending.ts";
import { blocksIn } from "./hcl-blocks.ts";
import { initRoot } from "./init.ts";
import { query, textAnswer, type Invocation } from "./invocation.ts";
import { readRaw } from "./state-desk.ts";

interface Backend {
  readonly type: string;
  readonly config: JsonObject;
}

/** What a folder without any backend does. */
const local: Backend = { type: "local", config: {} };

/** Changes of where the state is kept. Nothing is ever carried over here: that is a person's decision. */
export function backendDesk(setting: IacSetting, invocation: Invocation, dataDir: string): BackendDesk {
  const memory = join(dataDir, "terraform.tfstate");
  return {
    compare: async () => {
      const former = await placeOf(await rememberedIn(memory), invocation);
      if (!former.ok) return former;
      const declared = await declaredIn(invocation);
      if (!declared.ok) return declared;
      const next = await placeOf(declared.value, invocation);
      return next.ok ? told({ former: former.value, next: next.value }) : next;
    },
    reconfigure: async () => {
      const answer = await initRoot(setting, invocation, { backend: true, reconfigure: true });
      return answer.ok ? told(undefined, answer.diagnostics) : answer;
    },
    remember: async () => {
      const text = await readFile(memory, "utf8").catch(() => undefined); // None: it was never initialised.
      return async () => {
        if (text === undefined) await rm(memory, { force: true });
        else await writeFileAtomically(memory, text);
      };
    },
  };
}

/** The data folder remembers the backend in the shape of a state of version 3. */
async function rememberedIn(memory: string): Promise<Backend> {
  const text = await readFile(memory, "utf8").catch(() => ""); // None: the state was kept in the folder itself.
  return backendIn(text) ?? local;
}

function backendIn(text: string): Backend | undefined {
  const backend = parseObject(text)?.["backend"];
  const type = isObject(backend) ? stringAt(backend["type"]) : undefined;
  return type === undefined ? undefined : { type, config: objectAt(objectAt(backend)["config"]) };
}

/** What the files declare, as Terraform reads it: its block alone, initialised in a folder of its own. */
async function declaredIn(invocation: Invocation): Promise<Told<Backend>> {
  const block = await backendBlock(invocation.root);
  if (block === undefined) return told(local);
  const folder = await initAlone(invocation, `terraform {\n  ${block}\n}\n`);
  try {
    if (!folder.answer.ok) return folder.answer;
    const memory = join(folder.dir, ".terraform", "terraform.tfstate");
    return told(await rememberedIn(memory));
  } finally {
    await rm(folder.dir, { recursive: true, force: true });
  }
}

/** `backend "s3" { … }` of a root, as it is written; in JSON files it is not looked for. */
async function backendBlock(root: string): Promise<string | undefined> {
  const names = (await readdir(root)).filter((name) => name.endsWith(".tf"));
  for (const name of names) {
    const settings = blocksIn(await readFile(join(root, name), "utf8")).filter(
      ({ type }) => type === "terraform",
    );
    for (const block of settings.flatMap(({ written }) => blocksIn(written))) {
      if (block.type === "backend")
        return `backend ${JSON.stringify(block.labels[0] ?? "local")} {${block.written}}`;
    }
  }
  return undefined;
}

async function placeOf(backend: Backend, invocation: Invocation): Promise<Told<StatePlace>> {
  const name = nameOf(backend);
  const text =
    backend.type === "local" ? await readLocal(backend, invocation) : await pullFrom(backend, invocation);
  if (!text.ok) return text;
  const state = readRaw(text.value);
  if (!state) return told({ name });
  const { lineage, serial, resources } = state;
  return told({ name, state: { lineage, serial, resources } });
}

/** What tells one place from another; nothing else of the settings, they may hold secrets. */
function nameOf({ type, config }: Backend): string {
  const told = [
    "bucket",
    "key",
    "path",
    "address",
    "resource_group_name",
    "container_name",
    "prefix",
    "hostname",
  ]
    .flatMap((key) => (typeof config[key] === "string" ? [`${key} ${withoutUser(config[key])}`] : []))
    .join(", ");
  return told === "" ? type : `${type} (${told})`;
}

function withoutUser(text: string): string {
  return text.replace(/\/\/[^/@]*@/, "//");
}

/** Paths: https://developer.hashicorp.com/terraform/language/backend/local */
async function readLocal({ config }: Backend, { root, env }: Invocation): Promise<Told<string>> {
  const workspace = env["TF_WORKSPACE"] || "default";
  const file =
    workspace === "default"
      ? (stringAt(config["path"]) ?? "terraform.tfstate")
      : join(stringAt(config["workspace_dir"]) ?? "terraform.tfstate.d", workspace, "terraform.tfstate");
  return told(await readFile(resolve(root, file), "utf8").catch(() => "")); // None: there is no state yet.
}

/** The state of a backend that the root may no longer declare. */
async function pullFrom(backend: Backend, invocation: Invocation): Promise<Told<string>> {
  const set = Object.entries(backend.config).filter(([, value]) => value !== null);
  const text = JSON.stringify({ terraform: { backend: { [backend.type]: Object.fromEntries(set) } } });
  const { dir, answer } = await initAlone(invocation, text, "main.tf.json");
  try {
    if (!answer.ok) return answer;
    const ran = await query(alone(invocation, dir), ["state", "pull"]);
    return textAnswer(ran, "terraform state pull", (stdout) => stdout);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

async function initAlone(
  invocation: Invocation,
  text: string,
  name = "main.tf",
): Promise<{ readonly dir: string; readonly answer: Told<void> }> {
  const dir = join(invocation.scratchDir, `backend-${randomUUID()}`);
  await makePrivateDir(dir);
  await writeFileAtomically(join(dir, name), text);
  const ran = await query(alone(invocation, dir), ["init", "-input=false", "-no-color", "-reconfigure"]);
  return { dir, answer: textAnswer(ran, "terraform init", () => undefined) };
}

function alone(invocation: Invocation, dir: string): Invocation {
  const env: Record<string, string> = { ...invocation.env };
  delete env["TF_DATA_DIR"];
  return { ...invocation, root: dir, env };
}
