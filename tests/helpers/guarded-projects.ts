import { writeFile } from "node:fs/promises";
import { arrayAt, objectAt, stringAt, type JsonObject } from "../../src/core/json.ts";
import { faber, type FaberRun } from "./faber.ts";
import { functionPackage, useGuardedAccount, type GuardedAccount } from "./guarded-account.ts";
import { projectFrom, type Project } from "./project.ts";

/** A project whose deploy user may do nothing, and what a test asks of it. */
export interface GuardedProjects {
  readonly account: GuardedAccount;
  /** faber.yaml, with `fix: auto` and a grantor unless something else is said. */
  readonly settings: (environment?: object, name?: string) => string;
  /** A root of this text. */
  readonly root: (text: string, environment?: object) => Promise<Project>;
  /** The root of `tests/fixtures/tf/guarded` with its function's package, as `change` leaves it. */
  readonly stack: (environment?: object, change?: (text: string) => string) => Promise<Project>;
  /** A command line without values that have spaces, and what those are. */
  readonly run: (project: Project, command: string, ...more: readonly string[]) => Promise<FaberRun>;
  /** Unattended. */
  readonly deploy: (project: Project, ...more: readonly string[]) => Promise<FaberRun>;
  /** Names of the policies that the deploy user has besides its own. */
  readonly granted: () => Promise<readonly string[]>;
}

export const provider = `terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}
provider "aws" {}
`;
export const bucket = `resource "aws_s3_bucket" "artifacts" {\n  bucket = "shop-test-artifacts"\n}\n`;

export function useGuardedProjects(port: number): GuardedProjects {
  const account = useGuardedAccount(port);
  const settings = (environment: object = {}, name = "test"): string => {
    const { endpoint } = account;
    const grantor = { profile: "grantor" };
    const usual = { hosting: "emulator", endpoint, profile: "deployer", grantor, fix: "auto" };
    return JSON.stringify({ project: "shop", environments: { [name]: { ...usual, ...environment } } });
  };
  const run = (project: Project, command: string, ...more: readonly string[]): Promise<FaberRun> =>
    faber([...command.split(" "), ...more], { cwd: project.dir, env: account.env });
  return {
    account,
    settings,
    root: (text, environment = {}) =>
      projectFrom("guarded", { "main.tf": provider + text, "faber.yaml": settings(environment) }),
    stack: async (environment = {}, change = (text) => text) => {
      const project = await projectFrom("guarded", { "faber.yaml": settings(environment) });
      await project.write({ "main.tf": change(await project.read("main.tf")) });
      await writeFile(project.path("worker.zip"), functionPackage);
      return project;
    },
    run,
    deploy: (project, ...more) => run(project, "deploy --env=test --yes --skip-tests", ...more),
    granted: async () => {
      const UserName = "deployer";
      const [attached, inline] = await Promise.all([
        account.iam.listAttachedUserPolicies({ UserName }),
        account.iam.listUserPolicies({ UserName }),
      ]);
      return [
        ...(attached.AttachedPolicies ?? []).map(({ PolicyName }) => PolicyName ?? ""),
        ...(inline.PolicyNames ?? []).filter((name) => name !== "own"),
      ];
    },
  };
}

/** Every action in faber's own policies, from `permissions list --json`. */
export function actionsIn(list: JsonObject): readonly string[] {
  return arrayAt(list["policies"])
    .flatMap((policy) => arrayAt(objectAt(policy)["statements"]))
    .flatMap((statement) =>
      arrayAt(objectAt(statement)["Action"]).flatMap((action) => stringAt(action) ?? []),
    );
}
