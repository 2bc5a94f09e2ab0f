import { accessSync, constants, statSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";

/** Where each tool lies inside faber's own tool folder; nothing for what only PATH has. */
const places = {
  checkov: "python/checkov/bin/checkov",
  tfsec: "bin/tfsec",
  ministack: "python/ministack/bin/ministack",
  terraform: "bin/terraform",
  trivy: "bin/trivy",
  tflint: "bin/tflint",
} as const;

export type TestTool = keyof typeof places;

/** The real tool for a test: from FABER_TOOLS_DIR, else faber's tool folder, else PATH. */
export function toolPath(name: TestTool): string | undefined {
  const candidates = [
    join(toolsDir(), places[name]),
    ...(process.env["PATH"] ?? "")
      .split(delimiter)
      .filter((folder) => folder !== "")
      .map((folder) => join(folder, name)),
  ];
  return candidates.find(isProgram);
}

function toolsDir(): string {
  const data = process.env["XDG_DATA_HOME"] || join(homedir(), ".local", "share");
  return process.env["FABER_TOOLS_DIR"] || join(data, "faber");
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
