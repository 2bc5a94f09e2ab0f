import type { ObjectStorage } from "../../handlers/hosting/contract.ts";
import { FaberError } from "../core/error.ts";
import type { Invocation } from "./define.ts";
import { locateHelpers, surroundingsOf } from "./locate-tools.ts";
import { openHost } from "./open-host.ts";
import { identify, openHosting } from "./open-hosting.ts";
import { loadSettings } from "./settings.ts";

/** Whether a place is an object's address and no path. */
export function isObjectAddress(place: string): boolean {
  return place.startsWith("s3://");
}

/** The object storage of the environment that a command names, once its hosting has said who is calling. */
export async function openObjects(invocation: Invocation): Promise<ObjectStorage> {
  const { world, signal, redactor } = invocation;
  const { environment } = await loadSettings(invocation);
  const { toolPaths, dir } = environment;
  const helpers = await locateHelpers(await surroundingsOf(world, toolPaths, { cwd: dir, signal }), [
    "ministack",
  ]);
  const host = await openHost(invocation, redactor, []);
  try {
    const hosting = await openHosting(
      invocation,
      { ...environment, toolPaths: { ...helpers, ...toolPaths } },
      host,
    );
    await identify(hosting, redactor, host);
    if (hosting.objects) return hosting.objects;
    throw new FaberError({
      code: "no-object-storage",
      exit: "wrong-usage",
      message: `hosting ${environment.hosting} of ${environment.name} stores no objects`,
      hints: ["name a folder or a file instead, or another environment with --env"],
    });
  } finally {
    host.close();
  }
}
