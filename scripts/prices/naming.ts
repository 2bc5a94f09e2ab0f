/** A row of a facts file: one price with its source. */
export interface Fact {
  readonly service: string;
  readonly item: string;
  readonly unit: string;
  readonly price_usd: number;
  readonly region: string;
  readonly src: string;
  readonly as_of: string;
  readonly golden?: string | null;
  readonly attrs?: Readonly<Record<string, string>>;
  /** Address in the golden, where one name has several prices. */
  readonly depends_on_config?: string;
  readonly from_quantity?: number;
  /** What a month's price of something charged by the hour was worked out from; more exact. */
  readonly hourly_equivalent?: number;
}

/** Where a fact goes in the catalogue; null: nobody asks for it; undefined: not this list's business. */
export type Name = {
  readonly table: string;
  readonly key: string;
  readonly factor?: number;
  readonly unit?: string;
} | null;
export type Naming = (fact: Fact) => Name | readonly NonNullable<Name>[] | undefined;

/** Prices of one kind in one region, by instance type. */
export interface FactTable {
  readonly service: string;
  readonly what: string;
  readonly region: string;
  readonly unit: string;
  readonly src: string;
  readonly as_of: string;
  readonly engine?: string | null;
  readonly edition?: string | null;
  readonly license_model?: string | null;
  readonly deployment?: string | null;
  readonly prices: Readonly<Record<string, number>>;
}
