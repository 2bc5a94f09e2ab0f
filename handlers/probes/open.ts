import type { Clock } from "../../src/core/world.ts";
import type { Probes } from "./contract.ts";
import { probeHttp } from "./http.ts";
import { probeTcp } from "./tcp.ts";
import { probeTls } from "./tls.ts";

/** Probes over this machine's own network. */
export function openProbes(clock: Clock): Probes {
  return {
    http: (url, wish, setting) => probeHttp(clock, url, { wish, setting }),
    tcp: (address, setting) => probeTcp(clock, address, setting),
    tls: (address, wish, setting) => probeTls(clock, address, { wish, setting }),
  };
}
