import type { Component, MissingPrice, Price, PriceAnswer, Prices, Pricing } from "./contract.ts";

/** A month, in every estimate. */
export const hoursPerMonth = 730;

export interface ComponentInput {
  readonly name: string;
  readonly unit: string;
  /** A month's; undefined: not known, because no usage was given or because it is known only after apply. */
  readonly quantity: number | undefined;
  /** What scaling may make of it; less than `quantity` is no bound. */
  readonly upper?: number | undefined;
  readonly price: PriceAnswer;
}

/** What is paid for being there: the plan alone tells its quantity. */
export function fixed(input: ComponentInput): Component {
  const unknown = isMissing(input.price)
    ? input.price.missing
    : input.quantity === undefined
      ? `the quantity of ${input.name} is known only after apply`
      : undefined;
  return { ...line(input, false), ...(unknown !== undefined && { unknown }) };
}

/** What is paid by use: without a usage file it has a unit price and no cost. */
export function byUsage(input: ComponentInput): Component {
  const unknown = isMissing(input.price) && input.quantity !== undefined ? input.price.missing : undefined;
  return { ...line(input, true), ...(unknown !== undefined && { unknown }) };
}

/** The same prices for another unit: an hour's price times 730 is a month's. */
export function times(price: PriceAnswer, factor: number): PriceAnswer {
  return isMissing(price) ? price : { ...price, usd: rounded(price.usd * factor) };
}

/** What is reserved and paid wholly at the start costs nothing by the hour. */
export function paidAhead({ today }: Prices): PriceAnswer {
  return { usd: 0, unit: "hours", as_of: today };
}

export function isMissing(price: PriceAnswer): price is MissingPrice {
  return "missing" in price;
}

/** The first of several look-ups that found a price; otherwise what the first one missed. */
export function firstPrice(first: PriceAnswer, ...others: readonly PriceAnswer[]): PriceAnswer {
  return [first, ...others].find((price) => !isMissing(price)) ?? first;
}

export function priced(components: readonly Component[]): Pricing {
  return { kind: "priced", components };
}

export function free(why: string): Pricing {
  return { kind: "free", why };
}

export function unknown(why: string): Pricing {
  return { kind: "unknown", why };
}

/** The components of a part, named after it: `root_block_device / Storage (…)`. */
export function under(part: string, components: readonly Component[]): readonly Component[] {
  return components.map((each) => ({ ...each, name: `${part} / ${each.name}` }));
}

/** The same components, `count` times: the nodes of a group, which may have `most`. */
export function multiplied(
  components: readonly Component[],
  count: number,
  most = count,
): readonly Component[] {
  return components.map(({ upper_quantity: upper, ...each }) => {
    const quantity = each.monthly_quantity === null ? null : rounded(each.monthly_quantity * count);
    const highest = upper ?? each.monthly_quantity;
    return {
      ...each,
      monthly_quantity: quantity,
      ...bound(quantity, highest === null ? undefined : highest * Math.max(count, most)),
      monthly_cost: each.monthly_cost === null ? null : rounded(each.monthly_cost * count),
    };
  });
}

/** USD a month when everything has scaled out as far as it may; 0 where no price or no quantity is known. */
export function highestCost({
  monthly_cost: cost,
  upper_quantity: upper,
  unit_price: price,
}: Component): number {
  const most = upper === undefined || price === null ? 0 : rounded(upper * price);
  return Math.max(cost ?? 0, most);
}

/** Without the noise of binary fractions. */
export function rounded(value: number): number {
  return Number(value.toPrecision(12));
}

/** Only what is above the quantity is a bound of its own. */
function bound(quantity: number | null, upper: number | undefined): Pick<Component, "upper_quantity"> {
  return upper !== undefined && upper > (quantity ?? 0) ? { upper_quantity: rounded(upper) } : {};
}

function line({ name, unit, quantity, upper, price }: ComponentInput, usageBased: boolean): Component {
  const found: Price | undefined = isMissing(price) ? undefined : price;
  return {
    name,
    unit,
    monthly_quantity: quantity === undefined ? null : rounded(quantity),
    ...bound(quantity ?? null, upper),
    unit_price: found?.usd ?? null,
    monthly_cost: found && quantity !== undefined ? rounded(found.usd * quantity) : null,
    usage_based: usageBased,
    ...(found && { price_as_of: found.as_of }),
  };
}
