import { describe, expect, test } from "vitest";
import { objectAt, stringAt } from "../../src/core/json.ts";
import { faber } from "../helpers/faber.ts";
import { projectFrom, type Project } from "../helpers/project.ts";
import { noTerraform, terraform } from "../helpers/terraform.ts";

if (noTerraform !== undefined) console.warn(`skipped: approval: ${noTerraform}`);

const settings = `project: shop
environments:
  test: { variables: { word: one } }
  staging: { variables: { word: one } }
  locked: { protected: true }
  prod: {}
`;

const shop = (): Promise<Project> => projectFrom("words", { "faber.yaml": settings });

async function previewed(project: Project, args: readonly string[] = ["--env=test"]): Promise<string> {
  const ran = await faber(["preview", ...args, "--json"], { cwd: project.dir });
  expect(ran.code, ran.stderr).toBe(0);
  return stringAt(objectAt(ran.json()["plan"])["digest"]) ?? "none";
}

/** Deploys without the scanners, which are another file's business. */
const deployed = (
  project: Project,
  args: readonly string[],
  env = {},
  input = "",
): ReturnType<typeof faber> =>
  faber(["deploy", "--env=test", "--skip-tests", ...args], { cwd: project.dir, env, input });

describe.skipIf(noTerraform !== undefined)("approval", () => {
  test("two previews give one digest, and it approves that plan", async () => {
    const project = await shop();
    const digest = await previewed(project);
    expect(await previewed(project)).toBe(digest);
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    expect(project.has("terraform.tfstate")).toBe(false);

    const ran = await deployed(project, [`--approve=${digest.slice(0, 12)}`, "--json"]);
    expect(ran.code, ran.stderr).toBe(0);
    expect(ran.json()).toMatchObject({ approval: { digest, via: "digest" }, outputs: { word: "one" } });
  });

  test.each([
    ["another plan's digest", `--approve=${"0".repeat(12)}`, "--approve names plan 000000000000"],
    ["too short a digest", "--approve=abc123", "too short"],
  ])("%s approves nothing", async (_name, flag, words) => {
    const project = await shop();
    const ran = await deployed(project, [flag]);
    expect(ran.code).toBe(4);
    expect(ran.stderr).toContain(words);
    expect(project.has("terraform.tfstate")).toBe(false);
  });

  test("what is no digest is wrong usage", async () => {
    const project = await shop();
    const ran = await deployed(project, ["--approve=yes please"]);
    expect(ran.code).toBe(64);
    expect(ran.stderr).toContain('"yes please"');
  });

  test("a digest from before a variable changed approves nothing", async () => {
    const project = await shop();
    const digest = await previewed(project);
    await project.write({ "faber.yaml": settings.replace("word: one", "word: two") });
    const ran = await deployed(project, [`--approve=${digest}`]);
    expect(ran.code).toBe(4);
    expect(ran.stderr).toContain(`--approve names plan ${digest.slice(0, 12)}`);
    expect(project.has("terraform.tfstate")).toBe(false);
  });

  test("with nobody there and no word on the command line it refuses, naming the flags", async () => {
    const project = await shop();
    const ran = await deployed(project, ["--json"], {}, "y\ny\n");
    expect(ran.code).toBe(4);
    expect(ran.json()).toMatchObject({ exit: { code: 4, name: "not-approved" } });
    expect(ran.stderr).toMatch(/--approve=[0-9a-f]{64}/);
    expect(ran.stderr).toContain("faber deploy --env=test --yes");
    expect(project.has("terraform.tfstate")).toBe(false);
  });

  test("no variable says yes", async () => {
    const project = await shop();
    const digest = await previewed(project);
    const ran = await deployed(project, [], {
      FABER_YES: "1",
      FABER_AUTO_APPROVE: "1",
      FABER_APPROVE: digest,
    });
    expect(ran.code).toBe(4);
    expect(project.has("terraform.tfstate")).toBe(false);
  });

  test("no variable skips tests", async () => {
    const project = await shop();
    const ran = await faber(["preview", "--env=test", "--json"], {
      cwd: project.dir,
      env: { FABER_SKIP_TESTS: "1" },
    });
    expect(ran.json()).toMatchObject({ skipped_by_request: [] });
  });

  test.each(["locked", "prod"])(
    "--yes does not approve the protected %s, a digest does",
    async (environment) => {
      const project = await shop();
      const args = ["deploy", `--env=${environment}`];
      const refused = await faber([...args, "--yes"], { cwd: project.dir });
      expect(refused.code).toBe(4);
      expect(refused.stderr).toContain(`${environment} is protected: --yes does not approve it`);
      expect(refused.stderr).toContain(`faber preview --env=${environment}`);
      expect(project.has("terraform.tfstate")).toBe(false);

      const digest = await previewed(project, [`--env=${environment}`]);
      const ran = await faber([...args, `--approve=${digest}`, "--json"], { cwd: project.dir });
      expect(ran.code, ran.stderr).toBe(0);
      expect(ran.json()).toMatchObject({ outputs: { word: "hello" } });
    },
  );

  test.each([
    ["TF_CLI_ARGS_apply", "-auto-approve"],
    ["TF_CLI_ARGS", "-target=terraform_data.word"],
    ["TF_CLI_ARGS_plan", "-var=word=evil"],
    ["TF_CLI_ARGS_apply", "other.tfplan"],
    ["TF_CLI_ARGS_init", "-backend-config=path=elsewhere.tfstate"],
  ])("%s=%s is refused", async (name, value) => {
    const project = await shop();
    const ran = await deployed(project, ["--yes"], { [name]: value });
    expect(ran.code).toBe(64);
    expect(ran.stderr).toContain(`${name} contains ${value}`);
    expect(project.has("terraform.tfstate")).toBe(false);
  });
});

