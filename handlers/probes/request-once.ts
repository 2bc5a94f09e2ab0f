import { request as plainRequest, type IncomingHttpHeaders, type IncomingMessage } from "node:http";
import { request as securedRequest } from "node:https";
import { TLSSocket } from "node:tls";

/** More of an answer is not read; bytes. */
export const bodyLimit = 1_000_000;

export interface Asked {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Certificates that are trusted, PEM; the usual ones when absent. */
  readonly ca?: readonly string[];
  readonly signal: AbortSignal;
}

export interface Received {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** At most `bodyLimit` bytes of it, as UTF-8. */
  readonly body: string;
  /** There was more. */
  readonly truncated: boolean;
  /** Last moment of the certificate, as OpenSSL writes it. */
  readonly validTo?: string;
}

/** How far an exchange came before it was broken off. */
export type Progress = { step: "connecting" | "waiting" | "headers" | "body"; status?: number };

/** One exchange on a connection of its own, without redirects. Rejects with Node's own errors. */
export function requestOnce(url: URL, asked: Asked, progress: Progress): Promise<Received> {
  const request = url.protocol === "https:" ? securedRequest : plainRequest;
  return new Promise((resolve, reject) => {
    const sent = request(url, {
      method: asked.method,
      headers: { "user-agent": "faber", accept: "*/*", connection: "close", ...asked.headers },
      agent: false,
      signal: asked.signal,
      ...(asked.ca === undefined ? {} : { ca: [...asked.ca] }),
    });
    sent.on("socket", (socket) => {
      socket.on(socket instanceof TLSSocket ? "secureConnect" : "connect", () => (progress.step = "waiting"));
      socket.once("data", () => {
        // The first piece may have been the whole answer, which is known by then.
        if (progress.step !== "body") progress.step = "headers";
      });
    });
    sent.on("error", reject);
    sent.on("response", (response) => {
      progress.step = "body";
      if (response.statusCode !== undefined) progress.status = response.statusCode;
      readBody(response).then(resolve, reject);
    });
    sent.end(asked.body);
  });
}

async function readBody(response: IncomingMessage): Promise<Received> {
  const { socket } = response;
  const validTo = socket instanceof TLSSocket ? socket.getPeerCertificate().valid_to : undefined;
  const chunks: Buffer[] = [];
  let size = 0;
  // Leaving the loop early ends the connection.
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > bodyLimit) break;
  }
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    body: Buffer.concat(chunks).subarray(0, bodyLimit).toString("utf8"),
    truncated: size > bodyLimit,
    ...(validTo === undefined ? {} : { validTo }),
  };
}
