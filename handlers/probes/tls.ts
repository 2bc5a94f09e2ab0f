import { isIP } from "node:net";
import { connect } from "node:tls";
import type { Clock } from "../../src/core/world.ts";
import { expiryObjection, trusted } from "./certificate.ts";
import type { Probed, ProbeSetting, TlsWish } from "./contract.ts";
import { hostPortOf, notAnAddress } from "./host-port.ts";
import { connected } from "./tcp.ts";

/** Whether `host:port` speaks TLS with a certificate that is trusted, for that host, and holds long enough. */
export async function probeTls(
  clock: Clock,
  address: string,
  { wish, setting }: { readonly wish: TlsWish; readonly setting: ProbeSetting },
): Promise<Probed> {
  const place = hostPortOf(address);
  if (place === undefined) return { ok: false, final: true, saw: notAnAddress(address) };
  const trust = await trusted(wish.caFile);
  if ("why" in trust) return { ok: false, final: true, saw: trust.why };
  const open = () =>
    connect({
      ...place,
      // An address is no name to ask for.
      ...(isIP(place.host) === 0 ? { servername: place.host } : {}),
      ...(trust.ca === undefined ? {} : { ca: [...trust.ca] }),
    });
  const outcome = await connected(open, "secureConnect", setting);
  if (!outcome.ok) return { ok: false, saw: outcome.why };
  const { valid_to: validTo } = outcome.socket.getPeerCertificate();
  outcome.socket.destroy();
  const wrong = expiryObjection(validTo, wish.minDays, clock.now().toISOString());
  return wrong === undefined
    ? { ok: true, saw: `its certificate holds until ${validTo}` }
    : { ok: false, saw: wrong };
}
