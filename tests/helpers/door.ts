import { createConnection, createServer, type Socket } from "node:net";
import { onTestFinished } from "vitest";

/** A door in front of a server, which falls shut when somebody asks for a certain thing, as a cable that is pulled. */
export interface Door {
  readonly url: string;
  readonly isShut: () => boolean;
}

/** Passes connections on to `target` until a request contains `lastWords`; from then on it refuses all. */
export async function doorTo(target: string, lastWords: string): Promise<Door> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let shut = false;
  const server = createServer((caller) => {
    const callee = createConnection(Number(port), hostname);
    for (const socket of [caller, callee]) {
      sockets.add(socket);
      // Whoever is cut off is no failure of the test's.
      socket.on("error", () => undefined);
      socket.on("close", () => sockets.delete(socket));
    }
    caller.on("data", (chunk) => {
      if (!chunk.includes(lastWords)) return void callee.write(chunk);
      shut = true;
      close();
    });
    callee.on("data", (chunk) => void caller.write(chunk));
    caller.on("close", () => callee.destroy());
    callee.on("close", () => caller.destroy());
  });
  const close = (): void => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(close);
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("the door has no address");
  return { url: `http://127.0.0.1:${address.port}`, isShut: () => shut };
}
