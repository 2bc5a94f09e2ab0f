import { open } from "node:fs/promises";
import { relative } from "node:path";
import type { z } from "zod";
import { FaberError, messageOf } from "../core/error.ts";
import { explainAll } from "./explain.ts";
import { knownKeys } from "./known-keys.ts";
import { keyAt, valueAt, type Located } from "./located.ts";
import { mostBytes, parseYaml } from "./parse-yaml.ts";
import { configInvalid, type Path, type Problem } from "./problem.ts";
import type { BrokenRule } from "./rules.ts";

/** A settings document that holds to its schema, and where each of its values stands. */
export interface ReadDocument<T> {
  /** The file as messages name it: relative to the working directory. */
  readonly label: string;
  readonly value: T;
  /** `faber.yaml:9:5`, the place of a key. */
  readonly at: (path: Path) => string;
  /** An error at the value of a path: `faber.yaml:9:12: …`. */
  readonly invalid: (path: Path, text: string, hints?: readonly string[]) => FaberError;
}

export interface DocumentSource<T> {
  /** Absolute. */
  readonly file: string;
  /** Absolute. */
  readonly cwd: string;
  readonly schema: z.ZodType<T>;
  /** Rules over more than one key. */
  readonly rules?: (value: T) => readonly BrokenRule[];
  /** What helps when the file says nothing. */
  readonly leastContent: string;
}

/** Holds the bytes of a YAML or JSON file to a schema; throws `config-invalid` with every problem at its place. */
export function readDocument<T>(bytes: Uint8Array, source: DocumentSource<T>): ReadDocument<T> {
  const label = relative(source.cwd, source.file) || source.file;
  const parsed = parseYaml(bytes);
  if (!parsed.ok) throw configInvalid(label, parsed.problems, hintsFor(parsed.problems, source.leastContent));
  const { root, place } = parsed;
  const result = source.schema.safeParse(root.value);
  if (!result.success) {
    const complaints = explainAll(result.error.issues, root, knownKeys(source.schema));
    throw configInvalid(
      label,
      complaints.map(({ offset, text }) => ({ ...place(offset), text })),
    );
  }
  const broken = source.rules?.(result.data) ?? [];
  if (broken.length > 0) {
    const problems = broken.map((rule) => ({ ...place(offsetOf(root, rule.path)), text: rule.text }));
    throw configInvalid(label, problems);
  }
  return {
    label,
    value: result.data,
    at: (path) => {
      const { line, column } = place(keyAt(root, path));
      return `${label}:${line}:${column}`;
    },
    invalid: (path, text, hints) => configInvalid(label, [{ ...place(valueAt(root, path)), text }], hints),
  };
}

/** A name that is at fault stands in the key; anything else in the value. */
function offsetOf(root: Located, path: Path): number {
  const isName = path.length === 2 && path[0] === "environments";
  return isName ? keyAt(root, path) : valueAt(root, path);
}

/** The bytes of a settings file; throws `config-unreadable`. */
export async function documentBytes(file: string): Promise<Uint8Array> {
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

function hintsFor(problems: readonly Problem[], leastContent: string): readonly string[] {
  const isEmpty = problems.some((problem) => problem.text === "the file is empty");
  return isEmpty ? [`the least it needs is a line that says: ${leastContent}`] : [];
}
