import { writeFileAtomically } from "../../src/workdir/atomic-file.ts";
import { hasProviderInstallation, isJson, providerInstallation } from "./cli-config-text.ts";
import type { ProviderMirror } from "./provider-mirrors.ts";
import { readUserCliConfig, type UserCliConfig } from "./user-cli-config.ts";

export interface CliConfigInput {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute. */
  readonly home: string;
  /** From `findProviderMirrors`; none for a run that is to do without. */
  readonly mirrors: readonly ProviderMirror[];
  /** Absolute path of the file that faber may write for this run. */
  readonly file: string;
  /** Which of the two reads it; Terraform when absent. */
  readonly tool?: "terraform" | "opentofu";
}

export interface CliConfig {
  /** The value for TF_CLI_CONFIG_FILE; absent: the variable must not be set at all. */
  readonly file?: string;
  readonly notices: readonly CliConfigNotice[];
}

interface CliConfigNotice {
  readonly level: "info" | "warning";
  readonly code: string;
  readonly text: string;
}

/**
 * Decides which CLI configuration a run gets, and writes it where it must be faber's own: the user's, with the
 * mirrors in front of the registries. One that already says where providers come from is left as it is.
 */
export async function writeCliConfig(input: CliConfigInput): Promise<CliConfig> {
  const { env, home, mirrors, file, tool = "terraform" } = input;
  const user = await readUserCliConfig({ env, home, tool });
  const notices: CliConfigNotice[] = [...missingNotice(user)];
  const asItIs: CliConfig = {
    ...(user.named !== undefined && user.files.length > 0 ? { file: user.named } : {}),
    notices,
  };
  if (mirrors.length === 0) return asItIs;
  const [deciding] = user.files.filter(({ text }) => hasProviderInstallation(text));
  if (deciding) return { ...asItIs, notices: [...notices, ...unusedNotice(deciding.path, mirrors)] };
  const [json] = user.files.filter(({ text }) => isJson(text));
  if (json) return { ...asItIs, notices: [...notices, jsonNotice(json.path)] };
  const parts = user.files.map(
    ({ path, text }) => `# from ${JSON.stringify(path)}\n${text.replace(/^\uFEFF/, "").trimEnd()}\n`,
  );
  await writeFileAtomically(
    file,
    ["# written by faber for one run\n", ...parts, providerInstallation(mirrors)].join("\n"),
  );
  return { file, notices };
}

/** Terraform itself would go on with a warning, and without the mirrors that the file was to name. */
function missingNotice(user: UserCliConfig): readonly CliConfigNotice[] {
  if (user.named === undefined || user.files.length > 0) return [];
  return [
    {
      level: "warning",
      code: "cli-config-missing",
      text: `TF_CLI_CONFIG_FILE names ${user.named}, which does not exist; faber goes on with a configuration of its own`,
    },
  ];
}

function unusedNotice(path: string, mirrors: readonly ProviderMirror[]): readonly CliConfigNotice[] {
  const [configured] = mirrors.filter((mirror) => mirror.origin === "configured");
  if (!configured) return [];
  const text = `${path} has a provider_installation of its own, which is used as it is: the mirror ${configured.path} is not`;
  return [{ level: "warning", code: "provider-mirror-unused", text }];
}

function jsonNotice(path: string): CliConfigNotice {
  const text = `${path} is written in JSON and is used as it is: the provider mirrors that faber found are not added to it`;
  return { level: "warning", code: "cli-config-json", text };
}
