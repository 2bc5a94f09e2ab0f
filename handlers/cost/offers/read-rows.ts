import { pipeline, type Readable } from "node:stream";
import { FaberError, messageOf } from "../../../src/core/error.ts";
import type { OfferRow } from "./offer-row.ts";
import { broken } from "./open-file.ts";

export interface OfferHead {
  readonly offer: string;
  readonly version: string;
  /** The day it was published. */
  readonly published: string;
}

interface Wanted {
  readonly url: URL;
  readonly region: string;
  /** Rows that hold from a later day on are left out. */
  readonly today: string;
}

/** A row holds some kilobytes; a quote that never closes would be the rest of the file. */
const longestRow = 1024 * 1024;

/** Rows of metadata there are five. */
const mostFacts = 20;

/** Geographic prefixes of usage types: `EU-`, `USE2-`, `us-east-1-`; us-east-1 mostly has none. */
const geography =
  /^(?:[a-z]{2}(?:-[a-z]+)+-\d-|(?:US[EW]|EU[CWNS]?|AP[NSE]|SAE|CA[NW]|ME[SC]|AFS|ILC|MXC|UG[EW]|Global)\d?-)/;

/**
 * The on-demand prices of a region in a price list's CSV form: five rows of metadata, a row of column names, then one
 * row a price. https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/reading-service-price-list-file-for-services.html
 * A file that is not whole is refused at its end, so nothing of it may be kept before that.
 */
export async function readOfferRows(
  file: Readable,
  wanted: Wanted,
  onRow: (row: OfferRow) => void,
): Promise<OfferHead> {
  const { parse } = await import("csv-parse");
  const rows = parse({
    bom: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: longestRow,
  });
  // What breaks on the way comes out of the loop below.
  pipeline(file, rows, () => undefined);
  const table = new OfferTable(wanted);
  try {
    for await (const cells of rows) {
      const row = table.next(cells as readonly string[]);
      if (row) onRow(row);
    }
  } catch (error) {
    if (error instanceof Error && "code" in error && String(error.code).startsWith("CSV_"))
      throw broken(wanted.url, messageOf(error).slice(0, 200));
    throw error;
  }
  return table.head();
}

/** The rows of one file, in their order. */
class OfferTable {
  readonly #wanted: Wanted;
  readonly #facts = new Map<string, string>();
  #columns: ReadonlyMap<string, number> | undefined;

  constructor(wanted: Wanted) {
    this.#wanted = wanted;
  }

  next(cells: readonly string[]): OfferRow | undefined {
    const { url } = this.#wanted;
    if (!this.#columns) {
      if (cells[0] === "SKU") this.#columns = columnsOf(cells);
      else this.#facts.set(cells[0] ?? "", cells[1] ?? "");
      if (this.#facts.size > mostFacts) throw broken(url, "it has no row of column names");
      return undefined;
    }
    if (cells.length === this.#columns.size) return rowOf(cells, this.#columns, this.#wanted);
    const size = `${cells.length} columns and not ${this.#columns.size}`;
    throw broken(url, `a row has ${size}: it is not whole`);
  }

  head(): OfferHead {
    if (this.#columns) return headOf(this.#facts, this.#wanted.url);
    throw broken(this.#wanted.url, "it has no row of column names");
  }
}

function columnsOf(names: readonly string[]): ReadonlyMap<string, number> {
  return new Map(names.map((name, at) => [name.toLowerCase().replaceAll(/[^a-z0-9]/g, "") || `${at}`, at]));
}

/** A price on demand, in dollars, that holds today and in this region; undefined for all others. */
function rowOf(
  cells: readonly string[],
  columns: ReadonlyMap<string, number>,
  { region, today }: Wanted,
): OfferRow | undefined {
  const attribute = (column: string): string => cells[columns.get(column) ?? -1] ?? "";
  if (attribute("termtype") !== "OnDemand" || attribute("currency") !== "USD") return undefined;
  if (attribute("effectivedate").slice(0, 10) > today) return undefined;
  const code = attribute("regioncode");
  const place = attribute("locationtype");
  if ((code !== "" && code !== region) || (place !== "" && place !== "AWS Region")) return undefined;
  return {
    sku: attribute("sku"),
    family: attribute("productfamily"),
    usage: attribute("usagetype").replace(geography, ""),
    unit: attribute("unit"),
    price: attribute("priceperunit"),
    from: Number(attribute("startingrange")) || 0,
    attribute,
  };
}

function headOf(facts: ReadonlyMap<string, string>, url: URL): OfferHead {
  const published = (facts.get("Publication Date") ?? "").slice(0, 10);
  const version = facts.get("Version") ?? "";
  const offer = facts.get("OfferCode") ?? "";
  if (facts.get("FormatVersion") !== "v1.0")
    throw broken(url, `its format is "${(facts.get("FormatVersion") ?? "").slice(0, 20)}", not v1.0`);
  if (!/^\d{4}-\d\d-\d\d$/.test(published) || !/^[\w.-]{1,40}$/.test(version))
    throw new FaberError({
      code: "price-list-broken",
      exit: "wrong-usage",
      message: `the price list ${url.href} does not say when it was published`,
    });
  return { offer, version, published };
}
