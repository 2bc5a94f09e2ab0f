import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  arrayAt,
  canonicalJson,
  isObject,
  objectAt,
  sha256,
  stringAt,
  type JsonObject,
} from "../src/core/json.ts";
import { writeFileAtomically } from "../src/workdir/atomic-file.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

/**
 * What an install brings along, as CycloneDX JSON: everything that package-lock.json names and is no development
 * dependency. npm's own time, serial number and folder name are left out, so that one lock file gives one text.
 */
export function sbomText(): string {
  const told: unknown = JSON.parse(
    execFileSync("npm", ["sbom", "--sbom-format=cyclonedx", "--package-lock-only"], {
      cwd: root,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      maxBuffer: 64 * 1024 * 1024,
    }),
  );
  const document = objectAt(told);
  const metadata = objectAt(document["metadata"]);
  const component: JsonObject = { ...objectAt(metadata["component"]), name: "faber" };
  const components = arrayAt(document["components"]).filter(isObject).filter(isInstalled());
  const refs = new Set([component, ...components].map((one) => one["bom-ref"]));
  const dependencies = arrayAt(document["dependencies"])
    .filter(isObject)
    .filter((one) => refs.has(one["ref"]))
    .map((one) => ({ ...one, dependsOn: arrayAt(one["dependsOn"]).filter((ref) => refs.has(ref)) }));
  const body: JsonObject = {
    ...document,
    metadata: { lifecycles: metadata["lifecycles"] ?? [], component },
    components,
    dependencies,
  };
  const { serialNumber: _random, ...rest } = body;
  if (!isObject(told) || !Array.isArray(rest["components"])) throw new Error("npm sbom wrote no components");
  return `${JSON.stringify({ ...rest, serialNumber: serialOf(rest) }, undefined, 2)}\n`;
}

/** npm's own `--omit=dev` leaves out what both kinds of dependencies need: the lock file knows better. */
function isInstalled(): (component: JsonObject) => boolean {
  const lock: unknown = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  const installed = Object.entries(objectAt(objectAt(lock)["packages"]))
    .map(([path, entry]) => [path, objectAt(entry)] as const)
    .filter(([path, entry]) => path !== "" && entry["dev"] !== true && entry["devOptional"] !== true)
    .map(([path, entry]) => `${path.replace(/^.*node_modules\//, "")}@${stringAt(entry["version"]) ?? "?"}`);
  const names = new Set(installed);
  return (component) =>
    names.has(`${stringAt(component["name"]) ?? "?"}@${stringAt(component["version"]) ?? "?"}`);
}

/** A UUID of version 8 made from the content. */
function serialOf(body: JsonObject): string {
  const hash = sha256(canonicalJson(body));
  const parts = [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `8${hash.slice(13, 16)}`,
    `8${hash.slice(17, 20)}`,
    hash.slice(20, 32),
  ];
  return `urn:uuid:${parts.join("-")}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await writeFileAtomically(fileURLToPath(new URL("../sbom.json", import.meta.url)), sbomText(), 0o644);
