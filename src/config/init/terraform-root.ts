import { join } from "node:path";
import { listFolder, textOf } from "./files.ts";

/** A folder that Terraform can be run in, as its files look from outside. */
export interface RootFact {
  readonly dir: string;
  /** Type of the backend block. */
  readonly backend?: string;
  /** Whether the backend block says nothing: its settings are given at init. */
  readonly backendIsPartial: boolean;
  /** Region that the AWS provider block writes out. */
  readonly region?: string;
  readonly isOpenTofu: boolean;
}

const mostFiles = 200;
const mostCharacters = 1_000_000;

export async function readRoot(folder: string, dir: string): Promise<RootFact | undefined> {
  const entries = await listFolder(folder);
  const names = entries
    .filter((entry) => entry.isFile() && /\.(?:tf|tofu)$/.test(entry.name))
    .map((entry) => entry.name);
  if (names.length === 0) return undefined;
  let text = "";
  for (const name of names.slice(0, mostFiles)) text += `${(await textOf(join(folder, name))) ?? ""}\n`;
  const code = withoutComments(text.slice(0, mostCharacters));
  if (!/^\s*(?:provider|resource|module)\s*"[^"\n]*"|^\s*terraform\s*\{/m.test(code)) return undefined;
  const backend = /\bbackend\s*"([a-z0-9_]+)"\s*\{([^}]*)\}/.exec(code);
  const region = /\bprovider\s*"aws"\s*\{[^}]*?\bregion\s*=\s*"([a-z0-9-]+)"/.exec(code)?.[1];
  return {
    dir,
    ...(backend?.[1] === undefined ? {} : { backend: backend[1] }),
    backendIsPartial: backend !== null && backend[2]?.trim() === "",
    ...(region === undefined ? {} : { region }),
    isOpenTofu: names.some((name) => name.endsWith(".tofu")),
  };
}

/** Good enough to find blocks by: strings are kept apart so that `#` and `//` inside them are no comments. */
function withoutComments(text: string): string {
  return text.replace(/"(?:[^"\\\n]|\\.)*"|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (match) =>
    match.startsWith('"') ? match : "",
  );
}
