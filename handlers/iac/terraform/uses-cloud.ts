import { readdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";

/**
 * Whether a root speaks to a cloud, told by its text before anything is downloaded: AWS resources, provider or
 * state backend, in the root or in its local modules. A module from elsewhere cannot be read yet: it counts as yes.
 */
export async function usesCloud(dir: string): Promise<boolean> {
  const seen = new Set<string>();
  const waiting = [resolve(dir)];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    const text = await textOf(next);
    if (cloudSigns.test(text)) return true;
    for (const source of moduleSources(text)) {
      if (!source.startsWith(".")) return true;
      waiting.push(resolve(next, source));
    }
  }
  return false;
}

const cloudSigns = /"aws_|\bprovider\s+"aws"|hashicorp\/aws|\bbackend\s+"s3"|"backend"\s*:\s*\{\s*"s3"/;

function moduleSources(text: string): readonly string[] {
  const inModules = [...text.matchAll(/\bmodule\s+"[^"]*"\s*\{[^}]*?\bsource\s*=\s*"([^"]+)"/g)];
  return inModules.map((match) => match[1] ?? "");
}

async function textOf(dir: string): Promise<string> {
  const names = await readdir(dir).catch(() => []); // A module folder that is not there is validate's to report.
  const files = names.filter((name) => /\.(?:tf|tofu)(?:\.json)?$/.test(name));
  const texts = await Promise.all(files.map((name) => readFile(join(dir, name), "utf8")));
  return texts.join("\n");
}
