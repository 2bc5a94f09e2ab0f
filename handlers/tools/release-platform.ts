/** Node's platform and architecture in the words that Go releases use, e.g. `linux` and `amd64`. */
export function goPlatform(platform: string, arch: string): { readonly os: string; readonly arch: string } {
  return { os: platform === "win32" ? "windows" : platform, arch: arches[arch] ?? arch };
}

const arches: Readonly<Record<string, string>> = { x64: "amd64", ia32: "386" };
