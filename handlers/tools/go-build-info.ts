import { open } from "node:fs/promises";

const chunkBytes = 4 * 1024 * 1024;

/**
 * The version of a Go module that a program was built from, as the Go linker wrote it into the program
 * (`mod PATH VERSION`, see `go version -m`); undefined for a build of a source tree, which has no version.
 */
export async function goModuleVersion(program: string, modulePath: string): Promise<string | undefined> {
  const mark = `\nmod\t${modulePath}\t`;
  // Room for the version behind the mark, where a chunk ends in the middle of either.
  const overlap = mark.length + 64;
  const handle = await open(program, "r");
  try {
    const buffer = Buffer.alloc(chunkBytes + overlap);
    for (let position = 0; ; position += chunkBytes) {
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, position);
      const at = buffer.subarray(0, bytesRead).indexOf(mark);
      if (at >= 0) return /^v(\d[^\t\n]*)/.exec(buffer.toString("latin1", at + mark.length, bytesRead))?.[1];
      if (bytesRead < buffer.length) return undefined;
    }
  } finally {
    await handle.close();
  }
}
