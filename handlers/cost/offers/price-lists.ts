import { FaberError } from "../../../src/core/error.ts";
import { objectAt, stringAt, type JsonObject } from "../../../src/core/json.ts";
import type { PriceLists } from "../contract.ts";
import { addressUnder } from "./address.ts";
import { Collected } from "./collect.ts";
import { offerNames } from "./names/index.ts";
import { broken, csvFile, jsonFile, openFile, type Reading } from "./open-file.ts";
import { readOfferRows } from "./read-rows.ts";

export interface PriceListOptions extends Reading {
  readonly base: URL;
  /** The day prices must hold, `2026-11-21`. */
  readonly today: string;
}

const indexPath = "/offers/v1.0/aws/index.json";

/**
 * AWS's price lists, which need no key: an index of offers, for each an index of regions, for each region a file.
 * https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/using-the-aws-price-list-bulk-api.html
 */
export function openPriceLists(options: PriceListOptions): PriceLists {
  let index: Promise<JsonObject> | undefined;
  return {
    services: Object.keys(offerNames),
    async read(service, region) {
      index ??= readIndex(options);
      const offer = objectAt((await index)[service]);
      const regionsPath = stringAt(offer["currentRegionIndexUrl"]);
      if (regionsPath === undefined) return undefined;
      const regions = urlOf(options, regionsPath, options.base);
      const entry = objectAt(objectAt((await readJson(regions, options))["regions"])[region]);
      const path = stringAt(entry["currentVersionUrl"]);
      if (path === undefined) return undefined;
      // The same list stands beside it in rows, which can be read without holding all of it.
      return readList(urlOf(options, path.replace(/\.json$/, ".csv"), regions), { service, region, options });
    },
  };
}

async function readIndex(options: PriceListOptions): Promise<JsonObject> {
  const url = urlOf(options, indexPath, options.base);
  const offers = objectAt((await readJson(url, options))["offers"]);
  if (Object.keys(offers).length === 0) throw broken(url, "it names no price lists");
  return offers;
}

async function readList(
  url: URL,
  { service, region, options }: { service: string; region: string; options: PriceListOptions },
) {
  const collected = new Collected(offerNames[service] ?? (() => []));
  const file = await openFile(url, csvFile, options);
  const head = await readOfferRows(file, { url, region, today: options.today }, (row) => collected.add(row));
  if (head.offer !== service)
    throw broken(url, `it is the list of "${head.offer.slice(0, 40)}", not of ${service}`);
  const source = `aws-price-list ${service} ${head.version}`;
  return collected.answer({ region, source, as_of: head.published });
}

async function readJson(url: URL, options: PriceListOptions): Promise<JsonObject> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of await openFile(url, jsonFile, options)) chunks.push(chunk as Uint8Array);
  try {
    const document: unknown = JSON.parse(Buffer.concat(chunks).toString("utf8"));
    return objectAt(document);
  } catch (error) {
    if (error instanceof SyntaxError) throw broken(url, "it is no JSON");
    throw error;
  }
}

function urlOf({ base }: PriceListOptions, path: string, from: URL): URL {
  const url = addressUnder(base, path);
  if (url) return url;
  throw new FaberError({
    code: "price-list-broken",
    exit: "wrong-usage",
    message: `the price list ${from.href} cannot be used: it leads to "${path.slice(0, 120)}"`,
    hints: ["only paths below the address that was named are followed"],
  });
}
