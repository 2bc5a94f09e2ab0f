import type { HostingSession } from "../../handlers/hosting/contract.ts";
import type { Environment } from "../core/environment.ts";
import { FaberError } from "../core/error.ts";
import type { Host } from "../core/host.ts";
import type { Identity } from "../core/identity.ts";
import type { Redactor } from "../core/redact.ts";
import type { Invocation } from "./define.ts";

export async function openHosting(
  { world, signal }: Invocation,
  environment: Environment,
  host: Host,
): Promise<HostingSession> {
  const { hostings } = await import("../../handlers/hosting/registry.ts");
  const handler = hostings[environment.hosting];
  if (!handler) {
    throw new FaberError({
      code: "unknown-hosting",
      exit: "wrong-usage",
      message: `there is no hosting "${environment.hosting}" (${Object.keys(hostings).join(", ")})`,
    });
  }
  return handler.open({
    environment,
    env: world.env,
    signal,
    say: (text) => host.emit({ type: "notice", level: "info", code: "hosting", text }),
  });
}

/** Asked before anything else is done in the account. */
export async function identify(
  hosting: HostingSession | undefined,
  redactor: Redactor,
  host: Host,
): Promise<Identity | undefined> {
  if (!hosting) return undefined;
  const identity = await hosting.identify();
  for (const secret of hosting.secrets) redactor.learn(secret);
  host.emit({ type: "identity.known", identity });
  return identity;
}
