import { randomUUID } from "node:crypto";
import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Told } from "../../../src/core/diagnostic.ts";
import { isAlive } from "../../../src/process/group.ts";
import { writeFileAtomically } from "../../../src/workdir/atomic-file.ts";
import type { AgreedImport, ImportWish } from "../mending.ts";

/** The imports that every plan of a run brings along. */
export interface KeptImports {
  readonly agreed: () => readonly AgreedImport[];
  readonly agree: (imports: readonly AgreedImport[]) => void;
  readonly withdraw: (addresses: readonly string[]) => void;
}

export function keepImports(): KeptImports {
  let kept: readonly AgreedImport[] = [];
  const without = (addresses: readonly string[]): readonly AgreedImport[] =>
    kept.filter(({ address }) => !addresses.includes(address));
  return {
    agreed: () => kept,
    agree: (imports) => {
      kept = [...without(imports.map(({ address }) => address)), ...imports];
    },
    withdraw: (addresses) => {
      kept = without(addresses);
    },
  };
}

const name = /^faber-import-(\d+)-[\w-]+\.tf$/;

/**
 * Makes a plan while import blocks lie beside the user's files, where alone Terraform reads them; the file is gone
 * when the plan is made, and the plan holds all that an apply needs. Format:
 * https://developer.hashicorp.com/terraform/language/block/import
 */
export async function withImportBlocks<T>(
  root: string,
  imports: readonly ImportWish[],
  plan: () => Promise<Told<T>>,
): Promise<Told<T>> {
  await clearAbandoned(root);
  if (imports.length === 0) return plan();
  const file = join(root, `faber-import-${process.pid}-${randomUUID().slice(0, 8)}.tf`);
  await writeFileAtomically(file, importBlocks(imports), 0o644);
  try {
    return await plan();
  } finally {
    await rm(file, { force: true });
  }
}

export function importBlocks(imports: readonly ImportWish[]): string {
  const blocks = imports.map(({ address, id }) => `import {\n  to = ${address}\n  id = ${quoted(id)}\n}\n`);
  return `${mark}\n${blocks.join("\n")}`;
}

const mark = "# Written by faber for one plan, and removed after it.";

/** A text of HCL, in which nothing is an expression. */
function quoted(text: string): string {
  return JSON.stringify(text)
    .replaceAll("${", () => "$${")
    .replaceAll("%{", "%%{");
}

/** What a process that was killed while it planned left behind would be a part of every plan from then on. */
async function clearAbandoned(root: string): Promise<void> {
  for (const file of await readdir(root)) {
    const pid = name.exec(file)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    const text = await readFile(join(root, file), "utf8").catch(() => ""); // Gone meanwhile.
    if (text.startsWith(mark)) await rm(join(root, file), { force: true });
  }
}
