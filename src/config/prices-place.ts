import { dirname, resolve } from "node:path";
import { objectAt, stringAt } from "../core/json.ts";
import { readSettings, type WhereIsTheLog } from "./issue-log-place.ts";

export interface PricesPlace {
  readonly stateDir: string;
  /** The catalogue that `cost.prices` names. */
  readonly pricesFile?: string;
}

/** Where a project has prices of its own, without the cost of checking every setting: for a plan that is given. */
export async function pricesPlace({ file, env, stateDir, cwd }: WhereIsTheLog): Promise<PricesPlace> {
  const base = file === undefined ? cwd : dirname(file);
  const settings = file === undefined ? {} : ((await readSettings(file)) ?? {});
  const given = stateDir ?? (env["FABER_STATE_DIR"] || undefined);
  const written = stringAt(objectAt(settings["state"])["dir"]) ?? ".faber";
  const prices = stringAt(objectAt(settings["cost"])["prices"]);
  return {
    stateDir: given === undefined ? resolve(base, written) : resolve(cwd, given),
    ...(prices === undefined ? {} : { pricesFile: resolve(base, prices) }),
  };
}
