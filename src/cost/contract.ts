import type { JsonObject, JsonValue } from "../core/json.ts";

/** One line of a bill: what AWS charges for a part of a resource. Names and units are those Infracost prints. */
export interface Component {
  /** `Storage (general purpose SSD, gp2)`; parts of a nested block as `root_block_device / Storage (…)`. */
  readonly name: string;
  readonly unit: string;
  /** In `unit`s a month; null: depends on usage that nobody gave. */
  readonly monthly_quantity: number | null;
  /** The most that scaling may make of `monthly_quantity`; absent: not more than is planned. */
  readonly upper_quantity?: number;
  /** USD for one `unit`; null: not in the catalogue. */
  readonly unit_price: number | null;
  /** USD; null: quantity or price is not known, never 0 for that. */
  readonly monthly_cost: number | null;
  readonly usage_based: boolean;
  /** Why a cost that does not depend on usage cannot be told. */
  readonly unknown?: string;
  /** Date of the price, `2026-07-20`. */
  readonly price_as_of?: string;
}

/** A price as the catalogue has it, or why there is none. */
export interface Price {
  readonly usd: number;
  readonly unit: string;
  readonly as_of: string;
}
export interface MissingPrice {
  readonly missing: string;
}
export type PriceAnswer = Price | MissingPrice;

/** Prices of one region. */
export interface Prices {
  readonly region: string;
  /** The day the estimate is for, `2026-11-21`: support of old versions ends, and then costs. */
  readonly today: string;
  /** The price of `key` in `table`; a neighbouring region is never substituted. */
  of(table: string, key: string): PriceAnswer;
  in(region: string): Prices;
}

/** What the usage file says about one resource; paths are dotted. */
export interface ResourceUsage {
  number(path: string): number | undefined;
  text(path: string): string | undefined;
  object(path: string): JsonObject | undefined;
  /** What it says about another resource: an autoscaling target has usage of its own. */
  of(resource: Pick<CostResource, "address" | "type">): ResourceUsage;
}

/** A managed resource as it is planned, or as it was. */
export interface CostResource {
  readonly address: string;
  readonly type: string;
  readonly name: string;
  readonly region: string;
  readonly values: JsonObject;
  /**
   * Looks-up by dotted path; the first element where a list stands in the way: `root_block_device.volume_size`.
   * undefined: null, absent or known only after apply.
   */
  value(path: string): JsonValue | undefined;
  text(path: string): string | undefined;
  /** Numbers and numbers written as text. */
  number(path: string): number | undefined;
  flag(path: string): boolean | undefined;
  /** The elements of a nested block, or of a list of objects. */
  blocks(path: string): readonly JsonObject[];
  /** Known only after apply, wholly or in part. */
  isUnknown(path: string): boolean;
  /** True when the configuration sets this argument, whatever its value. */
  isConfigured(path: string): boolean;
  /** Resources that an argument refers to: `launch_template.id`, `task_definition`; `*` for all arguments. */
  references(path: string, type?: string): readonly CostResource[];
  /** Resources of `type` that refer to this one, in `path` or anywhere. */
  referencedBy(type: string, path?: string): readonly CostResource[];
  /** Resources of `type` whose attribute has this value. */
  find(type: string, attribute: string, value: string): readonly CostResource[];
}

export type Pricing =
  | { readonly kind: "priced"; readonly components: readonly Component[] }
  | { readonly kind: "free"; readonly why: string }
  | { readonly kind: "unknown"; readonly why: string };

/** How one or more resource types are priced. */
export interface CostMapping {
  readonly types: readonly string[];
  price(resource: CostResource, prices: Prices, usage: ResourceUsage): Pricing;
}
