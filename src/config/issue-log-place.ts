import { readFile } from "node:fs/promises";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { objectAt, stringAt } from "../core/json.ts";

export interface WhereIsTheLog {
  /** Absolute path of the settings file; absent when there is none. */
  readonly file: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Value of `--state-dir`. */
  readonly stateDir: string | undefined;
  /** Absolute, `--chdir` applied. */
  readonly cwd: string;
}

/**
 * Where the issue log is, without the cost of checking every setting: a diagnosis should not wait for that. A
 * settings file that is wrong answers nothing here; whoever resolves all of it says what is wrong.
 */
export async function issueLogPlace({
  file,
  env,
  stateDir,
  cwd,
}: WhereIsTheLog): Promise<string | undefined> {
  const base = file === undefined ? cwd : dirname(file);
  const settings = file === undefined ? {} : await readSettings(file);
  if (settings === undefined) return undefined;
  const url = stringAt(objectAt(settings["issue_log"])["url"]);
  if (url !== undefined)
    return isAbsolute(url) || /^[a-z][a-z0-9+.-]+:\/\//i.test(url) ? url : join(base, url);
  const given = stateDir ?? (env["FABER_STATE_DIR"] || undefined);
  if (given !== undefined) return join(resolve(cwd, given), "issue-log.db");
  return join(resolve(base, stringAt(objectAt(settings["state"])["dir"]) ?? ".faber"), "issue-log.db");
}

/** Settings without the cost of checking them; undefined for a file that is no YAML. */
export async function readSettings(file: string): Promise<ReturnType<typeof objectAt> | undefined> {
  const { parseYaml } = await import("./parse-yaml.ts");
  const parsed = parseYaml(await readFile(file));
  return parsed.ok ? objectAt(parsed.root.value) : undefined;
}
