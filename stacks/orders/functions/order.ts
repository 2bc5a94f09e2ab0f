interface OrderLine {
  readonly sku: string;
  readonly quantity: number;
}

/** An order as it travels from intake to worker. */
export interface Order {
  readonly orderId: string;
  readonly acceptedAt: string;
  readonly items: readonly OrderLine[];
}

/** The sender's mistake, in words for the sender. */
export class InvalidOrder extends Error {}

// Also the name of an object in the bucket, hence no slashes and dots.
const idShape = /^[A-Za-z0-9_-]{1,64}$/;
const mostLines = 100;

/** An order from what a client sent. `make` supplies what clients may leave out. */
export function parseOrder(body: unknown, make: { id: () => string; now: () => Date }): Order {
  const { id, items } = record(body, "the order");
  if (id !== undefined && (typeof id !== "string" || !idShape.test(id))) {
    throw new InvalidOrder("id must be 1 to 64 letters, digits, hyphens and underscores");
  }
  return { orderId: id ?? make.id(), acceptedAt: make.now().toISOString(), items: lines(items) };
}

/** An order from a message: checked again, since the queue has other possible senders. */
export function parseMessage(text: string): Order {
  const { orderId, acceptedAt, items } = record(parseJson(text), "the message");
  if (typeof orderId !== "string" || !idShape.test(orderId)) throw new InvalidOrder("orderId is missing");
  if (typeof acceptedAt !== "string") throw new InvalidOrder("acceptedAt is missing");
  return { orderId, acceptedAt, items: lines(items) };
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidOrder("the body is not JSON");
  }
}

function lines(items: unknown): OrderLine[] {
  if (!Array.isArray(items) || items.length === 0)
    throw new InvalidOrder("items must be a list of at least one item");
  if (items.length > mostLines) throw new InvalidOrder(`items may have at most ${mostLines} items`);
  return items.map(line);
}

function line(item: unknown, index: number): OrderLine {
  const { sku, quantity } = record(item, `items[${index}]`);
  if (typeof sku !== "string" || sku === "" || sku.length > 64) {
    throw new InvalidOrder(`items[${index}].sku must be 1 to 64 characters`);
  }
  if (typeof quantity !== "number" || !Number.isInteger(quantity) || quantity < 1 || quantity > 1000) {
    throw new InvalidOrder(`items[${index}].quantity must be a whole number from 1 to 1000`);
  }
  return { sku, quantity };
}

function record(value: unknown, what: string): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new InvalidOrder(`${what} must be a JSON object`);
  }
  return Object.fromEntries(Object.entries(value));
}
