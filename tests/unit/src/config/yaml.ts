import { readConfig, type LoadedConfig } from "../../../../src/config/load.ts";

/** A settings file at /project/faber.yaml, seen from /project. */
export function fromYaml(text: string | Uint8Array, folder = "/project"): LoadedConfig {
  const bytes = typeof text === "string" ? Buffer.from(text) : text;
  return readConfig(bytes, { file: `${folder}/faber.yaml`, cwd: folder });
}

/** What `action` throws, or nothing. */
export function thrownBy(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  return undefined;
}
