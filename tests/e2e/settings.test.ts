import { describe, expect, test } from "vitest";
import { arrayAt, objectAt, stringAt } from "../../src/core/json.ts";
import { faber, otherHome } from "../helpers/faber.ts";
import { projectFrom, temporaryFolder } from "../helpers/project.ts";
import { noTerraform, terraform } from "../helpers/terraform.ts";

if (noTerraform !== undefined) console.warn(`skipped: settings: ${noTerraform}`);

const settings = `project: shop
environments:
  test:
    workspace: test
    var_files: [test.tfvars]
  staging:
    workspace: staging
    variables: { word: staged }
`;

describe.skipIf(noTerraform !== undefined)("a Terraform root", () => {
  test("without faber.yaml and without a cloud needs no setting, no credentials, no hosting", async () => {
    const project = await projectFrom("words");
    const env = { ...otherHome(await temporaryFolder()), AWS_EC2_METADATA_DISABLED: "true" };
    const ran = await faber(["deploy", "--env=test", "--yes", "--json"], { cwd: project.dir, env });
    expect(ran.code, ran.stderr).toBe(0);
    expect(ran.json()).toMatchObject({ project: "shop", hosting: "no cloud", outputs: { word: "hello" } });
    expect(ran.json()).not.toHaveProperty("identity");
    expect(project.has("faber.yaml")).toBe(false);
  });

  test("in a subfolder is found by --chdir, --dir and the file above", async () => {
    const project = await projectFrom("words");
    await project.write({
      "infra/main.tf": await project.read("main.tf"),
      "faber.yaml": "project: shop\ndir: infra\nenvironments:\n  test: { variables: { word: below } }\n",
      "elsewhere/other.yaml":
        "project: other\ndir: ../infra\nenvironments:\n  test: { variables: { word: named } }\n",
    });
    const word = async (cwd: string, ...args: readonly string[]): Promise<unknown> => {
      const ran = await faber(["preview", "--env=test", "--json", ...args], { cwd });
      expect(ran.code, ran.stderr).toBe(0);
      const changes = arrayAt(objectAt(ran.json()["plan"])["details"]).map(objectAt);
      const attributes = arrayAt(changes[0]?.["attributes"]).map(objectAt);
      return attributes.find((attribute) => attribute["path"] === "input")?.["after"];
    };
    expect(await word(project.path("infra"))).toBe("below");
    expect(await word(await temporaryFolder(), `--chdir=${project.dir}`)).toBe("below");
    expect(await word(project.dir, "--config=elsewhere/other.yaml")).toBe("named");
    expect(await word(project.dir, "--dir=.")).toBe("below");
    expect(project.has(".faber/runs")).toBe(true);
  });

  test("keeps the workspaces of its environments apart", async () => {
    const project = await projectFrom("words", {
      "faber.yaml": settings,
      "test.tfvars": 'word = "tested"\n',
    });
    for (const [environment, word] of [
      ["test", "tested"],
      ["staging", "staged"],
    ]) {
      const ran = await faber(["deploy", `--env=${environment}`, "--yes", "--skip-tests", "--json"], {
        cwd: project.dir,
      });
      expect(ran.code, ran.stderr).toBe(0);
      expect(ran.json()).toMatchObject({ plan: { counts: { add: 1 } }, outputs: { word } });
    }
    const destroyed = await faber(["destroy", "--env=staging", "--yes", "--json"], { cwd: project.dir });
    expect(destroyed.code, destroyed.stderr).toBe(0);
    expect(JSON.parse(await project.read("terraform.tfstate.d/test/terraform.tfstate"))).toMatchObject({
      outputs: { word: { value: "tested" } },
    });
  });

  test("is left in the workspace that somebody selected by hand", async () => {
    const project = await projectFrom("words", {
      "faber.yaml": settings,
      "test.tfvars": 'word = "tested"\n',
    });
    await terraform(project.dir, ["init", "-input=false"]);
    await terraform(project.dir, ["workspace", "new", "mine"]);
    const ran = await faber(["deploy", "--env=test", "--yes", "--skip-tests", "--json"], {
      cwd: project.dir,
    });
    expect(ran.code, ran.stderr).toBe(0);
    expect((await terraform(project.dir, ["workspace", "show"])).trim()).toBe("mine");
    const mixed = await faber(["preview", "--env=test"], { cwd: project.dir, env: { TF_WORKSPACE: "mine" } });
    expect(mixed.code).toBe(64);
    expect(mixed.stderr).toContain("TF_WORKSPACE says mine");
  });

  test("answers --detailed-exitcode with 2 for as long as something would change", async () => {
    const project = await projectFrom("words");
    const preview = ["preview", "--env=test", "--detailed-exitcode", "--json"];
    expect((await faber(preview, { cwd: project.dir })).code).toBe(2);
    expect((await faber(["deploy", "--env=test", "--yes", "--skip-tests"], { cwd: project.dir })).code).toBe(
      0,
    );
    const same = await faber(preview, { cwd: project.dir });
    expect(same.code, same.stderr).toBe(0);
    expect(same.json()).toMatchObject({ plan: { changes_something: false } });
  });
});

