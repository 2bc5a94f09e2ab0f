import { join } from "node:path";
import { run, succeeded } from "../../src/process/run.ts";
import type { FoundTool, Tool, ToolSurroundings } from "./contract.ts";
import { firstOnPath } from "./find-executable.ts";
import { goModuleVersion } from "./go-build-info.ts";
import { goInstall } from "./go-install.ts";
import { installBinary } from "./release-binary.ts";
import { DownloadError, type Release } from "./download.ts";
import { notAvailable } from "./not-available.ts";
import { pins } from "./pins.ts";
import { goPlatform } from "./release-platform.ts";
import { searchTool, type ToolSearch } from "./search.ts";
import { readVersion } from "./version.ts";

const modulePath = "github.com/aquasecurity/tfsec";
const howToGet =
  `get tfsec from https://${modulePath}/releases or with: go install ${modulePath}/cmd/tfsec@v${pins.tfsec}; ` +
  "put it on PATH, or name it with FABER_TFSEC_PATH";

const search: ToolSearch = { name: "tfsec", command: "tfsec", ownPath: "bin/tfsec", versionOf: tfsecVersion };

export const tfsec: Tool = {
  name: "tfsec",
  purpose: "scans the configuration for security problems (tfsec_security)",
  required: false,
  howToGet,
  find: async (surroundings) => searchTool(search, surroundings),
  install: installTfsec,
};

/** A release binary tells its version; one made by `go install` says only that it was built locally. */
async function tfsecVersion(path: string, { env, signal }: ToolSurroundings): Promise<string | undefined> {
  const built = await goModuleVersion(path, modulePath);
  if (built !== undefined) return built;
  const ran = await run([path, "--version"], { env, signal, timeoutMs: 10_000 });
  return succeeded(ran) ? (readVersion(ran.stdout) ?? "unknown") : undefined;
}

/** Built from source where Go is, since that needs no more than a module proxy; else the release binary. */
async function installTfsec(surroundings: ToolSurroundings, say: (text: string) => void): Promise<FoundTool> {
  const path = join(surroundings.toolDir, "bin", "tfsec");
  const obstacles: string[] = [];
  const go = await firstOnPath(["go"], surroundings.env);
  if (go !== undefined) {
    const built = await goInstall(
      { go, modulePath, command: "tfsec", version: pins.tfsec },
      surroundings,
      say,
    );
    if (built === undefined) return { path, version: pins.tfsec, origin: "faber" };
    obstacles.push(built);
  }
  try {
    await installBinary(
      { name: "tfsec", release: tfsecRelease(surroundings), version: pins.tfsec },
      surroundings,
      say,
    );
    return { path, version: (await tfsecVersion(path, surroundings)) ?? pins.tfsec, origin: "faber" };
  } catch (error) {
    if (!(error instanceof DownloadError)) throw error;
    throw notAvailable("tfsec", [...obstacles, error.message].join("; "), howToGet, error);
  }
}

/** The GitHub releases of aquasecurity/tfsec: a bare program for each platform and one list of checksums. */
function tfsecRelease(surroundings: ToolSurroundings): Release {
  const base = surroundings.releases?.["tfsec"] ?? `https://${modulePath}/releases/download`;
  const { os, arch } = goPlatform(surroundings.platform, surroundings.arch);
  const folder = `${base}/v${pins.tfsec}`;
  const file = `tfsec-${os}-${arch}`;
  return { url: `${folder}/${file}`, file, checksumsUrl: `${folder}/tfsec_checksums.txt` };
}
