import { randomUUID } from "node:crypto";
import { log } from "../log.ts";
import { InvalidOrder, parseJson, parseOrder } from "../order.ts";
import { enqueue, find } from "./stores.ts";

/** The parts used of an HTTP API request, payload format 2.0. */
export interface Request {
  readonly routeKey: string;
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
  readonly pathParameters?: Readonly<Record<string, string>>;
}

export interface Response {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export async function handler(request: Request): Promise<Response> {
  try {
    return await answer(request);
  } catch (error) {
    if (error instanceof InvalidOrder) return json(400, { error: "invalid_order", reason: error.message });
    log("ERROR", "request failed", { route: request.routeKey, error: String(error) });
    return json(500, { error: "internal" });
  }
}

async function answer(request: Request): Promise<Response> {
  switch (request.routeKey) {
    case "GET /health":
      return json(200, { status: "ok" });
    case "POST /orders":
      return accept(request);
    case "GET /orders/{id}":
      return read(request.pathParameters?.["id"] ?? "");
    default:
      return json(404, { error: "no_such_route" });
  }
}

async function accept(request: Request): Promise<Response> {
  const order = parseOrder(parseJson(bodyOf(request)), { id: randomUUID, now: () => new Date() });
  await enqueue(order);
  log("INFO", "order accepted", { orderId: order.orderId });
  return json(202, { orderId: order.orderId, status: "accepted" });
}

async function read(orderId: string): Promise<Response> {
  const order = await find(orderId);
  return order === undefined ? json(404, { error: "no_such_order", orderId }) : json(200, order);
}

function bodyOf({ body = "", isBase64Encoded = false }: Request): string {
  return isBase64Encoded ? Buffer.from(body, "base64").toString("utf8") : body;
}

function json(statusCode: number, body: object): Response {
  return { statusCode, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}
