import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { toolPath } from "../../tests/helpers/tools.ts";
import { openBench, providerVersion } from "./bench.ts";
import { changes, recordRoot, type Recording } from "./record.ts";

/**
 * `npx tsx scripts/record-actions/run.ts record|prove|generate [ROOT…]`: what docs/dev/recording-actions.md tells.
 */
const here = import.meta.dirname;
const recordedFile = join(here, "recorded.json");
const [command, ...names] = process.argv.slice(2);

if (command === "record") await record();
else throw new Error("usage: run.ts record|prove|generate [ROOT…]");

async function record(): Promise<void> {
  const bench = await openBench({ port: 4740, ministack: tool("ministack"), terraform: tool("terraform") });
  // A recording of everything starts anew.
  const known = names.length === 0 ? {} : await recorded();
  try {
    await eachRoot(async (root, account) => {
      const started = performance.now();
      const { recording, remarks } = await recordRoot(bench, root, account);
      merge(known, recording);
      await writeRecorded(known);
      const seconds = Math.round((performance.now() - started) / 1_000);
      process.stdout.write(`${root.replace(/^.*\//, "")} ${seconds} s\n${remarks.map((line) => `  ${line}\n`).join("")}`);
    });
  } finally {
    await bench.stop();
  }
}

/** Two at a time: most of a root's time is the provider's own waiting. */
async function eachRoot(work: (root: string, account: string) => Promise<void>): Promise<void> {
  const all = (await readdir(join(here, "roots"))).filter((name) => name.endsWith(".tf")).sort();
  const wanted = all.filter((name) => names.length === 0 || names.includes(name.slice(0, -3)));
  const queue = wanted.map((name) => ({ name, account: String(all.indexOf(name) + 1).padStart(12, "7") }));
  const worker = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      await work(join(here, "roots", next.name), next.account).catch((error: unknown) => {
        process.stdout.write(`${next?.name} failed: ${String(error)}\n`);
      });
    }
  };
  await Promise.all([worker(), worker()]);
}

async function recorded(): Promise<Recording> {
  const text = await readFile(recordedFile, "utf8").catch(() => '{"types":{}}');
  return (JSON.parse(text) as { types: Recording }).types;
}

/** A type that several roots use did in each of them what that root made it do. */
function merge(known: Recording, fresh: Recording): void {
  for (const [type, byChange] of Object.entries(fresh)) {
    const before = known[type] ?? {};
    known[type] = Object.fromEntries(
      changes.flatMap((change) => {
        const lines = new Set([...(before[change] ?? []), ...(byChange[change] ?? [])]);
        return lines.size === 0 ? [] : [[change, [...lines].sort()]];
      }),
    );
  }
}

async function writeRecorded(types: Recording): Promise<void> {
  const lines = Object.keys(types)
    .sort()
    .map((type) => `${JSON.stringify(type)}:${JSON.stringify(types[type])}`);
  const text = `{"provider":"hashicorp/aws","version":"${providerVersion}","types":{\n${lines.join(",\n")}\n}}\n`;
  await writeFile(recordedFile, text);
}

function tool(name: "ministack" | "terraform"): string {
  const path = toolPath(name);
  if (path === undefined) throw new Error(`${name} is not installed: faber doctor --install`);
  return path;
}
