import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { writeFileAtomically } from "../../../src/workdir/atomic-file.ts";
import { emulatorDir } from "./record.ts";

export interface DummyProfiles {
  /** Absolute: AWS_CONFIG_FILE. */
  readonly config: string;
  /** Absolute: AWS_SHARED_CREDENTIALS_FILE. */
  readonly credentials: string;
}

/**
 * Profiles with the emulator's dummy keys, under every name that the root asks for. A provider block may name a
 * profile: without these it would fail, or would find the real keys of the person's own files.
 */
export async function writeDummyProfiles(input: {
  readonly root: string;
  readonly stateDir: string;
  readonly key: string;
  readonly region: string;
}): Promise<DummyProfiles> {
  const { root, stateDir, key, region } = input;
  const names = ["default", ...(await profilesIn(root))];
  const dir = emulatorDir(stateDir);
  const files: DummyProfiles = {
    config: join(dir, `aws-config-${key}`),
    credentials: join(dir, `aws-credentials-${key}`),
  };
  const sections = [...new Set(names)];
  const credentials = sections.map(
    (name) => `[${name}]\naws_access_key_id = ${key}\naws_secret_access_key = test\n`,
  );
  const config = sections.map(
    (name) => `[${name === "default" ? name : `profile ${name}`}]\nregion = ${region}\n`,
  );
  await writeFileAtomically(files.credentials, credentials.join("\n"));
  await writeFileAtomically(files.config, config.join("\n"));
  return files;
}

/** Profile names written out in the root's files; one that comes from a variable cannot be seen here. */
async function profilesIn(root: string): Promise<readonly string[]> {
  const names = (await readdir(root)).filter((name) => /\.(?:tf|tofu|tfvars)(?:\.json)?$/.test(name));
  const texts = await Promise.all(names.map((name) => readFile(join(root, name), "utf8")));
  return texts.flatMap((text) =>
    [...text.matchAll(/profile"?\s*[=:]\s*"([A-Za-z0-9_.@+-]{1,128})"/g)].map((match) => match[1] ?? ""),
  );
}
