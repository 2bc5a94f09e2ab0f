import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { loadTypeActions } from "../handlers/hosting/permissions/type-actions.ts";
import { toolPath } from "../tests/helpers/tools.ts";
import { objectAt } from "../src/core/json.ts";
import { cutReference, readReference } from "./record-actions/authorization.ts";
import { openBench, providerVersion } from "./record-actions/bench.ts";
import { actionsUsed, rowsOf } from "./record-actions/generate.ts";
import { idleIn, proveRoot, type Proof } from "./record-actions/prove.ts";
import { changes, recordRoot, type Recording } from "./record-actions/record.ts";

/**
 * `npx tsx scripts/record-actions.ts COMMAND`: what docs/dev/recording-actions.md tells.
 */
const here = join(import.meta.dirname, "record-actions");
const recordedFile = join(here, "recorded.json");
const port = Number(process.env["RECORD_PORT"] ?? 4740);
const asset = join(here, "../../handlers/hosting/permissions/assets/type-actions.json");
const [command, ...names] = process.argv.slice(2);

if (command === "record") await record();
else if (command === "reference") await reference();
else if (command === "generate") await generate();
else if (command === "prove") await prove();
else
  throw new Error(
    "usage: record-actions.ts record [ROOT…] | reference IAM_DEFINITION | generate | prove [ROOT…]",
  );

async function record(): Promise<void> {
  const bench = await openBench({ port, ministack: tool("ministack"), terraform: tool("terraform") });
  // A recording of everything starts anew.
  const known = names.length === 0 ? {} : await recorded();
  try {
    await eachRoot(async (root, account) => {
      const started = performance.now();
      const { recording, remarks } = await recordRoot(bench, root, account);
      merge(known, recording);
      await writeRecorded(known);
      const seconds = Math.round((performance.now() - started) / 1_000);
      process.stdout.write(
        `${root.replace(/^.*\//, "")} ${seconds} s\n${remarks.map((line) => `  ${line}\n`).join("")}`,
      );
    });
  } finally {
    await bench.stop();
  }
}

async function reference(): Promise<void> {
  const [file] = names;
  if (file === undefined) throw new Error("which iam-definition.json?");
  const definition: unknown = JSON.parse(await readFile(file, "utf8"));
  await cutReference(objectAt(definition), actionsUsed(await recorded()));
}

async function generate(): Promise<void> {
  const rows = rowsOf(await recorded(), await readReference());
  const lines = [...rows].map(([type, row]) => `${JSON.stringify(type)}:${JSON.stringify(row)}`);
  const head = `{"version":1,"provider":"hashicorp/aws","providerVersion":"${providerVersion}","types":{`;
  await writeFile(asset, `${head}\n${lines.join(",\n")}\n}}\n`);
  const recordedRows = [...rows.values()].filter(({ source }) => source === "recorded").length;
  process.stdout.write(`${recordedRows} types recorded, ${rows.size - recordedRows} documented\n`);
}

async function prove(): Promise<void> {
  const settings = { AUTH: "true" };
  const bench = await openBench({
    port,
    ministack: tool("ministack"),
    terraform: tool("terraform"),
    settings,
  });
  const actionsFor = loadTypeActions();
  const proofs: Proof[] = [];
  let roots = 0;
  try {
    roots = await eachRoot(async (root, account) => {
      const proof = await proveRoot(bench, root, account, actionsFor);
      const { name, actions, faults, elsewhere, steady } = proof;
      proofs.push(proof);
      const lines = [
        `${name}: ${actions} actions, ${faults.length === 0 ? "green" : "NOT GREEN"}${steady ? "" : ", second plan not empty"}`,
        ...faults.map((fault) => `  ${fault}`),
        ...(elsewhere.length === 0 ? [] : [`  checked on another resource: ${elsewhere.join(" ")}`]),
      ];
      process.stdout.write(`${lines.join("\n")}\n`);
    });
  } finally {
    await bench.stop();
  }
  const uses = new Set(proofs.flatMap((proof) => [...proof.uses]));
  const idle = idleIn(proofs);
  const green = proofs.filter(({ faults }) => faults.length === 0).length;
  process.stdout.write(
    `${green} of ${roots} roots green; of ${uses.size} uses in the table ${idle.length} have no call behind them\n${idle.map((line) => `  ${line}\n`).join("")}`,
  );
}

/** Two at a time, and how many: most of a root's time is the provider's own waiting. */
async function eachRoot(work: (root: string, account: string) => Promise<void>): Promise<number> {
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
  return wanted.length;
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
