import type { JsonObject } from "../../src/core/json.ts";
import type { ListPrice } from "../../src/core/list-price.ts";

/** Published price lists: one for each service and region, read whole or not at all. */
export interface PriceLists {
  /** Services whose prices have names in the catalogue. */
  readonly services: readonly string[];
  /**
   * The on-demand prices of a service in a region; undefined when it is not offered there. Throws FaberError
   * `price-list-…` for what cannot be reached, is not whole, or is no price list.
   */
  read(service: string, region: string): Promise<PriceListAnswer | undefined>;
}

export interface PriceListAnswer {
  readonly prices: readonly ListPrice[];
  /** On-demand prices that nothing in the catalogue is named after. */
  readonly notMapped: number;
  /** How many prices could not be taken; the first of them. */
  readonly unusable: { readonly count: number; readonly named: readonly UnusablePrice[] };
}

/** A row of a price list that is named in the catalogue, and cannot be right. */
export interface UnusablePrice {
  readonly what: string;
  readonly reason: string;
}

/** What another tool says that a plan costs: figures to compare with, never to judge by. */
export type SecondOpinion =
  | {
      readonly ok: true;
      readonly tool: string;
      readonly version: string;
      readonly currency: string;
      /** A month, in its currency; absent when the tool told none. */
      readonly total?: number;
      /** Only those it has a price for. */
      readonly resources: readonly { readonly address: string; readonly monthly: number }[];
    }
  | { readonly ok: false; readonly tool: string; readonly why: string };

/** Asks the other tool about a plan, `terraform show -json`; a failure is an answer too. */
export type AskSecondOpinion = (plan: JsonObject) => Promise<SecondOpinion>;
