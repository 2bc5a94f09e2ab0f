import { userInfo } from "node:os";
import type { World } from "../core/world.ts";
import { flagOption, type OptionValues } from "./define.ts";

/** The variables of faber's own surroundings that have a value. */
export function callerEnv(world: World): Readonly<Record<string, string>> {
  const set = Object.entries(world.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(set);
}

/** The same without what opens a cloud account: for tools that have no business there. */
export function withoutCloud(env: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^AWS_(?!CA_BUNDLE$)|^TF_TOKEN_/.test(name)),
  );
}

/** Whether somebody is there to answer: a terminal on both sides, no CI, and no wish to be left alone. */
export function isAttended(world: World, options: OptionValues): boolean {
  return (
    world.stdin.isTTY === true &&
    world.stderr.isTTY === true &&
    !isInCi(world) &&
    !flagOption(options, "noInput")
  );
}

/** Whether this is a job of a build server: `CI` is set, and not to a no. */
export function isInCi({ env }: Pick<World, "env">): boolean {
  const ci = env["CI"];
  return ci !== undefined && ci !== "" && ci !== "false" && ci !== "0";
}

/** The person's name on this machine, for the record of approvals: the system's word, never that of a variable. */
export function personOf(): string {
  try {
    return userInfo().username;
  } catch {
    return "unknown"; // A user ID without a name, as in some containers.
  }
}
