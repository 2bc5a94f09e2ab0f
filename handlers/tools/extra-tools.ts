import { run, succeeded } from "../../src/process/run.ts";
import type { Tool } from "./contract.ts";
import { notAvailable } from "./not-available.ts";
import { searchTool, type ToolSearch } from "./search.ts";
import { readVersion } from "./version.ts";

/** Tools that are used when they are there, and that a person gets by hand: nothing is amiss without them. */
export const extraTools: readonly Tool[] = [
  extraTool("trivy", "scans the configuration for misconfigurations (trivy_security)", "https://trivy.dev"),
  extraTool("tflint", "lints the configuration (tflint_lint)", "https://github.com/terraform-linters/tflint"),
  extraTool("conftest", "holds the plan to OPA policies (tests of your own)", "https://www.conftest.dev"),
  extraTool("infracost", "estimates cost beside faber's own engine", "https://www.infracost.io/docs"),
];

function extraTool(name: string, purpose: string, page: string): Tool {
  const howToGet = `get ${name} from ${page} and put it on PATH, or name it under tools in faber.yaml`;
  const search: ToolSearch = {
    name,
    command: name,
    ownPath: `bin/${name}`,
    versionOf: async (path, { env, signal }) => {
      const ran = await run([path, "--version"], { env, signal, timeoutMs: 10_000 });
      return succeeded(ran) ? (readVersion(ran.stdout) ?? "unknown") : undefined;
    },
  };
  return {
    name,
    purpose,
    required: false,
    howToGet,
    find: async (surroundings) => searchTool(search, surroundings),
    install: async () => {
      throw notAvailable(name, "faber does not fetch it", howToGet);
    },
  };
}
