import { readFile } from "node:fs/promises";
import { relative } from "node:path";
import { z } from "zod";
import { baselineSchema, type Baseline } from "../core/baseline.ts";
import { FaberError, messageOf } from "../core/error.ts";
import { withoutUndefined } from "../core/without-undefined.ts";
import { mostBytes } from "./parse-yaml.ts";
import { configInvalid } from "./problem.ts";
import { readDocument } from "./read-document.ts";

/** Longer than any address. */
const text = z.string().max(4_096);

const baselineFile = z.strictObject({
  schema_version: z.literal(baselineSchema, `must be ${baselineSchema}`),
  findings: z.array(
    z.strictObject({
      id: z.string().regex(/^[0-9a-f]{16}$/, "must be 16 hexadecimal digits"),
      rule: text,
      address: text.optional(),
      file: text.optional(),
      count: z.number().int().min(1).optional(),
    }),
  ),
});

/** The findings of a baseline file; undefined when there is no such file. Throws `config-invalid` with file:line. */
export async function readBaseline(file: string, cwd: string): Promise<Baseline | undefined> {
  const bytes = await bytesOf(file);
  if (bytes === undefined) return undefined;
  const found = baselineFile.safeParse(plain(bytes));
  const document = found.success ? found.data : explained(bytes, file, cwd);
  return document.findings.map(({ id, rule, ...rest }) => ({ id, rule, ...withoutUndefined(rest) }));
}

async function bytesOf(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT") return undefined;
    if (typeof code !== "string") throw error;
    throw new FaberError({
      code: "config-unreadable",
      exit: "wrong-usage",
      message: `cannot read ${file}: ${messageOf(error)}`,
      cause: error,
    });
  }
}

function plain(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    // The reader that knows places tells what is wrong.
    return undefined;
  }
}

/** The same by the reader that knows where everything stands, which takes its time. */
function explained(bytes: Buffer, file: string, cwd: string): z.infer<typeof baselineFile> {
  if (bytes.byteLength > mostBytes)
    throw configInvalid(relative(cwd, file) || file, [
      { line: 1, column: 1, text: `it is no baseline: ${whyNot(bytes)}` },
    ]);
  return readDocument(bytes, {
    file,
    cwd,
    schema: baselineFile,
    leastContent: `{ "schema_version": "${baselineSchema}", "findings": [] }`,
  }).value;
}

function whyNot(bytes: Buffer): string {
  const issue = baselineFile.safeParse(plain(bytes)).error?.issues[0];
  return issue === undefined ? "not valid" : `${issue.path.join(".")} ${issue.message}`.trim();
}
