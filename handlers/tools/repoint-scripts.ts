import { chmod, lstat, readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { writeFileAtomically } from "../../src/workdir/atomic-file.ts";

/** What Linux reads of a script's first line in its oldest supported versions. */
const longestFirstLine = 127;

/**
 * Makes a virtual environment's scripts name the folder it is about to be renamed to: they hold its path in their
 * first line, and `pyvenv.cfg` and the `activate` scripts hold it too.
 */
export async function repointScripts(venv: string, place: string): Promise<void> {
  const bin = join(venv, "bin");
  const files = (await readdir(bin)).map((name) => join(bin, name));
  for (const file of [...files, join(venv, "pyvenv.cfg")]) {
    // `bin/python` is a link to the interpreter, which is not ours to touch.
    if ((await lstat(file)).isFile()) await repoint(file, venv, place);
  }
}

async function repoint(file: string, from: string, to: string): Promise<void> {
  const bytes = await readFile(file);
  if (bytes.includes(0) || !bytes.includes(from)) return;
  const { mode } = await stat(file);
  const text = bytes.toString("utf8").replaceAll(from, to);
  await writeFileAtomically(file, withWorkingFirstLine(text, join(to, "bin")));
  await chmod(file, mode);
}

/**
 * pip gives scripts that a package brings ready-made a first line that no system can follow when the path has a
 * space in it (as Apple's data folder has) or is too long: those get the words that are both shell and Python.
 */
function withWorkingFirstLine(text: string, bin: string): string {
  const [first = ""] = text.split("\n", 1);
  const interpreter = first.slice("#!".length);
  if (!first.startsWith("#!") || !interpreter.startsWith(bin)) return text;
  if (!/\s/.test(interpreter) && first.length <= longestFirstLine) return text;
  const quoted = interpreter.replace(/["$`\\]/g, "\\$&");
  return `#!/bin/sh\n'''exec' "${quoted}" "$0" "$@"\n' '''${text.slice(first.length)}`;
}
