import { dirname } from "node:path";
import { builtInHandlers, type HandlerNames } from "./names.ts";
import { documentBytes, readDocument, type ReadDocument } from "./read-document.ts";
import { brokenRules } from "./rules.ts";
import { configSchema, type ConfigFile } from "./schema.ts";

/** A settings file that holds to the schema, and where each of its values stands. */
export interface LoadedConfig extends ReadDocument<ConfigFile> {
  /** Absolute. */
  readonly file: string;
  /** Absolute folder of the file: what its relative paths are relative to. */
  readonly folder: string;
}

export interface LoadOptions {
  /** Absolute. */
  readonly cwd: string;
  readonly handlers?: HandlerNames;
}

/** Reads and checks a settings file; throws `config-invalid` with every problem at its line and column. */
export async function loadConfig(file: string, options: LoadOptions): Promise<LoadedConfig> {
  return readConfig(await documentBytes(file), { file, ...options });
}

/** The same on bytes that are at hand. */
export function readConfig(
  bytes: Uint8Array,
  { file, cwd, handlers }: LoadOptions & { readonly file: string },
): LoadedConfig {
  const document = readDocument(bytes, {
    file,
    cwd,
    schema: configSchema(handlers ?? builtInHandlers),
    rules: brokenRules,
    leastContent: "environments: { test: {} }",
  });
  return { ...document, file, folder: dirname(file) };
}
