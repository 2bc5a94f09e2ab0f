import { createServer, request, type IncomingMessage, type ServerResponse } from "node:http";
import { onTestFinished } from "vitest";

/** An API's error, which is written as the protocol of the request has it. */
export interface Fault {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

export interface FaultProxy {
  readonly url: string;
  /** Requests that reached it, faults included. */
  readonly asked: () => number;
}

/** Passes HTTP on to `target`, and answers itself where `faultFor` gives it something for the nth request, from 1. */
export async function faultProxy(
  target: string,
  faultFor: (nth: number, request: IncomingMessage) => Fault | undefined,
): Promise<FaultProxy> {
  const { hostname, port } = new URL(target);
  let asked = 0;
  const pass = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    asked += 1;
    const fault = faultFor(asked, incoming);
    if (fault !== undefined) {
      // An SDK that still sends its body wants it read.
      incoming.resume();
      incoming.on("end", () => outgoing.writeHead(fault.status).end(textOf(fault, incoming)));
      return;
    }
    const { method, url, headers } = incoming;
    const onwards = request({ hostname, port, method, path: url, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onwards.on("error", () => outgoing.destroy());
    incoming.pipe(onwards);
  };
  const server = createServer(pass);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("the proxy has no address");
  return { url: `http://127.0.0.1:${address.port}`, asked: () => asked };
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
