import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { FaberError } from "../core/error.ts";
import { reportFormats, type ReportFormat } from "../core/report.ts";
import { unwritable } from "../workdir/atomic-file.ts";
import type { Invocation } from "./define.ts";

/** A document that a run is to write. */
export interface ReportTarget {
  readonly format: ReportFormat;
  /** Absolute. */
  readonly file: string;
}

/** What `--report FORMAT=FILE` asks for; throws FaberError for what it cannot mean. */
export function reportTargets({ world, options }: Invocation): readonly ReportTarget[] {
  const given = options["report"];
  const texts = Array.isArray(given) ? given.map(String) : [];
  const targets = texts.map((text) => targetOf(text, world.cwd));
  const twice = targets.find(
    ({ file }, index) => targets.findIndex((other) => other.file === file) !== index,
  );
  if (twice === undefined) return targets;
  throw new FaberError({
    code: "wrong-value",
    exit: "wrong-usage",
    message: `--report names ${twice.file} twice`,
    hints: ["give each format a file of its own"],
  });
}

/** Looks at every target before a run begins; throws FaberError for what could not be written when it has ended. */
export async function checkReportTargets(invocation: Invocation): Promise<void> {
  for (const { file } of reportTargets(invocation)) await checkWritable(file);
}

/** Throws FaberError when a file cannot be made or replaced; its folder need not exist yet. */
export async function checkWritable(file: string): Promise<void> {
  const there = await kindOf(file);
  if (there !== "missing" && there !== "file") throw cannotWrite(file, `a ${there} is in the way`);
  let folder = dirname(file);
  while ((await kindOf(folder)) === "missing" && dirname(folder) !== folder) folder = dirname(folder);
  if ((await kindOf(folder)) !== "folder") throw cannotWrite(file, "a part of the path is a file");
  try {
    await access(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw unwritable(file, error);
  }
}

/** The format that `text` names; throws FaberError, naming the flag. */
export function formatOf(text: string | undefined, flag: string): ReportFormat {
  const name = text?.toLowerCase() ?? "";
  const format = reportFormats.find((candidate) => candidate === (aliases[name] ?? name));
  if (format !== undefined) return format;
  throw new FaberError({
    code: "wrong-value",
    exit: "wrong-usage",
    message: text === undefined ? `${flag} is missing` : `${flag} knows no format "${text}"`,
    hints: [`formats: ${reportFormats.join(", ")}`],
  });
}

/** What people call them as well. */
const aliases: Readonly<Record<string, ReportFormat>> = {
  markdown: "md",
  yml: "yaml",
  htm: "html",
  xml: "junit",
  codequality: "gitlab",
};

function targetOf(text: string, cwd: string): ReportTarget {
  const at = text.indexOf("=");
  const file = text.slice(at + 1);
  if (at > 0 && file !== "" && file !== "-")
    return { format: formatOf(text.slice(0, at), "--report"), file: resolve(cwd, file) };
  throw new FaberError({
    code: "wrong-value",
    exit: "wrong-usage",
    message: `--report wants FORMAT=FILE, and got "${text}"`,
    hints: ["for example: --report html=report.html", `formats: ${reportFormats.join(", ")}`],
  });
}

async function kindOf(path: string): Promise<"missing" | "file" | "folder" | "device"> {
  try {
    const found = await stat(path);
    return found.isFile() ? "file" : found.isDirectory() ? "folder" : "device";
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR"))
      return "missing";
    throw unwritable(path, error);
  }
}

function cannotWrite(file: string, why: string): FaberError {
  return new FaberError({
    code: "cannot-write",
    exit: "wrong-usage",
    message: `cannot write ${file}: ${why}`,
    hints: ["choose another file"],
  });
}
