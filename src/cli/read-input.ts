import { readFile } from "node:fs/promises";
import { FaberError, messageOf } from "../core/error.ts";

/** The bytes of a file that the command line names; throws FaberError `file-unreadable`. */
export async function readInput(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new FaberError({
      code: "file-unreadable",
      exit: "wrong-usage",
      message: `cannot read ${file}: ${messageOf(error)}`,
      cause: error,
    });
  }
}
