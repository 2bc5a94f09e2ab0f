import { resolve } from "node:path";
import type { CustomTest } from "../core/policy.ts";
import type { BrokenRule } from "./rules.ts";
import type { ConfigFile } from "./schema.ts";

const defaultSeconds = 300;

/** `integration:` of faber.yaml as the test that it is; paths are relative to `folder`. */
export function integrationOf(file: ConfigFile | undefined, folder: string): CustomTest | undefined {
  const written = file?.integration;
  if (written === undefined) return undefined;
  const { coverage, required } = written;
  return {
    name: "integration_tests",
    phase: "post-deployment",
    how:
      written.terraform_test === undefined
        ? {
            kind: "command",
            // The rules of the file make sure that one of the two is there.
            command: written.command ?? [],
            format: written.format ?? "exit-code",
            ...(written.report === undefined ? {} : { report: resolve(folder, written.report) }),
          }
        : { kind: "terraform-test", folder: resolve(folder, written.terraform_test) },
    severity: written.severity ?? "CRITICAL",
    timeoutMs: (written.timeout ?? defaultSeconds) * 1_000,
    requirement: required === undefined ? "expected" : required ? "required" : "optional",
    ...(coverage === undefined
      ? {}
      : { coverage: { ...coverage, report: resolve(folder, coverage.report) } }),
  };
}

export function brokenIntegration({ integration }: ConfigFile): readonly BrokenRule[] {
  if (integration === undefined) return [];
  const { command, terraform_test: files } = integration;
  if ((command === undefined) === (files === undefined))
    return [
      { path: ["integration"], text: "integration must have exactly one of command and terraform_test" },
    ];
  if (files === undefined) return [];
  return (["format", "report", "coverage"] as const)
    .filter((key) => integration[key] !== undefined)
    .map((key) => ({
      path: ["integration", key],
      text: `integration.${key} is of no use with terraform_test`,
    }));
}
