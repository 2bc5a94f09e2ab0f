import { chmod, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { userInfo } from "node:os";
import { afterAll, describe, expect, test } from "vitest";
import { objectAt, stringAt } from "../../src/core/json.ts";
import { faber, startFaber, until, type FaberRun } from "../helpers/faber.ts";
import { newestRunFile, projectFrom, temporaryFolder, type Project } from "../helpers/project.ts";
import { noTerraform, terraform } from "../helpers/terraform.ts";

if (noTerraform !== undefined) console.warn(`skipped: approval attempts: ${noTerraform}`);

const settings = `project: shop
environments:
  test: { variables: { word: one } }
  staging: { variables: { word: one } }
  prod: { variables: { word: one } }
`;
const digestOf = (ran: FaberRun): string => stringAt(objectAt(ran.json()["plan"])["digest"]) ?? "none";
const words = (files: Readonly<Record<string, string>> = {}): Promise<Project> =>
  projectFrom("words", { "faber.yaml": settings, ...files });

async function previewed(project: Project, ...args: readonly string[]): Promise<string> {
  const ran = await faber(["preview", "--json", ...args], { cwd: project.dir });
  expect(ran.code, ran.stderr).toBe(0);
  return digestOf(ran);
}

interface Attempt {
  readonly what: string;
  /** What somebody tries; the project has no state yet. */
  readonly tries: (project: Project) => Promise<FaberRun>;
  readonly code: number;
  readonly says: string | RegExp;
}

const run = (project: Project, args: readonly string[], env = {}, input = ""): Promise<FaberRun> =>
  faber(["deploy", "--skip-tests", ...args], { cwd: project.dir, env, input });
const inProd =
  (env: Readonly<Record<string, string>>, ...args: readonly string[]) =>
  (project: Project): Promise<FaberRun> =>
    run(project, ["--env=prod", ...args], env);
/** A saved plan of `test`, changed before it is deployed. */
const savedPlan =
  (
    change: (file: string, digest: string, project: Project) => Promise<unknown>,
    ...args: readonly string[]
  ) =>
  async (project: Project): Promise<FaberRun> => {
    const file = project.path("kept.plan");
    const digest = await previewed(project, "--env=test", `--out=${file}`);
    await change(file, digest, project);
    return run(project, ["--env=test", `--plan=${file}`, `--approve=${digest}`, ...args]);
  };
const rewritten = async (file: string, change: (text: string) => string): Promise<void> =>
  writeFile(file, change(await readFile(file, "utf8")));

const yesVariables = Object.fromEntries(
  ["YES", "AUTO_APPROVE", "APPROVE", "APPROVED", "SKIP_TESTS", "PLAN"].map((name) => [
    `FABER_${name}`,
    "true",
  ]),
);

const attempts: readonly Attempt[] = [
  {
    what: "variables that say yes",
    tries: (project) => run(project, ["--env=test"], yesVariables),
    code: 4,
    says: "nobody is here to answer",
  },
  {
    what: "variables that say yes, in production",
    tries: inProd(yesVariables),
    code: 4,
    says: "nobody is here to answer",
  },
  {
    what: "y through a pipe",
    tries: (project) => run(project, ["--env=test"], {}, "y\ny\ny\n"),
    code: 4,
    says: "nobody is here to answer",
  },
  {
    what: "the environment's name through a pipe",
    tries: (project) => run(project, ["--env=prod"], {}, "prod\nprod\n"),
    code: 4,
    says: "nobody is here to answer",
  },
  { what: "--yes in production", tries: inProd({}, "--yes"), code: 4, says: "--yes does not approve it" },
  {
    what: "--auto-approve in production",
    tries: inProd({}, "--auto-approve"),
    code: 4,
    says: "--yes does not approve it",
  },
  {
    what: "--yes with the protection lifted by a variable",
    tries: inProd({ FABER_PROTECTED: "false" }, "--yes"),
    code: 64,
    says: "cannot lift the protection",
  },
  {
    what: "--yes with the protection lifted by faber.yaml",
    tries: async (project) => {
      await project.write({ "faber.yaml": settings.replace("prod: {", "prod: { protected: false,") });
      return run(project, ["--env=prod", "--yes"]);
    },
    code: 64,
    says: "always protected",
  },
  {
    what: "production by another name's case",
    tries: async (project) => {
      await project.write({ "faber.yaml": settings.replace("prod:", "PROD:") });
      return run(project, ["--env=PROD", "--yes"]);
    },
    code: 4,
    says: "--yes does not approve it",
  },
  {
    what: "fixing unasked in production",
    tries: inProd({}, "--fix=auto", "--yes"),
    code: 64,
    says: /nothing is fixed unasked/,
  },
  ...["TF_CLI_ARGS", "TF_CLI_ARGS_apply", "TF_CLI_ARGS_plan"].map((name): Attempt => ({
    what: `-auto-approve by ${name}`,
    tries: (project) => run(project, ["--env=test"], { [name]: "-auto-approve" }),
    code: 64,
    says: name,
  })),
  {
    what: "-lock=false by TF_CLI_ARGS",
    tries: (project) => run(project, ["--env=test", "--yes"], { TF_CLI_ARGS: "-lock=false" }),
    code: 64,
    says: "TF_CLI_ARGS",
  },
  {
    what: "another plan by TF_CLI_ARGS_plan",
    tries: (project) =>
      run(project, ["--env=test", "--yes"], { TF_CLI_ARGS_plan: "-target=terraform_data.x" }),
    code: 64,
    says: "TF_CLI_ARGS_plan",
  },
  {
    what: "another value by TF_VAR after the approval",
    tries: async (project) => {
      await project.write({ "faber.yaml": settings.replaceAll("{ word: one }", "{}") });
      const ran = await faber(["preview", "--json", "--env=test"], {
        cwd: project.dir,
        env: { TF_VAR_word: "one" },
      });
      return run(project, ["--env=test", `--approve=${digestOf(ran)}`], { TF_VAR_word: "two" });
    },
    code: 4,
    says: "this is plan",
  },
  {
    what: "another value in faber.yaml after the approval",
    tries: async (project) => {
      const digest = await previewed(project, "--env=test");
      await project.write({ "faber.yaml": settings.replaceAll("word: one", "word: two") });
      return run(project, ["--env=test", `--approve=${digest}`]);
    },
    code: 4,
    says: "what would change is not what was approved",
  },
  {
    what: "another root after the approval",
    tries: async (project) => {
      const digest = await previewed(project, "--env=test");
      await project.write({ "more.tf": 'resource "terraform_data" "more" {}\n' });
      return run(project, ["--env=test", `--approve=${digest}`]);
    },
    code: 4,
    says: "this is plan",
  },
  {
    what: "the approval of another environment",
    tries: async (project) =>
      run(project, ["--env=staging", `--approve=${await previewed(project, "--env=test")}`]),
    code: 4,
    says: "this is plan",
  },
  {
    what: "the approval of a destroy for a deploy",
    tries: async (project) => {
      const digest = await previewed(project, "--env=test", "--destroy");
      return run(project, ["--env=test", `--approve=${digest}`]);
    },
    code: 4,
    says: "this is plan",
  },
  {
    what: "eleven characters of the digest",
    tries: async (project) =>
      run(project, ["--env=test", `--approve=${(await previewed(project, "--env=test")).slice(0, 11)}`]),
    code: 4,
    says: "too short",
  },
  {
    what: "the digest's end",
    tries: async (project) =>
      run(project, ["--env=test", `--approve=${(await previewed(project, "--env=test")).slice(-12)}`]),
    code: 4,
    says: "this is plan",
  },
  {
    what: "no digest at all",
    tries: (project) => run(project, ["--env=test", "--approve=*"]),
    code: 64,
    says: "hexadecimal",
  },
  {
    what: "an approval from the day before yesterday",
    tries: savedPlan((file) =>
      rewritten(file, (text) => text.replace(/"made_at":"[^"]*"/, '"made_at":"2020-01-01T00:00:00.000Z"')),
    ),
    code: 4,
    says: "an approval holds for 24",
  },
  {
    what: "a saved plan that keeps its age to itself",
    tries: savedPlan((file) => rewritten(file, (text) => text.replace(/"made_at":"[^"]*",/, ""))),
    code: 64,
    says: "does not say when it was made",
  },
  {
    what: "an approval from tomorrow",
    tries: savedPlan((file, _digest, project) =>
      // The plan's own time stands in the plan: the file can only make it older, so the clock is what is moved.
      rewritten(file, (text) => text.replace(/"made_at":"[^"]*"/, '"made_at":"0000-never"')).then(() =>
        project.has(file),
      ),
    ),
    code: 4,
    says: "is no time",
  },
  {
    what: "a saved plan with another content",
    tries: async (project) => {
      const [one, two] = [project.path("one.plan"), project.path("two.plan")];
      const digest = await previewed(project, "--env=test", `--out=${one}`);
      await project.write({ "faber.yaml": settings.replaceAll("word: one", "word: two") });
      await previewed(project, "--env=test", `--out=${two}`);
      const other: unknown = JSON.parse(await readFile(two, "utf8"));
      await rewritten(one, (text) =>
        JSON.stringify({ ...objectAt(JSON.parse(text)), content: objectAt(other)["content"] ?? "" }),
      );
      return run(project, ["--env=test", `--plan=${one}`, `--approve=${digest}`]);
    },
    code: 4,
    says: "the plan file says it is plan",
  },
  {
    what: "a link to another plan",
    tries: async (project) => {
      const [one, two] = [project.path("one.plan"), project.path("two.plan")];
      const digest = await previewed(project, "--env=test");
      await project.write({ "faber.yaml": settings.replaceAll("word: one", "word: two") });
      await previewed(project, "--env=test", `--out=${two}`);
      await symlink(two, one);
      return run(project, ["--env=test", `--plan=${one}`, `--approve=${digest}`]);
    },
    code: 4,
    says: "this is plan",
  },
  {
    what: "a saved plan of another account",
    tries: savedPlan((file) =>
      rewritten(file, (text) => text.replace('"scope":{', '"scope":{"account":"111111111111",')),
    ),
    code: 4,
    says: "for account 111111111111",
  },
  {
    what: "a saved plan of another environment, relabelled",
    tries: async (project) => {
      const file = project.path("kept.plan");
      const digest = await previewed(project, "--env=staging", `--out=${file}`);
      await rewritten(file, (text) => text.replaceAll('"environment":"staging"', '"environment":"test"'));
      return run(project, ["--env=test", `--plan=${file}`, `--approve=${digest}`]);
    },
    code: 4,
    says: "the plan file says it is plan",
  },
  {
    what: "a plan cut in half",
    tries: savedPlan((file) => rewritten(file, (text) => text.slice(0, text.length / 2))),
    code: 64,
    says: "no plan that faber can apply",
  },
];

const refused: string[] = [];
afterAll(() => console.log(`approval attempts: ${refused.length} made, ${refused.length} refused`));

describe.skipIf(noTerraform !== undefined)("an unapproved change is not applied", () => {
  test.each(attempts)("by $what", async ({ what, tries, code, says }) => {
    const project = await words();
    const ran = await tries(project);
    expect(ran.code, ran.stderr).toBe(code);
    expect(ran.stderr).toMatch(says);
    const states = [...(await project.files()).keys()].filter(
      (name) => name.endsWith(".tfstate") && !name.includes(".terraform/"),
    );
    expect(states).toEqual([]);
    refused.push(what);
  });

  test("in another person's name", async () => {
    const project = await words();
    const digest = await previewed(project, "--env=test");
    const forged = Object.fromEntries(
      ["USER", "LOGNAME", "USERNAME", "SUDO_USER", "FABER_USER", "FABER_PERSON", "GITHUB_ACTOR"].map(
        (name) => [name, "mallory"],
      ),
    );
    const ran = await run(project, ["--env=test", `--approve=${digest}`], forged);
    expect(ran.code, ran.stderr).toBe(0);
    const journal = (await newestRunFile(project, "journal.ndjson")).trimEnd().split("\n");
    const approvals = journal
      .map((line) => objectAt(JSON.parse(line)))
      .filter(({ type }) => type === "plan.approved");
    expect(approvals).toMatchObject([{ approval: { digest, by: userInfo().username, via: "digest" } }]);
    expect(journal.join("\n")).not.toContain("mallory");
    refused.push("another's name");
  });

  test("when the state changes between the approval and the apply", async () => {
    const project = await projectFrom("words", { "faber.yaml": settings });
    const digest = await previewed(project, "--env=test");
    await terraform(project.dir, ["init", "-input=false"]);
    await terraform(project.dir, ["apply", "-auto-approve", "-input=false", "-var=word=three"]);
    const before = await project.read("terraform.tfstate");
    const ran = await run(project, ["--env=test", `--approve=${digest}`]);
    expect(ran.code, ran.stderr).toBe(4);
    expect(await project.read("terraform.tfstate")).toBe(before);
    refused.push("a changed state");
  });
});

describe.skipIf(noTerraform !== undefined)("a policy above the repository", () => {
  const policy = `protected: [test]
gate: { max_high: 0 }
required_tests: [terraform_validation, checkov_security]
fix: never
waivers: false
skip_tests: false
approvals: { yes: false, max_age_hours: 2 }
`;
  async function withPolicy(
    text = policy,
  ): Promise<{ readonly project: Project; readonly env: Record<string, string> }> {
    const file = `${await temporaryFolder()}/policy.yaml`;
    await writeFile(file, text, { mode: 0o600 });
    return { project: await words(), env: { FABER_POLICY: file } };
  }
  const weakenings: readonly (readonly [string, readonly string[], number, RegExp])[] = [
    ["--yes", ["deploy", "--env=staging", "--yes"], 4, /the policy of this machine forbids it/],
    ["--yes where it protects", ["deploy", "--env=test", "--yes"], 4, /test is protected/],
    [
      "--skip-tests",
      ["deploy", "--env=staging", "--skip-tests", `--approve=${"0".repeat(12)}`],
      64,
      /lets no test of staging be skipped/,
    ],
    ["--fix=auto", ["deploy", "--env=staging", "--fix=auto", "--yes"], 64, /allows never at most/],
    ["--update-baseline", ["test", "--env=staging", "--update-baseline"], 64, /no baseline counts/],
  ];
  test.each(weakenings)("is not weakened by %s", async (what, args, code, says) => {
    const { project, env } = await withPolicy();
    const ran = await faber(args, { cwd: project.dir, env });
    expect(ran.code, ran.stderr).toBe(code);
    expect(ran.stderr).toMatch(says);
    expect(project.has("terraform.tfstate")).toBe(false);
    refused.push(`a policy, by ${what}`);
  });

  test("is not weakened by faber.yaml, and says where each value comes from", async () => {
    const { project, env } = await withPolicy();
    await project.write({
      "faber.yaml": `gate: { max_high: 9 }\napprovals: { max_age_hours: 100 }\n${settings}`,
    });
    const shown = await faber(["config", "show", "--env=test", "--origin"], { cwd: project.dir, env });
    expect(shown.code, shown.stderr).toBe(0);
    expect(shown.stdout).toMatch(/protected\s+true\s+policy \S+policy\.yaml:1:\d+/);
    expect(shown.stdout).toMatch(/fix\s+never\s+policy \S+:4:\d+/);
    await project.write({ "faber.yaml": settings.replace("test: {", "test: { protected: false,") });
    const lifted = await faber(["config", "show", "--env=test"], { cwd: project.dir, env });
    expect(lifted.code).toBe(64);
    expect(lifted.stderr).toMatch(/faber\.yaml:3:\d+: cannot be false: test is protected by policy/);
    refused.push("a policy, by faber.yaml");
  });

  test.each([
    ["lies in the repository", /lies in/],
    ["others may write", /others may write/],
    ["is not there", /FABER_POLICY names it/],
    ["says what it must not", /policy\.yaml:1:1: unknown key "protect"/],
  ])("that %s is not taken", async (what, says) => {
    const { project, env } = await withPolicy(what.startsWith("says") ? "protect: [test]\n" : policy);
    const file = env["FABER_POLICY"] ?? "";
    if (what.startsWith("lies")) await project.write({ "policy.yaml": policy });
    if (what.startsWith("others")) await chmod(file, 0o666);
    const named = what.startsWith("lies")
      ? project.path("policy.yaml")
      : what.startsWith("is not")
        ? `${file}.gone`
        : file;
    const ran = await faber(["config", "show", "--env=test"], {
      cwd: project.dir,
      env: { FABER_POLICY: named },
    });
    expect(ran.code).toBe(64);
    expect(ran.stderr.replace(/\n\s+/g, " ")).toMatch(says);
    refused.push(`a policy that ${what}`);
  });
});

describe.skipIf(noTerraform !== undefined)("plan files", () => {
  const settings =
    "project: shop\nenvironments: { test: { variables: { password: canary-7f3a9c41e0b7 } }, broken: { variables: { password: canary-7f3a9c41e0b7, fail: true } } }\n";
  const plansIn = async (project: Project): Promise<readonly string[]> =>
    [...(await project.files(".faber")).keys()].filter((name) => /tfplan|scratch|tfvars/.test(name));

  test("are gone after success and failure, and after kill -9 with the next run", async () => {
    const project = await projectFrom("secrets", { "faber.yaml": settings, hold: "" });
    const running = startFaber(["deploy", "--env=test", "--yes", "--skip-tests"], { cwd: project.dir });
    await until("the apply waits", () => project.has("begun"));
    const during = [...(await project.files(".faber")).entries()].filter(([name]) =>
      /tfplan|tfvars/.test(name),
    );
    expect(during.length).toBeGreaterThan(0);
    expect(during.filter(([, mode]) => (mode & 0o077) !== 0)).toEqual([]);
    running.kill("SIGKILL");
    await running.ended;
    await rm(project.path("hold"));
    expect((await plansIn(project)).length).toBeGreaterThan(0);
    await until(
      "Terraform has ended",
      async () => (await faber(["preview", "--env=test"], { cwd: project.dir })).code === 0,
    );
    expect(await plansIn(project)).toEqual([]);
    const other = await projectFrom("secrets", { "faber.yaml": settings });
    const failed = await faber(["deploy", "--env=broken", "--yes", "--skip-tests"], { cwd: other.dir });
    expect(failed.code, failed.stderr).toBe(5);
    expect(await plansIn(other)).toEqual([]);
  });
});
