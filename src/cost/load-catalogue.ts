import { readFileSync } from "node:fs";
import { join } from "node:path";
import { FaberError, messageOf } from "../core/error.ts";
import type { JsonValue } from "../core/json.ts";
import { packageRoot } from "../workdir/package-root.ts";
import { layered, readCatalogue, type Catalogue } from "./prices.ts";

const shipped = "src/cost/assets/prices.json";

/** A catalogue of the user's own, whose prices go before those that came with faber. */
export interface OwnPrices {
  readonly file: string;
  /** Named by somebody, so that it must be there. */
  readonly required: boolean;
}

/** Where a project has its own prices: named in faber.yaml, else where `faber cost refresh-prices` writes them. */
export function ownPricesAt({
  stateDir,
  pricesFile,
}: {
  readonly stateDir: string;
  readonly pricesFile?: string | undefined;
}): OwnPrices {
  return { file: pricesFile ?? join(stateDir, "prices.json"), required: pricesFile !== undefined };
}

/**
 * The price catalogue that came with faber, under the user's own when there is one. Throws `price-catalogue-…` for one
 * that cannot be read: estimates must not change silently because a file broke.
 */
export function loadCatalogue(own?: OwnPrices): Catalogue {
  const catalogue = readCatalogue(documentOf(join(packageRoot(import.meta.url), shipped)), shipped);
  if (!own) return catalogue;
  const document = ownDocument(own);
  return document === undefined ? catalogue : layered(readCatalogue(document, own.file), catalogue);
}

/** The document of the user's own catalogue; undefined where there need not be one. Throws `price-catalogue-unreadable`. */
export function ownDocument({ file, required }: OwnPrices): JsonValue | undefined {
  try {
    return documentOf(file);
  } catch (error) {
    const missing = error instanceof Error && "code" in error && error.code === "ENOENT";
    if (missing && !required) return undefined;
    throw new FaberError({
      code: "price-catalogue-unreadable",
      exit: "wrong-usage",
      message: `cannot read the price catalogue ${file}: ${messageOf(error)}`,
      hints: ["make it again: faber cost refresh-prices", "or remove it: then the prices of faber are used"],
      cause: error,
    });
  }
}

function documentOf(file: string): JsonValue {
  return JSON.parse(readFileSync(file, "utf8")) as JsonValue;
}
