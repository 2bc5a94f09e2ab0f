import { existsSync } from "node:fs";
import { join } from "node:path";
import type { IacHandler } from "../contract.ts";
import { openRoot } from "../terraform/root.ts";
import { synthesise } from "./synthesise.ts";

/** A cdktf app: a program that writes Terraform JSON, which Terraform then runs. */
export const cdktf: IacHandler = {
  name: "cdktf",
  tools: ["terraform", "opentofu"],
  recognises: async (dir) => existsSync(join(dir, "cdktf.json")),
  // What the app will write is not known before it runs.
  usesCloud: async () => true,
  open: async (setting) => {
    const root = await synthesise(setting);
    const project = await openRoot(setting, root);
    // Generated JSON has no format to check.
    return {
      ...project,
      unformatted: async () => ({ ok: true, value: { checked: 0, files: [] }, diagnostics: [] }),
    };
  },
};
