import { readdir, readFile } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import type { ConfigurationFacts, ResourceBlock } from "../../../src/core/configuration-facts.ts";
import {
  arrayAt,
  isObject,
  objectAt,
  parseObject,
  stringAt,
  type JsonObject,
} from "../../../src/core/json.ts";
import { argumentOf, blocksIn, type HclBlock } from "./hcl-blocks.ts";

/**
 * Reads what a plan's JSON leaves out from the files of the root and of its modules, which lie where `init` put
 * them: `lifecycle`, `required_version`, and the backend that `init` set up.
 */
export async function readConfigurationFacts(root: string, dataDir: string): Promise<ConfigurationFacts> {
  const modules = await moduleFolders(root, dataDir);
  const parts = await Promise.all(
    modules.map(async ({ path, dir }) => {
      const files = await sourcesIn(dir);
      return files.map(({ file, text }) =>
        factsOf(text, { module: path, file: relative(root, join(dir, file)) }),
      );
    }),
  );
  const all = parts.flat();
  const inRoot = parts[modules.findIndex(({ path }) => path === "")] ?? [];
  const toolVersion = inRoot.map((part) => part.toolVersion).find((version) => version !== undefined);
  const declared = inRoot.map((part) => part.backend).find((backend) => backend !== undefined);
  const used = await backendInUse(dataDir);
  const backend = used ?? (declared === undefined ? undefined : { type: declared });
  return {
    ...(backend === undefined ? {} : { backend }),
    ...(toolVersion === undefined ? {} : { toolVersion }),
    blocks: all.flatMap((part) => part.blocks),
  };
}

interface FileFacts {
  readonly backend?: string;
  readonly toolVersion?: string;
  readonly blocks: readonly ResourceBlock[];
}

interface FilePlace {
  readonly module: string;
  readonly file: string;
}

/** Every module of the configuration, by the manifest that `init` writes. */
async function moduleFolders(
  root: string,
  dataDir: string,
): Promise<readonly { readonly path: string; readonly dir: string }[]> {
  const manifest = await readObject(join(dataDir, "modules", "modules.json"));
  const listed = arrayAt(manifest["Modules"])
    .filter(isObject)
    .map((module) => ({
      path: stringAt(module["Key"]) ?? "",
      dir: resolve(root, stringAt(module["Dir"]) ?? "."),
    }))
    .filter(({ path }) => path !== "");
  return [{ path: "", dir: root }, ...listed];
}

async function sourcesIn(dir: string): Promise<readonly { readonly file: string; readonly text: string }[]> {
  const names = await readdir(dir).catch(() => []); // A module that is gone since init: validate says so.
  const files = names.filter((name) => /\.(?:tf|tofu)(?:\.json)?$/.test(name)).sort();
  return Promise.all(files.map(async (file) => ({ file, text: await readFile(join(dir, file), "utf8") })));
}

function factsOf(text: string, place: FilePlace): FileFacts {
  return place.file.endsWith(".json") ? factsOfJson(text, place) : factsOfHcl(text, place);
}

function factsOfHcl(text: string, place: FilePlace): FileFacts {
  const blocks = blocksIn(text);
  const settings = blocks.filter((block) => block.type === "terraform");
  const toolVersion = settings
    .map((block) => argumentOf(block, "required_version"))
    .find((one) => one !== undefined);
  const backend = settings
    .flatMap((block) => blocksIn(block.written))
    .find((block) => block.type === "backend" || block.type === "cloud");
  return {
    ...(toolVersion === undefined ? {} : { toolVersion }),
    ...(backend === undefined ? {} : { backend: backend.labels[0] ?? backend.type }),
    blocks: blocks.filter((block) => block.type === "resource").map((block) => resourceOfHcl(block, place)),
  };
}

function resourceOfHcl(block: HclBlock, { module, file }: FilePlace): ResourceBlock {
  const lifecycle = blocksIn(block.written).find((inner) => inner.type === "lifecycle");
  const says = (name: string): string | undefined =>
    lifecycle === undefined ? undefined : argumentOf(lifecycle, name)?.split(/\s|#|\/\//)[0];
  return {
    module,
    type: block.labels[0] ?? "?",
    name: block.labels[1] ?? "?",
    at: { file, line: block.line },
    preventsDestroy: says("prevent_destroy") === "true",
    createsBeforeDestroy: says("create_before_destroy") === "true",
    ignoresAllChanges: says("ignore_changes") === "all",
  };
}

function factsOfJson(text: string, place: FilePlace): FileFacts {
  // Terraform reads the same file, and says what is wrong with it.
  const document = parseObject(text) ?? {};
  const settings = listed(document["terraform"]);
  const toolVersion = settings
    .map((one) => stringAt(one["required_version"]))
    .find((one) => one !== undefined);
  const backend = settings
    .flatMap((one) => [
      ...listed(one["backend"]).flatMap(Object.keys),
      ...listed(one["cloud"]).map(() => "cloud"),
    ])
    .find((name) => name !== "");
  const blocks = listed(document["resource"]).flatMap((types) =>
    Object.entries(types).flatMap(([type, named]) =>
      listed(named).flatMap((names) =>
        Object.entries(names).flatMap(([name, body]) =>
          listed(body).map((resource) => resourceOfJson(resource, { ...place, type, name })),
        ),
      ),
    ),
  );
  return {
    ...(toolVersion === undefined ? {} : { toolVersion }),
    ...(backend === undefined ? {} : { backend }),
    blocks,
  };
}

function resourceOfJson(
  resource: JsonObject,
  { module, file, type, name }: FilePlace & { readonly type: string; readonly name: string },
): ResourceBlock {
  const lifecycle = listed(resource["lifecycle"])[0] ?? {};
  const ignored = lifecycle["ignore_changes"];
  return {
    module,
    type,
    name,
    at: { file },
    preventsDestroy: lifecycle["prevent_destroy"] === true,
    createsBeforeDestroy: lifecycle["create_before_destroy"] === true,
    ignoresAllChanges: ignored === "all" || (arrayAt(ignored).length === 1 && arrayAt(ignored)[0] === "all"),
  };
}

/** Terraform's JSON takes one block, or a list of them. */
function listed(value: unknown): readonly JsonObject[] {
  return isObject(value) ? [value] : arrayAt(value).filter(isObject);
}

/** Backends that always lock. Source: https://developer.hashicorp.com/terraform/language/backend */
const alwaysLocking = ["azurerm", "consul", "cos", "gcs", "kubernetes", "pg", "remote", "cloud", "oci"];

/** `init` remembers the backend in a file of its own; secrets in it are not looked at. */
async function backendInUse(dataDir: string): Promise<ConfigurationFacts["backend"]> {
  const backend = objectAt((await readObject(join(dataDir, "terraform.tfstate")))["backend"]);
  const type = stringAt(backend["type"]);
  if (type === undefined) return undefined;
  const config = objectAt(backend["config"]);
  const isSet = (name: string): boolean => config[name] === true || (stringAt(config[name]) ?? "") !== "";
  if (type === "s3") return { type, locks: isSet("use_lockfile") || isSet("dynamodb_table") };
  if (type === "http") return { type, locks: isSet("lock_address") };
  if (type === "oss") return { type, locks: isSet("tablestore_table") };
  return alwaysLocking.includes(type) ? { type, locks: true } : { type };
}

async function readObject(file: string): Promise<JsonObject> {
  return parseObject(await readFile(file, "utf8").catch(() => "")) ?? {}; // Not there: no modules, no backend.
}
