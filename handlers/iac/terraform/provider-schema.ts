import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { failed, told, type Told } from "../../../src/core/diagnostic.ts";
import { arrayAt, isObject, objectAt, parseObject, sha256, type JsonObject } from "../../../src/core/json.ts";
import type { ResourceSchema, ResourceSchemas } from "../../../src/core/resource-schema.ts";
import { writeFileAtomically } from "../../../src/workdir/atomic-file.ts";
import { query, textAnswer, type Invocation } from "./invocation.ts";
import { reduceProviderSchema } from "./reduce-schema.ts";

/** Raised when what is kept of a schema changes: older files are then made anew. */
const cacheVersion = 1;
/** A provider that takes longer than this to tell its schema hangs. */
const schemaMs = 120_000;

/**
 * What the root's providers say about tags and names. Asking takes seconds and tens of megabytes, so the little that is
 * kept lies in `cacheDir`, by source and version, readable by its owner alone; a damaged file is made anew.
 */
export async function readProviderSchemas(
  invocation: Invocation,
  cacheDir: string,
  selected: Readonly<Record<string, string>>,
): Promise<Told<ResourceSchemas>> {
  const wanted = Object.entries(selected);
  const cached = await Promise.all(wanted.map(([source, version]) => readCached(cacheDir, source, version)));
  if (wanted.length > 0 && cached.every((schemas) => schemas !== undefined))
    return told(merge(cached.filter((schemas) => schemas !== undefined)));
  const signal = AbortSignal.any([invocation.signal, AbortSignal.timeout(schemaMs)]);
  const ran = await query({ ...invocation, signal }, ["providers", "schema", "-json", "-no-color"]);
  const answer = textAnswer(ran, "terraform providers schema", parseObject);
  if (!answer.ok) return answer;
  if (answer.value === undefined)
    return failed([{ severity: "error", summary: "The schema of the providers is no JSON", detail: "" }]);
  const providers = Object.entries(objectAt(answer.value["provider_schemas"])).map(
    ([source, provider]) => [source, reduceProviderSchema(objectAt(provider))] as const,
  );
  await Promise.all(
    providers.map(async ([source, schemas]) => {
      const version = selected[source];
      if (version !== undefined) await keep(cacheDir, { source, version, schemas });
    }),
  );
  return told(merge(providers.map(([, schemas]) => schemas)));
}

function merge(all: readonly ResourceSchemas[]): ResourceSchemas {
  return Object.assign({}, ...all) as ResourceSchemas;
}

function fileOf(cacheDir: string, source: string, version: string): string {
  const readable = `${source.split("/").slice(1).join("-")}-${version}`
    .replace(/[^\w.-]/g, "_")
    .slice(0, 100);
  return join(cacheDir, `${readable}-${sha256(`${source} ${version}`).slice(0, 12)}.json`);
}

async function readCached(
  cacheDir: string,
  source: string,
  version: string,
): Promise<ResourceSchemas | undefined> {
  const text = await readFile(fileOf(cacheDir, source, version), "utf8").catch(() => ""); // Not asked yet.
  const document = parseObject(text);
  const isOurs =
    document?.["cache_version"] === cacheVersion &&
    document["source"] === source &&
    document["version"] === version;
  return isOurs ? readSchemas(document["types"]) : undefined;
}

/** Nothing when any of it is not of the shape that was written. */
function readSchemas(value: unknown): ResourceSchemas | undefined {
  if (!isObject(value)) return undefined;
  const schemas: Record<string, ResourceSchema> = {};
  for (const [type, written] of Object.entries(value)) {
    const schema = readSchema(objectAt(written));
    if (schema === undefined) return undefined;
    schemas[type] = schema;
  }
  return schemas;
}

function readSchema({ tags, allTags, names }: JsonObject): ResourceSchema | undefined {
  if (typeof allTags !== "boolean" || !Array.isArray(names)) return undefined;
  if (tags !== undefined && tags !== "map" && tags !== "blocks") return undefined;
  return {
    ...(tags === undefined ? {} : { tags }),
    allTags,
    names: arrayAt(names).filter((name) => typeof name === "string"),
  };
}

/** The next run only asks once more when this fails, so it does not stop this one. */
async function keep(
  cacheDir: string,
  { source, version, schemas }: { source: string; version: string; schemas: ResourceSchemas },
): Promise<void> {
  const text = JSON.stringify({ cache_version: cacheVersion, source, version, types: schemas });
  await writeFileAtomically(fileOf(cacheDir, source, version), `${text}\n`).catch(() => undefined);
}
