import { createServer, request, type IncomingMessage, type ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { onTestFinished } from "vitest";

/** An API's error, which is written as the protocol of the request has it. */
export interface Fault {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/**
 * Trouble below the API: a connection that is cut instead of an answer, an answer of which half the body is missing,
 * one that takes its time.
 */
export type Trouble = "reset" | "truncated" | { readonly slowMs: number };

export interface FaultProxy {
  readonly url: string;
  /** Requests that reached it, faults included. */
  readonly asked: () => number;
  /** How many of them were not answered as the target would have. */
  readonly faults: () => number;
}

type FaultFor = (nth: number, request: IncomingMessage, body: string) => Fault | Trouble | undefined;

/** Passes HTTP on to `target`, and interferes where `faultFor` gives it something for the nth request, from 1. */
export async function faultProxy(target: string, faultFor: FaultFor): Promise<FaultProxy> {
  let asked = 0;
  let faults = 0;
  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    asked += 1;
    const nth = asked;
    // Read whole, also where it is refused: an SDK that still sends its body wants it read.
    const body = await bodyOf(incoming);
    const fault = faultFor(nth, incoming, body.toString("latin1"));
    if (fault !== undefined) faults += 1;
    if (fault === "reset") return void incoming.socket.resetAndDestroy();
    if (typeof fault === "object" && "status" in fault)
      return void outgoing.writeHead(fault.status).end(textOf(fault, incoming));
    if (typeof fault === "object") await wait(fault.slowMs);
    await passOn(target, { incoming, body, outgoing }, fault === "truncated");
  };
  const server = createServer((incoming, outgoing) => {
    // Whoever goes away in the middle has nobody to be told.
    answer(incoming, outgoing).catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("the proxy has no address");
  return { url: `http://127.0.0.1:${address.port}`, asked: () => asked, faults: () => faults };
}

interface Exchange {
  readonly incoming: IncomingMessage;
  readonly body: Buffer;
  readonly outgoing: ServerResponse;
}

async function passOn(
  target: string,
  { incoming, body, outgoing }: Exchange,
  truncated: boolean,
): Promise<void> {
  const { hostname, port } = new URL(target);
  const { method, url, headers } = incoming;
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    request({ hostname, port, method, path: url, headers }, resolve).on("error", reject).end(body);
  });
  if (!truncated) {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    return void answer.pipe(outgoing);
  }
  const whole = await bodyOf(answer);
  // Well formed HTTP around a document that breaks off.
  const { "content-length": _length, "transfer-encoding": _encoding, ...rest } = answer.headers;
  outgoing.writeHead(answer.statusCode ?? 502, rest).end(whole.subarray(0, Math.floor(whole.length / 2)));
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks);
}

/** The Query protocol and S3 speak XML, all others JSON. */
function textOf({ code, message }: Fault, { headers }: IncomingMessage): string {
  const type = headers["content-type"] ?? "";
  const isJson = type.includes("json") || headers.accept === "application/json";
  return isJson
    ? JSON.stringify({ __type: code, message })
    : `<ErrorResponse><Error><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;
}

export const throttled: Fault = { status: 400, code: "ThrottlingException", message: "Rate exceeded" };

export const tooMany: Fault = { status: 429, code: "TooManyRequestsException", message: "Too many requests" };

export const expired: Fault = { status: 400, code: "ExpiredToken", message: "The security token is expired" };

export const serverError: Fault = { status: 500, code: "InternalServerError", message: "We failed" };
