import { lstat, readFile, realpath } from "node:fs/promises";
import { relative, resolve, sep } from "node:path";
import type { Place } from "../../../src/core/finding.ts";
import { writeFileAtomically } from "../../../src/workdir/atomic-file.ts";
import type { SourceDesk, SourceLine } from "../mending.ts";

/** Lines of the project's own Terraform files; what was downloaded, generated or lies elsewhere is not touched. */
export function sourceDesk(root: string, projectDir: string): SourceDesk {
  return { line: (at) => lineAt(resolve(root, at.file), at, projectDir) };
}

async function lineAt(file: string, at: Place, projectDir: string): Promise<SourceLine> {
  const why = await whyNotOurs(file, projectDir);
  if (why !== undefined) return { kind: "refused", why: `${at.file} ${why}` };
  const text = await lineOf(file, at);
  if (text === undefined)
    return { kind: "refused", why: `${at.file} has no line ${at.line ?? "of that kind"}` };
  return { kind: "line", text, replace: (next) => replaceLine(file, at, { before: text, after: next }) };
}

async function whyNotOurs(file: string, projectDir: string): Promise<string | undefined> {
  if (!file.endsWith(".tf")) return "is not written in HCL";
  const [real, project] = await Promise.all([realpath(file).catch(() => undefined), realpath(projectDir)]);
  if (real === undefined) return "is not there";
  // A link may lead anywhere.
  if (real !== resolve(project, relative(projectDir, file))) return "is a link, or lies behind one";
  const inside = relative(project, real);
  if (inside.startsWith("..")) return "lies outside of the project";
  if (inside.split(sep).some((part) => part.startsWith("."))) return "is a copy that a tool made";
  return (await lstat(real)).isFile() ? undefined : "is no file";
}

async function lineOf(file: string, { line }: Place): Promise<string | undefined> {
  return line === undefined ? undefined : (await readFile(file, "utf8")).split("\n")[line - 1];
}

async function replaceLine(
  file: string,
  { line = 0 }: Place,
  { before, after }: { readonly before: string; readonly after: string },
): Promise<boolean> {
  const lines = (await readFile(file, "utf8")).split("\n");
  if (lines[line - 1] !== before) return false;
  lines[line - 1] = after;
  await writeFileAtomically(file, lines.join("\n"), (await lstat(file)).mode & 0o777);
  return true;
}
