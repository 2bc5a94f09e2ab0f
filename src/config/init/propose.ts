import { emulatorDefaults } from "../aws-surroundings.ts";
import { isAlwaysProtected } from "../protection.ts";
import type { EnvironmentFact } from "./environments.ts";
import type { ProjectFacts } from "./facts.ts";
import type { RootFact } from "./terraform-root.ts";

/** A faber.yaml with comments that fits what was found and holds to the schema. */
export function proposeConfig(facts: ProjectFacts): string {
  const root = chosenRoot(facts);
  const environments = facts.environments.length > 0 ? facts.environments : [testAlone];
  return [
    "# Settings of faber; faber config show --origin says what is in force and where it comes from.",
    `project: ${text(facts.project)}`,
    ...iacLines(facts, root),
    "",
    "environments:",
    ...environments.flatMap((environment) => environmentLines(environment, facts, environments.length > 1)),
    "",
    "# How many findings still pass; none of either kind in a protected environment.",
    "gate: { max_critical: 0, max_high: 2 }",
    "",
    "# Tags that every resource must carry.",
    "# tags: { required: [Environment, Project, ManagedBy] }",
    "",
  ].join("\n");
}

const testAlone: EnvironmentFact = { name: "test", varFiles: [], hasWorkspace: false };

function chosenRoot(facts: ProjectFacts): RootFact | undefined {
  return facts.cdktf === undefined ? facts.roots[0] : undefined;
}

function iacLines(facts: ProjectFacts, root: RootFact | undefined): readonly string[] {
  const others = facts.roots.slice(1).map((other) => other.dir);
  const lines: string[] = [];
  if (facts.cdktf !== undefined) lines.push("iac: cdktf", `dir: ${text(facts.cdktf)}`);
  else if (root === undefined)
    lines.push("# No Terraform root and no cdktf app was found: say where it is.", "dir: .");
  else lines.push(...(root.isOpenTofu ? ["iac: opentofu"] : []), `dir: ${text(root.dir)}`);
  if (others.length > 0 && facts.cdktf === undefined) {
    lines.push(`# Other Terraform roots here: ${comment(others.slice(0, 8).join(", "))}`);
  }
  return lines;
}

function environmentLines(
  environment: EnvironmentFact,
  facts: ProjectFacts,
  isOneOfSeveral: boolean,
): readonly string[] {
  const { name } = environment;
  const root = chosenRoot(facts);
  const needsOwnState = isOneOfSeveral && !(root?.backendIsPartial ?? false);
  return [
    `  ${text(name)}:`,
    ...targetLines(name, facts, root),
    ...profileLines(name, facts),
    ...(environment.hasWorkspace || needsOwnState
      ? [`    workspace: ${text(name)} # a state of its own`]
      : []),
    ...(root?.backendIsPartial === true
      ? [
          `    # backend: { key: ${comment(name)}/terraform.tfstate } # what terraform init needs for ${comment(root.backend ?? "")}`,
        ]
      : []),
    ...(environment.varFiles.length > 0
      ? [`    var_files: [${environment.varFiles.map(text).join(", ")}]`]
      : []),
    ...(isAlwaysProtected(name)
      ? ["    protected: true # the name is typed, --yes is ignored, the gate is stricter"]
      : []),
  ];
}

function targetLines(name: string, facts: ProjectFacts, root: RootFact | undefined): readonly string[] {
  const hasCloud = facts.awsProfiles.length > 0 && facts.endpoint === undefined;
  if (isAlwaysProtected(name) || hasCloud || !isForTrying(name)) {
    const region =
      root?.region === undefined ? "    # region: eu-west-1" : `    region: ${text(root.region)}`;
    return ["    hosting: aws", region, '    # account: "123456789012" # refuses every other account'];
  }
  return [
    "    hosting: emulator # a local AWS that faber starts; or: aws",
    `    endpoint: ${text(facts.endpoint ?? emulatorDefaults.endpoint)}`,
    `    region: ${text(root?.region ?? emulatorDefaults.region)}`,
  ];
}

function profileLines(name: string, { awsProfiles }: ProjectFacts): readonly string[] {
  if (awsProfiles.includes(name)) return [`    profile: ${text(name)}`];
  if (awsProfiles.length === 0) return [];
  return [
    `    # profile: ${comment(text(awsProfiles[0] ?? ""))} # found: ${comment(awsProfiles.slice(0, 8).join(", "))}`,
  ];
}

function isForTrying(name: string): boolean {
  return /^(?:test|testing|dev|development|local|sandbox|ci)$/i.test(name);
}

/** A YAML scalar: plain where that cannot be misread, quoted otherwise. */
function text(value: string): string {
  const isPlain = /^[A-Za-z.][A-Za-z0-9_./-]*$/.test(value) || /^https?:\/\/[A-Za-z0-9.:/_-]+$/.test(value);
  const isWord = /^(?:true|false|null|yes|no|on|off|y|n|\.nan|\.inf)$/i.test(value);
  return isPlain && !isWord ? value : JSON.stringify(value);
}

function comment(value: string): string {
  return value.replace(/[\p{Cc}\u2028\u2029]+/gu, " ");
}
