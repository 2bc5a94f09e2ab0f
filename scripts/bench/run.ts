import { resolve } from "node:path";
import { benchDeploy } from "./deploy.ts";
import { benchInstall } from "./install.ts";
import { benchMemory } from "./memory.ts";
import { benchStartup } from "./startup.ts";

/** `npm run bench [-- startup|deploy|memory|install]`: measures the built program; needs a quiet machine to mean much. */
const root = resolve(import.meta.dirname, "../..");
const faber = resolve(root, "dist/src/bin.js");
const wanted = process.argv[2];
const parts: Readonly<Record<string, () => readonly string[] | Promise<readonly string[]>>> = {
  startup: () => benchStartup(faber),
  deploy: () => benchDeploy(faber),
  memory: () => benchMemory(faber),
  install: () => benchInstall(root),
};
for (const [name, part] of Object.entries(parts)) {
  if (wanted !== undefined && wanted !== name) continue;
  for (const line of await part()) process.stdout.write(`${line}\n`);
}
