import { randomUUID } from "node:crypto";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { told, type Told } from "../../../src/core/diagnostic.ts";
import { makePrivateDir, writeFileAtomically } from "../../../src/workdir/atomic-file.ts";
import { succeeded, type Ran } from "../../../src/process/run.ts";
import type { IacSetting } from "../contract.ts";
import type { LockFileChange, ProviderDesk } from "../mending.ts";
import { initRoot, versionsIn } from "./init.ts";
import { query, textAnswer, type Invocation } from "./invocation.ts";

const lockFileName = ".terraform.lock.hcl";

/** Work on the dependency lock file: https://developer.hashicorp.com/terraform/language/files/dependency-lock */
export function providerDesk(setting: IacSetting, invocation: Invocation): ProviderDesk {
  const file = join(invocation.root, lockFileName);
  const writeLockFile = async (text: string | undefined): Promise<void> => {
    if (text === undefined) await rm(file, { force: true });
    else await writeFileAtomically(file, text, 0o644);
  };
  /** Lets Terraform write the file, and puts back what was there. */
  const trial = async (attempt: () => Promise<Told<unknown>>): Promise<Told<LockFileChange>> => {
    const before = await readText(file);
    try {
      const answer = await attempt();
      return answer.ok ? told({ before, after: await readText(file) }, answer.diagnostics) : answer;
    } finally {
      await writeLockFile(before);
    }
  };
  return {
    previewUpgrade: () => trial(() => upgradeInScratch(setting, invocation)),
    upgrade: async () => {
      const answer = await initRoot({ ...setting, upgrade: true }, invocation, { backend: true });
      return answer.ok ? told(undefined, answer.diagnostics) : answer;
    },
    previewPlatforms: async (platforms) => {
      let from: string | undefined;
      const tried = await trial(async () => {
        const locked = await lockPlatforms(setting, invocation, platforms);
        if (locked.ok) from = locked.value.mirror;
        return locked;
      });
      return tried.ok && from !== undefined ? { ...tried, value: { ...tried.value, mirror: from } } : tried;
    },
    platform: `${systems[process.platform] ?? process.platform}_${machines[process.arch] ?? process.arch}`,
    writeLockFile,
    versionsIn: (text) => versionsIn(text ?? ""),
  };
}

/** As Go names them. */
const systems: Readonly<Record<string, string>> = { win32: "windows" };
const machines: Readonly<Record<string, string>> = { x64: "amd64", ia32: "386" };

/** With a data folder of its own, so that what is installed stays as it is. */
async function upgradeInScratch(setting: IacSetting, invocation: Invocation): Promise<Told<unknown>> {
  const dir = join(invocation.scratchDir, `upgrade-${randomUUID()}`);
  await makePrivateDir(dir);
  const elsewhere = { ...invocation, env: { ...invocation.env, TF_DATA_DIR: dir } };
  try {
    return await initRoot({ ...setting, upgrade: true }, elsewhere, { backend: false });
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** From the providers' own registries, who sign them, and where those cannot be reached from the mirrors of this run. */
async function lockPlatforms(
  { cliConfig }: IacSetting,
  invocation: Invocation,
  platforms: readonly string[],
): Promise<Told<{ readonly mirror?: string }>> {
  const wanted = platforms.map((platform) => `-platform=${platform}`);
  const lock = (from: readonly string[]): Promise<Ran> =>
    query(invocation, ["providers", "lock", ...from, ...wanted]);
  const origin = await lock([]);
  if (succeeded(origin)) return told({});
  for (const mirror of await mirrorsIn(cliConfig.file)) {
    if (succeeded(await lock([`-fs-mirror=${mirror}`]))) return told({ mirror });
  }
  return textAnswer(origin, "terraform providers lock", () => ({}));
}

/** Folders of a CLI configuration, as faber writes it. */
async function mirrorsIn(file: string | undefined): Promise<readonly string[]> {
  const text = file === undefined ? "" : ((await readText(file)) ?? "");
  return [...text.matchAll(/filesystem_mirror\s*\{\s*path\s*=\s*"([^"]+)"/g)].map((match) => match[1] ?? "");
}

async function readText(file: string): Promise<string | undefined> {
  return readFile(file, "utf8").catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  });
}
