import type { Tool, ToolSurroundings } from "./contract.ts";
import type { Release } from "./download.ts";
import { pins } from "./pins.ts";
import { goPlatform } from "./release-platform.ts";
import { installZip, type ZippedTool } from "./release-zip.ts";
import { searchTool, type ToolSearch } from "./search.ts";
import { terraformVersion } from "./terraform-version.ts";

const howToGet =
  "get OpenTofu from https://opentofu.org/docs/intro/install/ (or your package manager) " +
  "and put it on PATH, or name it with FABER_TF_PATH";

const search: ToolSearch = {
  name: "opentofu",
  command: "tofu",
  ownPath: "bin/tofu",
  versionOf: terraformVersion,
};

const zipped: ZippedTool = {
  name: "opentofu",
  program: "tofu",
  version: pins.opentofu,
  release: opentofuRelease,
  versionOf: terraformVersion,
  howToGet,
};

export const opentofu: Tool = {
  name: "opentofu",
  purpose: "plans and applies the infrastructure in place of Terraform",
  required: false,
  alternatives: ["terraform"],
  atLeast: "1.6.0",
  howToGet,
  find: async (surroundings) => searchTool(search, surroundings),
  install: async (surroundings, say) => installZip(zipped, surroundings, say),
};

/** The GitHub releases of opentofu/opentofu: a zip for each platform and one list of checksums. */
function opentofuRelease(surroundings: ToolSurroundings): Release {
  const base =
    surroundings.releases?.["opentofu"] ?? "https://github.com/opentofu/opentofu/releases/download";
  const { os, arch } = goPlatform(surroundings.platform, surroundings.arch);
  const folder = `${base}/v${pins.opentofu}`;
  const file = `tofu_${pins.opentofu}_${os}_${arch}.zip`;
  return { url: `${folder}/${file}`, file, checksumsUrl: `${folder}/tofu_${pins.opentofu}_SHA256SUMS` };
}
