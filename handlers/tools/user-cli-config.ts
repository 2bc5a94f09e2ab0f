import { readdir, readFile } from "node:fs/promises";
import { isAbsolute, join, resolve } from "node:path";
import { unreadableConfig } from "./cli-config-errors.ts";

type Env = Readonly<Record<string, string | undefined>>;

/** The CLI configuration that Terraform or OpenTofu would read if faber did nothing. */
export interface UserCliConfig {
  /** Absolute path that TF_CLI_CONFIG_FILE names, whether something is there or not. */
  readonly named?: string;
  /** What is there, in the order in which it would be read. */
  readonly files: readonly { readonly path: string; readonly text: string }[];
}

export interface UserCliConfigSearch {
  readonly env: Env;
  readonly home: string;
  readonly tool: "terraform" | "opentofu";
}

/**
 * By the rules of the documented "CLI Configuration File": the variable names the only file; without it the file in
 * the home folder and every `*.tfrc` and `*.tfrc.json` of the configuration folder are read together.
 */
export async function readUserCliConfig({ env, home, tool }: UserCliConfigSearch): Promise<UserCliConfig> {
  // TERRAFORM_CONFIG is the older name, still honoured by both tools.
  const named = env["TF_CLI_CONFIG_FILE"] || env["TERRAFORM_CONFIG"];
  if (named !== undefined && named !== "") {
    const path = resolve(named);
    return { named: path, files: await readThose([path]) };
  }
  const main = await readFirst(mainFiles(env, home, tool));
  const folder = join(home, ".terraform.d");
  const extra = (await readdir(folder).catch(() => [])).filter(isConfigFile).sort();
  return { files: [...main, ...(await readThose(extra.map((name) => join(folder, name))))] };
}

/** `credentials.tfrc.json` is where logging in keeps tokens: the tools read that one whatever the variable says. */
function isConfigFile(name: string): boolean {
  return /\.tfrc(?:\.json)?$/.test(name) && name !== "credentials.tfrc.json";
}

function mainFiles(env: Env, home: string, tool: UserCliConfigSearch["tool"]): readonly string[] {
  const terraformrc = join(home, ".terraformrc");
  if (tool === "terraform") return [terraformrc];
  const xdg = env["XDG_CONFIG_HOME"];
  const modern = xdg !== undefined && isAbsolute(xdg) ? [join(xdg, "opentofu", "tofurc")] : [];
  return [join(home, ".tofurc"), terraformrc, ...modern];
}

async function readFirst(paths: readonly string[]): Promise<UserCliConfig["files"]> {
  for (const path of paths) {
    const found = await readThose([path]);
    if (found.length > 0) return found;
  }
  return [];
}

async function readThose(paths: readonly string[]): Promise<UserCliConfig["files"]> {
  const found: { path: string; text: string }[] = [];
  for (const path of paths) {
    const text = await readIfThere(path);
    if (text !== undefined) found.push({ path, text });
  }
  return found;
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw unreadableConfig(path, error);
  }
}
