import { readdir } from "node:fs/promises";
import type { IacHandler } from "../contract.ts";
import { openRoot } from "./root.ts";
import { usesCloud } from "./uses-cloud.ts";

/** Terraform and what descends from it differ in the program's name alone. */
export function terraformLike(name: "terraform" | "opentofu"): IacHandler {
  return {
    name,
    tools: [name],
    recognises: async (dir) => (await readdir(dir)).some((file) => /\.(?:tf|tofu)(?:\.json)?$/.test(file)),
    usesCloud,
    open: (setting) => openRoot(setting, setting.environment.dir),
  };
}