describe.skipIf(noTerraform !== undefined)("faber init", () => {
  test("writes settings that deploy, once, and keeps .faber out of git", async () => {
    const project = await projectFrom("words", {
      "staging.tfvars": 'word = "staged"\n',
      ".gitignore": "*.log\n",
      ".git/HEAD": "ref: refs/heads/main\n",
    });
    const refused = await faber(["init"], { cwd: project.dir });
    expect(refused.code).toBe(4);
    expect(refused.stderr).toContain("faber init --yes");
    expect(project.has("faber.yaml")).toBe(false);

    const ran = await faber(["init", "--yes", "--json"], {
      cwd: project.dir,
      env: otherHome(await temporaryFolder()),
    });
    expect(ran.code, ran.stderr).toBe(0);
    expect(ran.json()).toMatchObject({ file: project.path("faber.yaml"), exit: { code: 0 } });
    expect(await project.read("faber.yaml")).toContain("staging");
    expect(await project.read(".gitignore")).toMatch(/^\*\.log\n[^]*\.faber\/\n/);

    const deployed = await faber(["deploy", "--env=staging", "--yes", "--skip-tests", "--json"], {
      cwd: project.dir,
    });
    expect(deployed.code, deployed.stderr).toBe(0);
    expect(deployed.json()).toMatchObject({ outputs: { word: "staged" } });

    const before = await project.read("faber.yaml");
    const again = await faber(["init", "--yes"], { cwd: project.dir });
    expect(again.code).toBe(64);
    expect(await project.read("faber.yaml")).toBe(before);
  });
});

describe("looking at things", () => {
  test("config show tells every setting with its origin", async () => {
    const project = await projectFrom("words", { "faber.yaml": settings, "test.tfvars": "" });
    const args = ["config", "show", "--env=test", "--origin", "--json", "--region=eu-west-1"];
    const ran = await faber(args, { cwd: project.dir, env: { FABER_PROFILE: "someone" } });
    expect(ran.code, ran.stderr).toBe(0);
    const rows = arrayAt(ran.json()["settings"]).map(objectAt);
    const origin = (end: string): string =>
      stringAt(rows.find((row) => stringAt(row["key"])?.endsWith(end))?.["origin"]) ?? "absent";
    expect(origin("region")).toContain("--region");
    expect(origin("profile")).toContain("FABER_PROFILE");
    expect(origin("workspace")).toContain("faber.yaml:4");
    expect(origin("hosting")).toContain("default");
  });

  test("reports are listed, newest first, and shown", async () => {
    const project = await projectFrom("words", { "faber.yaml": settings, "test.tfvars": "" });
    const none = await faber(["report", "show", "--env=test"], { cwd: project.dir });
    expect(none.code).toBe(64);
    expect(none.stderr).toContain("faber test --env=test");

    const env = { FABER_TOOLS_DIR: await temporaryFolder() };
    const tested = await faber(["test", "--env=test", "--json"], { cwd: project.dir, env });
    expect(tested.code, tested.stderr).toBe(0);
    await faber(["test", "--env=test"], { cwd: project.dir, env });
    const listed = await faber(["report", "list", "--env=test", "--json"], { cwd: project.dir });
    const entries = arrayAt(listed.json()["reports"]).map(objectAt);
    expect(entries).toHaveLength(2);
    const times = entries.map((entry) => stringAt(entry["timestamp"]) ?? "");
    expect(times).toEqual(times.toSorted().toReversed());
    expect(entries[1]?.["run_id"]).toBe(tested.json()["run_id"]);

    const name = stringAt(entries[1]?.["report"]) ?? "";
    const shown = await faber(["report", "show", name, "--env=test", "--json"], { cwd: project.dir });
    expect(shown.json()).toMatchObject({ run_id: tested.json()["run_id"], phase: "pre-deployment" });
    const escaped = await faber(["report", "show", "../../../faber.yaml", "--env=test"], {
      cwd: project.dir,
    });
    expect(escaped.code).toBe(64);
    expect(escaped.stdout).toBe("");
  });

  test("doctor lists every tool, and fails where one is missing that is needed", async () => {
    const dir = await temporaryFolder();
    const ran = await faber(["doctor", "--json"], { cwd: dir });
    const names = arrayAt(ran.json()["tools"]).map((tool) => stringAt(objectAt(tool)["name"]));
    expect(names).toEqual(expect.arrayContaining(["terraform", "checkov", "tfsec", "ministack"]));
    const bare = await faber(["doctor", "--json"], {
      cwd: dir,
      env: { ...otherHome(dir), FABER_TOOLS_DIR: dir, PATH: dir },
    });
    expect(bare.code).toBe(64);
    expect(bare.json()).toMatchObject({ ready: false, canDeploy: false });
  });

  test("--quiet says nothing when all is well, --version and --help are results", async () => {
    const project = await projectFrom("words", { "faber.yaml": settings, "test.tfvars": "" });
    const quiet = await faber(["validate", "--env=test", "--quiet"], { cwd: project.dir });
    expect(quiet.code, quiet.stderr).toBe(0);
    expect(quiet.stderr.replace(/^! TF_CLI_CONFIG_FILE[^]*?\n(?=\S|$)/, "")).toBe("");
    expect((await faber(["--version"], { cwd: project.dir })).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    const help = await faber(["deploy", "--help"], { cwd: project.dir });
    expect(help.code).toBe(0);
    expect(help.stdout).toContain("--approve");
    expect(help.stderr).toBe("");
  });
});
