import { open } from "node:fs/promises";
import { dirname, relative } from "node:path";
import { FaberError, messageOf } from "../core/error.ts";
import { explainAll } from "./explain.ts";
import { knownKeys } from "./known-keys.ts";
import { keyAt, valueAt, type Located } from "./located.ts";
import { builtInHandlers, type HandlerNames } from "./names.ts";
import { mostBytes, parseYaml, type ParsedYaml } from "./parse-yaml.ts";
import { configInvalid, type Path, type Problem } from "./problem.ts";
import { brokenRules } from "./rules.ts";
import { configSchema, type ConfigFile } from "./schema.ts";

/** A settings file that holds to the schema, and where each of its values stands. */
export interface LoadedConfig {
  /** Absolute. */
  readonly file: string;
  /** Absolute folder of the file: what its relative paths are relative to. */
  readonly folder: string;
  /** The file as messages name it: relative to the working directory. */
  readonly label: string;
  readonly value: ConfigFile;
  /** `faber.yaml:9:5`, the place of a key. */
  readonly at: (path: Path) => string;
  /** An error at the value of a path: `faber.yaml:9:12: …`. */
  readonly invalid: (path: Path, text: string, hints?: readonly string[]) => FaberError;
}

export interface LoadOptions {
  /** Absolute. */
  readonly cwd: string;
  readonly handlers?: HandlerNames;
}

/** Reads and checks a settings file; throws `config-invalid` with every problem at its line and column. */
export async function loadConfig(file: string, options: LoadOptions): Promise<LoadedConfig> {
  return readConfig(await bytesOf(file), { file, ...options });
}

/** The same on bytes that are at hand. */
export function readConfig(
  bytes: Uint8Array,
  { file, cwd, handlers }: LoadOptions & { readonly file: string },
): LoadedConfig {
  const label = relative(cwd, file) || file;
  const parsed = parseYaml(bytes);
  if (!parsed.ok) throw configInvalid(label, parsed.problems, hintsFor(parsed.problems));
  const checked = check(parsed, handlers ?? builtInHandlers);
  if (!checked.ok) throw configInvalid(label, checked.problems);
  const { root, place } = parsed;
  const at = (path: Path): string => {
    const { line, column } = place(keyAt(root, path));
    return `${label}:${line}:${column}`;
  };
  const invalid = (path: Path, text: string, hints?: readonly string[]): FaberError =>
    configInvalid(label, [{ ...place(valueAt(root, path)), text }], hints);
  return { file, folder: dirname(file), label, value: checked.value, at, invalid };
}

type Checked =
  | { readonly ok: true; readonly value: ConfigFile }
  | { readonly ok: false; readonly problems: readonly Problem[] };

function check({ root, place }: ParsedYaml & { ok: true }, handlers: HandlerNames): Checked {
  const schema = configSchema(handlers);
  const result = schema.safeParse(root.value);
  if (!result.success) {
    const complaints = explainAll(result.error.issues, root, knownKeys(schema));
    return { ok: false, problems: complaints.map(({ offset, text }) => ({ ...place(offset), text })) };
  }
  const broken = brokenRules(result.data);
  if (broken.length === 0) return { ok: true, value: result.data };
  return {
    ok: false,
    problems: broken.map((rule) => ({ ...place(offsetOf(root, rule.path)), text: rule.text })),
  };
}

/** A name that is at fault stands in the key; anything else in the value. */
function offsetOf(root: Located, path: Path): number {
  const isName = path.length === 2 && path[0] === "environments";
  return isName ? keyAt(root, path) : valueAt(root, path);
}

async function bytesOf(file: string): Promise<Uint8Array> {
  try {
    const handle = await open(file, "r");
    try {
      // One byte more than the limit tells that a file is too large without reading all of it.
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(mostBytes + 1), 0, mostBytes + 1, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (typeof code !== "string") throw error;
    throw new FaberError({
      code: "config-unreadable",
      exit: "wrong-usage",
      message: `cannot read ${file}: ${messageOf(error)}`,
      cause: error,
    });
  }
}

function hintsFor(problems: readonly Problem[]): readonly string[] {
  const isEmpty = problems.some((problem) => problem.text === "the file is empty");
  return isEmpty ? ["the least it needs is a line that says: environments: { test: {} }"] : [];
}
