import { readFile, stat } from "node:fs/promises";
import { messageOf } from "../../src/core/error.ts";

export type WrittenReport =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "unwritten" }
  | { readonly kind: "unreadable"; readonly why: string };

/** Looks at a file before a command runs; the answer reads what that command has written into it since, and no older. */
export async function watchReport(file: string): Promise<() => Promise<WrittenReport>> {
  const before = await stampOf(file);
  return async () => {
    const after = await stampOf(file);
    if (after === undefined || after === before) return { kind: "unwritten" };
    try {
      return { kind: "text", text: await readFile(file, "utf8") };
    } catch (error) {
      return { kind: "unreadable", why: messageOf(error) };
    }
  };
}

/** What changes when a file is written; nothing when it is not there. */
async function stampOf(file: string): Promise<string | undefined> {
  try {
    const { mtimeMs, size, ino } = await stat(file);
    return [mtimeMs, size, ino].join(" ");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
