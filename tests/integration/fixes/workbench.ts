import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { HostingSession } from "../../../handlers/hosting/contract.ts";
import type { IacProject } from "../../../handlers/iac/contract.ts";
import { terraform as handler } from "../../../handlers/iac/terraform/terraform.ts";
import type { Diagnosis } from "../../../src/core/diagnosis.ts";
import type { Fix, FixDone, FixOffer, FixSituation, Workshop } from "../../../src/fixes/contract.ts";
import { environment, tickingClock } from "../../helpers/run-context.ts";
import { projectFrom, temporaryFolder, type Project } from "../../helpers/project.ts";
import { noTerraform } from "../../helpers/terraform.ts";
import { toolPath } from "../../helpers/tools.ts";

export const skipped = noTerraform;
if (skipped !== undefined) console.warn(`skipped: fixes by real Terraform: ${skipped}`);

/** A root that is opened as a run opens it, and what a fix works with there. */
export interface Bench {
  readonly project: Project;
  readonly iac: IacProject;
  readonly offer: (fix: (workshop: Workshop) => Fix, situation?: Partial<FixSituation>) => Promise<FixOffer>;
}

export interface BenchOptions {
  readonly files: Readonly<Record<string, string>>;
  readonly hosting?: HostingSession;
  /** A Terraform CLI configuration; a path in it is found from the project. */
  readonly cliConfig?: (project: Project) => string;
}

/** A folder with these files alone and real Terraform in it. */
export async function benchWith({ files, hosting, cliConfig }: BenchOptions): Promise<Bench> {
  const project = await projectFrom("words");
  await rm(project.path("main.tf"));
  await project.write(files);
  const scratchDir = await temporaryFolder();
  if (cliConfig) await project.write({ "../cli.tfrc": cliConfig(project) });
  const settled = environment({
    dir: project.dir,
    projectDir: project.dir,
    stateDir: project.path(".faber"),
  });
  const { PATH = "", HOME = "" } = process.env;
  const iac = await handler.open({
    tool: {
      name: "terraform",
      command: "terraform",
      version: "1.11.4",
      path: toolPath("terraform") ?? "terraform",
    },
    environment: settled,
    processEnv: { PATH, HOME, ...hosting?.processEnv },
    scratchDir,
    cliConfig: cliConfig ? { file: join(project.dir, "../cli.tfrc") } : {},
    upgrade: false,
    signal: new AbortController().signal,
    say: () => undefined,
  });
  const workshop: Workshop = {
    environment: settled,
    iac,
    ...(hosting === undefined ? {} : { hosting }),
    runId: "20261121T093640Z-7f3a9c",
    person: "ada",
    clock: tickingClock(),
    scratchDir,
  };
  const usual = {
    diagnosis: diagnosisOf(""),
    together: [],
    stage: "deploy",
    parameters: {},
    triedBefore: 0,
    signal: new AbortController().signal,
  } as const;
  return { project, iac, offer: (fix, situation) => fix(workshop).offer({ ...usual, ...situation }) };
}

/** A diagnosis of which only what is given may be looked at. */
export function diagnosisOf(message: string, more: Partial<Diagnosis> = {}): Diagnosis {
  return {
    issue_id: "abc",
    category: "state",
    confidence: "high",
    code: null,
    resource_type: null,
    transient: false,
    message,
    normalized_message: message,
    status: "novel_error",
    occurrence_count: 1,
    first_seen: null,
    root_cause: null,
    solutions: [],
    related_issues: [],
    recorded: false,
    ...more,
  };
}

export type Offered = Extract<FixOffer, { readonly kind: "offered" }>;

/** What was offered; fails where it was refused. */
export function offered(offer: FixOffer): Offered {
  if (offer.kind === "offered") return offer;
  throw new Error(`refused: ${offer.reason}`);
}

export function refusal(offer: FixOffer): string {
  if (offer.kind === "refused") return offer.reason;
  throw new Error(`offered: ${offer.summary}`);
}

export async function undo(done: FixDone): Promise<string> {
  if (!done.undo) throw new Error(`${done.summary} cannot be undone`);
  return done.undo();
}
