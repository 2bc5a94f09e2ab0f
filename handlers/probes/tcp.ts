import { createConnection, type Socket } from "node:net";
import type { Clock } from "../../src/core/world.ts";
import type { Probed, ProbeSetting } from "./contract.ts";
import { hostPortOf, notAnAddress } from "./host-port.ts";
import { networkTrouble } from "./network-trouble.ts";

/** Whether something accepts connections at `host:port`. */
export async function probeTcp(clock: Clock, address: string, setting: ProbeSetting): Promise<Probed> {
  const place = hostPortOf(address);
  if (place === undefined) return { ok: false, final: true, saw: notAnAddress(address) };
  const began = clock.monotonic();
  const outcome = await connected(() => createConnection(place), "connect", setting);
  if (outcome.ok) outcome.socket.destroy();
  const ms = Math.round(clock.monotonic() - began);
  return outcome.ok ? { ok: true, saw: `connected in ${ms} ms` } : { ok: false, saw: outcome.why };
}

type Connected<S> = { readonly ok: true; readonly socket: S } | { readonly ok: false; readonly why: string };

/** A socket that has come as far as `event`, within the time of a try. */
export async function connected<S extends Socket>(
  open: () => S,
  event: "connect" | "secureConnect",
  { timeoutMs, signal }: ProbeSetting,
): Promise<Connected<S>> {
  const budget = AbortSignal.timeout(timeoutMs);
  const ended = AbortSignal.any([signal, budget]);
  const socket = open();
  return new Promise((resolve) => {
    const stop = (): void => {
      const why = budget.aborted ? lateWords(socket, timeoutMs) : "stopped";
      socket.destroy();
      resolve({ ok: false, why });
    };
    ended.addEventListener("abort", stop, { once: true });
    // Stays: an error after the answer is nobody's business any more.
    socket.on("error", (error) => {
      ended.removeEventListener("abort", stop);
      resolve({ ok: false, why: networkTrouble(error) });
    });
    socket.once(event, () => {
      ended.removeEventListener("abort", stop);
      resolve({ ok: true, socket });
    });
    if (ended.aborted) stop();
  });
}

function lateWords(socket: Socket, timeoutMs: number): string {
  const within = `within ${timeoutMs / 1_000} s`;
  return socket.remoteAddress === undefined
    ? `no connection ${within}`
    : `it hangs: connected, no TLS ${within}`;
}
