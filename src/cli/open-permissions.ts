import type { PermissionService } from "../../handlers/hosting/permissions/contract.ts";
import type { HostingSession } from "../../handlers/hosting/contract.ts";
import type { Environment } from "../core/environment.ts";
import { FaberError } from "../core/error.ts";
import type { Invocation } from "./define.ts";
import { locateHelpers, surroundingsOf } from "./locate-tools.ts";
import { openHost } from "./open-host.ts";
import { identify, openHosting } from "./open-hosting.ts";
import { loadSettings } from "./settings.ts";

export interface OpenedPermissions {
  readonly service: PermissionService;
  readonly environment: Environment;
}

/** The permission manager of the environment that a command names, once its hosting has said who is calling. */
export async function openPermissions(invocation: Invocation): Promise<OpenedPermissions> {
  const { world, signal, redactor } = invocation;
  const { environment } = await loadSettings(invocation);
  const { toolPaths, dir } = environment;
  const around = await surroundingsOf(world, toolPaths, { cwd: dir, signal });
  const helpers = await locateHelpers(around, ["ministack"]);
  const host = await openHost(invocation, redactor, []);
  try {
    const settled = { ...environment, toolPaths: { ...helpers, ...toolPaths } };
    const hosting = await openHosting(invocation, settled, host);
    await identify(hosting, redactor, host);
    return { service: await permissionsOf(hosting, environment), environment };
  } finally {
    host.close();
  }
}

export async function permissionsOf(
  hosting: HostingSession | undefined,
  environment: Environment,
): Promise<PermissionService> {
  const service = await hosting?.permissions?.();
  if (service) return service;
  throw new FaberError({
    code: "no-permissions",
    exit: "wrong-usage",
    message: `${environment.name} has no permissions to look after: hosting ${environment.hosting}`,
    hints: ["name another environment with --env"],
  });
}
