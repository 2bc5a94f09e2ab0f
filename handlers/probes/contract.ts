import type { HttpWish } from "../../src/core/health.ts";

/** Asks something on the network how it is, once. A probe never throws for what is at the other end: that is an answer. */
export interface Probes {
  readonly http: (url: string, wish: HttpWish, setting: ProbeSetting) => Promise<Probed>;
  /** `address` is `host:port`, `[host]:port` for IPv6. */
  readonly tcp: (address: string, setting: ProbeSetting) => Promise<Probed>;
  readonly tls: (address: string, wish: TlsWish, setting: ProbeSetting) => Promise<Probed>;
}

export interface TlsWish {
  /** Days that its certificate must still hold. */
  readonly minDays: number;
  /** Absolute path of certificates that are trusted beside the usual ones, PEM. */
  readonly caFile?: string;
}

export interface ProbeSetting {
  /** Of the whole try, redirects and body included. */
  readonly timeoutMs: number;
  /** Ends the try at once; what it then says is of no interest. */
  readonly signal: AbortSignal;
  /** An address that an emulator prints, as it can be reached from here. */
  readonly reachable: (url: string) => string;
}

export interface Probed {
  readonly ok: boolean;
  /** What was seen, cut short; text of strangers, not yet made safe for a terminal. */
  readonly saw: string;
  /** Asking again cannot change it: the question itself is wrong. */
  readonly final?: true;
}