describe.skipIf(noTerraform !== undefined)("a plan that was put aside", () => {
  const putAside = async (project: Project, args: readonly string[] = ["--env=test"]): Promise<void> => {
    await previewed(project, [...args, "--out=kept.plan"]);
  };

  test("is applied as it was", async () => {
    const project = await shop();
    await putAside(project);
    expect((await project.files()).get("kept.plan")).toBe(0o600);
    const ran = await deployed(project, ["--plan=kept.plan", "--yes", "--json"]);
    expect(ran.code, ran.stderr).toBe(0);
    expect(ran.json()).toMatchObject({ outputs: { word: "one" } });
  });

  test("still wants an approval", async () => {
    const project = await shop();
    await putAside(project);
    const ran = await deployed(project, ["--plan=kept.plan"]);
    expect(ran.code).toBe(4);
    expect(project.has("terraform.tfstate")).toBe(false);
  });

  test.each([
    ["environment", ["--env=staging"], "environment test, and this is environment staging"],
    ["workspace", ["--workspace=other"], "workspace default, and this is workspace other"],
  ])("is refused for another %s", async (_name, args, words) => {
    const project = await shop();
    await putAside(project);
    const ran = await deployed(project, ["--plan=kept.plan", "--yes", ...args]);
    expect(ran.code).toBe(4);
    expect(ran.stderr).toContain(words);
    expect(project.has("terraform.tfstate")).toBe(false);
  });

  test("for a deploy destroys nothing, and the other way round", async () => {
    const project = await shop();
    await putAside(project, ["--env=test", "--destroy"]);
    const ran = await deployed(project, ["--plan=kept.plan", "--yes"]);
    expect(ran.code).toBe(4);
    expect(ran.stderr).toContain("kind destroy, and this is kind deploy");
  });

  test("is refused when it is damaged, and when Terraform wrote it", async () => {
    const project = await shop();
    await putAside(project);
    const text = await project.read("kept.plan");
    const envelope = objectAt(JSON.parse(text));
    const content = stringAt(envelope["content"]) ?? "";
    await terraform(project.dir, ["init", "-input=false"]);
    await terraform(project.dir, ["plan", "-input=false", "-out=raw.plan"]);
    await project.write({
      "cut.plan": text.slice(0, 400),
      "hollow.plan": JSON.stringify({ ...envelope, content: content.slice(0, 400) }),
    });
    for (const name of ["cut.plan", "raw.plan", "hollow.plan", "missing.plan"]) {
      const ran = await deployed(project, [`--plan=${name}`, "--yes"]);
      expect(ran.code, `${name}\n${ran.stderr}`).toBe(64);
      expect(ran.stderr).toContain(name);
    }
    expect(project.has("terraform.tfstate")).toBe(false);
  });

  test("that says it is another plan is refused", async () => {
    const project = await shop();
    await putAside(project);
    const envelope = objectAt(JSON.parse(await project.read("kept.plan")));
    await project.write({ "forged.plan": JSON.stringify({ ...envelope, digest: "ab".repeat(32) }) });
    const ran = await deployed(project, ["--plan=forged.plan", `--approve=${"ab".repeat(32)}`]);
    expect(ran.code).toBe(4);
    expect(project.has("terraform.tfstate")).toBe(false);
  });
});

describe.skipIf(noTerraform !== undefined)("a plan that went stale", () => {
  /** A deployed project with a plan put aside that changes its word from one to two. */
  const withPlan = async (): Promise<Project> => {
    const project = await shop();
    expect((await deployed(project, ["--yes"])).code).toBe(0);
    await project.write({ "faber.yaml": settings.replace("word: one", "word: two") });
    await previewed(project, ["--env=test", "--out=kept.plan"]);
    return project;
  };

  test("is made again, and applied when it means the same", async () => {
    const project = await withPlan();
    const state = objectAt(JSON.parse(await terraform(project.dir, ["state", "pull"])));
    const touched = { ...state, serial: Number(state["serial"]) + 1 };
    await terraform(project.dir, ["state", "push", "-"], JSON.stringify(touched));

    const ran = await deployed(project, ["--plan=kept.plan", "--yes", "--json"]);
    expect(ran.code, ran.stderr).toBe(0);
    expect(ran.stderr).toContain("planning again");
    expect(ran.json()).toMatchObject({ outputs: { word: "two" } });
  });

  test("is not applied when it means something else", async () => {
    const project = await withPlan();
    await terraform(project.dir, ["apply", "-auto-approve", "-input=false", "-var=word=three"]);
    const before = await project.read("terraform.tfstate");

    const ran = await deployed(project, ["--plan=kept.plan", "--yes", "--json"]);
    expect(ran.code, ran.stderr).toBe(4);
    expect(ran.stderr).toContain("terraform_data.word: input differs");
    expect(await project.read("terraform.tfstate")).toBe(before);
  });
});
