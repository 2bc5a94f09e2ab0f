import type { Tool, ToolSurroundings } from "./contract.ts";
import type { Release } from "./download.ts";
import { pins } from "./pins.ts";
import { goPlatform } from "./release-platform.ts";
import { installZip, type ZippedTool } from "./release-zip.ts";
import { searchTool, type ToolSearch } from "./search.ts";
import { terraformVersion } from "./terraform-version.ts";

const howToGet =
  "get Terraform 1.5 or later from https://developer.hashicorp.com/terraform/install (or your package manager) " +
  "and put it on PATH, or name it with FABER_TF_PATH; OpenTofu does as well";

const search: ToolSearch = {
  name: "terraform",
  command: "terraform",
  ownPath: "bin/terraform",
  versionOf: terraformVersion,
};

const zipped: ZippedTool = {
  name: "terraform",
  program: "terraform",
  version: pins.terraform,
  release: terraformRelease,
  versionOf: terraformVersion,
  howToGet,
};

export const terraform: Tool = {
  name: "terraform",
  purpose: "plans and applies the infrastructure",
  required: true,
  alternatives: ["opentofu"],
  atLeast: "1.5.0",
  howToGet,
  find: async (surroundings) => searchTool(search, surroundings),
  install: async (surroundings, say) => installZip(zipped, surroundings, say),
};

/** https://releases.hashicorp.com/terraform/VERSION/: a zip for each platform and one list of checksums. */
function terraformRelease(surroundings: ToolSurroundings): Release {
  const base = surroundings.releases?.["terraform"] ?? "https://releases.hashicorp.com/terraform";
  const { os, arch } = goPlatform(surroundings.platform, surroundings.arch);
  const folder = `${base}/${pins.terraform}`;
  const file = `terraform_${pins.terraform}_${os}_${arch}.zip`;
  return { url: `${folder}/${file}`, file, checksumsUrl: `${folder}/terraform_${pins.terraform}_SHA256SUMS` };
}
