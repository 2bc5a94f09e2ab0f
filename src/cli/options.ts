import type { OptionDefinition } from "./define.ts";

const text = (name: string, value: string, summary: string): OptionDefinition => ({
  name,
  value,
  summary,
  variable: true,
});
/** What faber.yaml or the search for it can be told as well. */
const setting = (name: string, value: string, summary: string): OptionDefinition => ({
  ...text(name, value, summary),
  isSetting: true,
});
const flag = (name: string, summary: string): OptionDefinition => ({ name, summary, variable: true });
/** What must be said on the command line and nowhere else. */
const spoken = (name: string, summary: string, more: Partial<OptionDefinition> = {}): OptionDefinition => ({
  name,
  summary,
  variable: false,
  ...more,
});

/** Taken by every command. */
export const globalOptions: readonly OptionDefinition[] = [
  flag("json", "one JSON document on stdout, nothing else there"),
  flag("quiet", "errors and the verdict only"),
  flag("verbose", "everything that is known, as it happens"),
  flag("no-color", "no colour (also: NO_COLOR)"),
  flag("no-input", "never ask; refuse what would need an answer"),
  setting("chdir", "DIR", "work as if started there"),
  setting("config", "FILE", "settings file, instead of looking for faber.yaml upwards"),
];

/** What one run may set differently from faber.yaml. */
export const environmentOptions: readonly OptionDefinition[] = [
  setting("env", "NAME", "the environment"),
  setting("iac", "NAME", "terraform, opentofu or cdktf"),
  setting("dir", "DIR", "folder of the Terraform root or cdktf app"),
  setting("stack", "NAME", "stack of a cdktf app that has several"),
  setting("hosting", "NAME", "aws or emulator"),
  setting("endpoint", "URL", "where the emulator is, or should be"),
  setting("region", "REGION", "AWS region"),
  setting("account", "ID", "the only account that may be touched"),
  setting("profile", "NAME", "AWS profile that deploys"),
  setting("workspace", "NAME", "Terraform workspace"),
  setting("provider-mirror", "DIR", "filesystem mirror of providers"),
  setting("state-dir", "DIR", "instead of .faber beside faber.yaml"),
  setting("reports-dir", "DIR", "instead of test-reports in the state folder"),
];

export const initUpgrade = spoken(
  "init-upgrade",
  "choose provider and module versions anew, changing .terraform.lock.hcl",
);

export const skipOptions: readonly OptionDefinition[] = [
  spoken("skip-tests", "skip the pre-deployment tests, or those named; recorded in the report", {
    value: "NAMES",
    valueOptional: true,
  }),
  spoken("skip-reason", "why tests are skipped, for the record", { value: "TEXT" }),
];

/** How the scanners of a run go about it. */
export const scanOptions: readonly OptionDefinition[] = [
  spoken("ignore-inline-skips", "comments in the source that switch rules off are not listened to"),
  flag("no-cache", "scan anew, also what has not changed"),
];

/** Those of core, which is not loaded to describe a command. */
export const formatNames = "json, junit, sarif, md, html, yaml, gitlab";

/** Documents that a run writes when it ends, however it ends. */
export const reportFiles: OptionDefinition = {
  ...text("report", "FORMAT=FILE", `write the report: ${formatNames}; may be repeated`),
  repeatable: true,
};

export const approvalOptions: readonly OptionDefinition[] = [
  spoken("yes", "approve without asking; never in a protected environment", { alias: "auto-approve" }),
  spoken("approve", "approve exactly the plan with this digest", { value: "DIGEST" }),
];

export { flag, setting, spoken, text };
