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

/** Labels may stand without quotes; the state of another root may lie in the cloud as well. */
const cloudSigns =
  /"aws_|\b(?:resource|data|ephemeral)\s+aws_|\bprovider\s+"?aws\b|hashicorp\/aws|\bbackend\s+"?s3\b|"backend"\s*:\s*\{\s*"s3"|\bbackend"?\s*[=:]\s*"s3"/;

/** Every source in the module blocks of a text, in HCL and in JSON; one too many is better than one too few. */
function moduleSources(text: string): readonly string[] {
  const starts = [...text.matchAll(/\bmodule\s+"?[\w-]+"?\s*\{|"module"\s*:\s*[{[]/g)];
  const bodies = starts.map((match) => blockFrom(text, match.index + match[0].length));
  const sources = bodies.flatMap((body) => [...body.matchAll(/\bsource"?\s*[=:]\s*"([^"]+)"/g)]);
  return sources.map((match) => match[1] ?? "");
}

/** The text from behind an opening bracket to the one that closes it. */
function blockFrom(text: string, start: number): string {
  let depth = 1;
  let end = start;
  for (; end < text.length && depth > 0; end += 1) {
    const character = text[end];
    if (character === "{" || character === "[") depth += 1;
    if (character === "}" || character === "]") depth -= 1;
  }
  return text.slice(start, end);
}

async function textOf(dir: string): Promise<string> {
  const names = await readdir(dir).catch(() => []); // A module folder that is not there is validate's to report.
  const files = names.filter((name) => /\.(?:tf|tofu)(?:\.json)?$/.test(name));
  const texts = await Promise.all(files.map((name) => readFile(join(dir, name), "utf8")));
  return texts.join("\n");
}
