import type { Server } from "node:net";
import { onTestFinished } from "vitest";
import { openProbes } from "../../../handlers/probes/open.ts";
import type { ProbeSetting } from "../../../handlers/probes/contract.ts";
import type { HttpWish } from "../../../src/core/health.ts";

export const probes = openProbes({ now: () => new Date(), monotonic: () => performance.now() });

export const setting: ProbeSetting = {
  timeoutMs: 2_000,
  signal: new AbortController().signal,
  reachable: (url) => url,
};

export function wish(more: Partial<HttpWish> = {}): HttpWish {
  return { method: "GET", headers: {}, status: [200], json: {}, responseHeaders: {}, redirects: 0, ...more };
}

/** Lets a server listen on a port of its own until the test ends; returns the port. */
export async function portOf(server: Server, host = "127.0.0.1"): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, host, resolve);
  });
  onTestFinished(() => {
    if ("closeAllConnections" in server && typeof server.closeAllConnections === "function")
      server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("the server has no address");
  return address.port;
}
