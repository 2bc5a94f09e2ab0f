import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { compareVersions } from "./version.ts";

export interface MirroredProvider {
  /** Full source address, e.g. `registry.terraform.io/hashicorp/aws`. */
  readonly source: string;
  /** Those for this platform, lowest first. */
  readonly versions: readonly string[];
}

/** A folder with more entries than this is something else, and is not read any further. */
const mostEntries = 1000;

/** A registry's host name: its last label has letters, which `python3.11` has not. */
const hostName = /^(?:localhost|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z][a-z0-9-]*[a-z])(?::\d+)?$/i;
const namePart = /^[a-z0-9][a-z0-9_-]*$/i;
const versionName = /^\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.+-]+)?$/;

/**
 * The providers of a filesystem mirror, unpacked (`HOST/NAMESPACE/TYPE/VERSION/OS_ARCH/`) or packed
 * (`HOST/NAMESPACE/TYPE/terraform-provider-TYPE_VERSION_OS_ARCH.zip`), as Terraform's documentation of the
 * CLI configuration file lays it out. None for a folder that is no mirror.
 */
export async function readMirror(dir: string, osArch: string): Promise<readonly MirroredProvider[]> {
  const found: MirroredProvider[] = [];
  for (const host of await namesIn(dir, hostName)) {
    for (const namespace of await namesIn(join(dir, host), namePart)) {
      found.push(...(await providersOf(dir, `${host}/${namespace}`, osArch)));
    }
  }
  return found;
}

async function providersOf(
  dir: string,
  namespace: string,
  osArch: string,
): Promise<readonly MirroredProvider[]> {
  const types = await namesIn(join(dir, namespace), namePart);
  const providers = types.map(async (type) => {
    const source = `${namespace}/${type}`;
    return { source, versions: await versionsOf(join(dir, source), type, osArch) };
  });
  return (await Promise.all(providers)).filter(({ versions }) => versions.length > 0);
}

async function versionsOf(dir: string, type: string, osArch: string): Promise<readonly string[]> {
  const [start, end] = [`terraform-provider-${type}_`, `_${osArch}.zip`];
  const versions = new Set<string>();
  for (const name of await namesIn(dir, /./)) {
    if (name.startsWith(start) && name.endsWith(end)) versions.add(name.slice(start.length, -end.length));
    else if (versionName.test(name) && (await namesIn(join(dir, name), /./)).includes(osArch))
      versions.add(name);
  }
  return [...versions].filter((version) => versionName.test(version)).sort(compareVersions);
}

async function namesIn(dir: string, pattern: RegExp): Promise<readonly string[]> {
  // What is not a folder, or may not be entered, is no mirror.
  const names = await readdir(dir).catch(() => []);
  if (names.length > mostEntries) return [];
  return names.filter((name) => pattern.test(name)).sort();
}
