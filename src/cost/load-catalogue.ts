import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { JsonValue } from "../core/json.ts";
import { packageRoot } from "../workdir/package-root.ts";
import { readCatalogue, type Catalogue } from "./prices.ts";

const file = "src/cost/assets/prices.json";

/** The price catalogue that came with faber. */
export function loadCatalogue(): Catalogue {
  const text = readFileSync(join(packageRoot(import.meta.url), file), "utf8");
  return readCatalogue(JSON.parse(text) as JsonValue, file);
}
