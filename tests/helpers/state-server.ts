import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { onTestFinished } from "vitest";

/**
 * A server for Terraform's `http` state backend with locks, whose answers a test can hold back: the only way to
 * stop Terraform at a known point of its work with the state.
 */
export interface StateServer {
  readonly url: string;
  /** The state as it was last written; empty before. */
  readonly state: () => string;
  readonly locked: () => boolean;
  /** From now on requests of this kind get no answer until released. */
  readonly hold: (what: "lock" | "write") => Hold;
  /** From now on the state is not written: every try is answered with a refusal. */
  readonly refuseWrites: (refuse: boolean) => void;
}

interface Hold {
  /** Resolves when a request is being held. */
  readonly reached: Promise<void>;
  readonly release: () => void;
}

export async function serveState(): Promise<StateServer> {
  let state = "";
  let lock: string | undefined;
  let refuses = false;
  const gates = new Map<string, { readonly arrive: () => void; readonly open: Promise<void> }>();

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await textOf(request);
    const gate = gates.get(kinds[request.method ?? ""] ?? "");
    gate?.arrive();
    await gate?.open;
    if (request.method === "POST" && refuses) return void response.writeHead(403).end();
    if (request.method === "LOCK" && lock !== undefined) return void response.writeHead(423).end(lock);
    if (request.method === "LOCK") lock = body;
    if (request.method === "UNLOCK") lock = undefined;
    if (request.method === "POST") state = body;
    if (request.method === "GET") return void response.writeHead(state === "" ? 204 : 200).end(state);
    response.writeHead(200).end();
  };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/state`,
    state: () => state,
    locked: () => lock !== undefined,
    refuseWrites: (refuse) => {
      refuses = refuse;
    },
    hold: (what) => {
      let release = (): void => undefined;
      let arrive = (): void => undefined;
      const open = new Promise<void>((resolve) => (release = resolve));
      const reached = new Promise<void>((resolve) => (arrive = resolve));
      gates.set(what, { arrive, open });
      onTestFinished(release);
      return { reached, release };
    },
  };
}

const kinds: Readonly<Record<string, string>> = { LOCK: "lock", POST: "write" };

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks).toString("utf8");
}
