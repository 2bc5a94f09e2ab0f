import { writeFile } from "node:fs/promises";
import { expect, describe, test } from "vitest";
import { faber } from "../helpers/faber.ts";
import { projectFrom, temporaryFolder, type Project } from "../helpers/project.ts";
import { faberAtTerminal, keys, noTerminal, type Terminal } from "../helpers/terminal.ts";
import { noTerraform } from "../helpers/terraform.ts";

const skipped = noTerraform ?? noTerminal;
if (skipped !== undefined) console.warn(`skipped: a person at a terminal: ${skipped}`);

const settings = "environments: { test: {}, locked: { protected: true } }\n";

/** A root whose apply, and not its plan, fails until somebody has put a file in its place. */
const reactor = (name: string, loop: number, coolant: string): string => `
resource "terraform_data" "${name}_site" {
  input = "north"
}

resource "terraform_data" "${name}" {
  input = terraform_data.${name}_site.id
  lifecycle {
    precondition {
      condition     = fileexists("${coolant}\${substr(terraform_data.${name}_site.id, 0, 0)}")
      error_message = "Reactor core ${name}-7f3a refused ignition: coolant loop ${loop} is dry."
    }
  }
}
`;

const asked = /Apply plan [0-9a-f]+ to test\b.*\(y\/N\/v\)/;

const deploy = (project: Project, environment = "test"): Terminal =>
  faberAtTerminal(["deploy", `--env=${environment}`, "--skip-tests"], { cwd: project.dir });

describe.skipIf(skipped !== undefined)("a failure that nobody has met, at a real terminal", () => {
  test("is mended by hand and told about, and the next time that is the first thing to be proposed", async () => {
    const coolant = `${await temporaryFolder()}/coolant`;
    const project = await projectFrom("words", {
      "main.tf": reactor("alpha", 12, coolant),
      "faber.yaml": settings,
    });
    const first = deploy(project);
    await first.expectText(asked);
    first.type(`y${keys.enter}`);
    await first.expectText("coolant loop 12 is dry");
    await first.expectText("Run the failed stage again");
    await writeFile(coolant, "full");
    first.type(`y${keys.enter}`);
    await first.expectText("It passed. What solved it");
    first.type(`Refill the coolant by hand at valve 9${keys.enter}`);
    await first.expectText("learned: Refill the coolant by hand at valve 9");
    expect(await first.ended, first.screen()).toBe(0);

    await project.write({ "main.tf": reactor("beta", 7, `${coolant}-too`) });
    const second = deploy(project);
    await second.expectText(asked);
    second.type(`y${keys.enter}`);
    await second.expectText("coolant loop 7 is dry");
    await second.expectText("Run the failed stage again");
    second.type(`n${keys.enter}`);
    expect(await second.ended, second.screen()).toBe(5);
    expect(first.screen()).not.toContain("recorded for this very issue");
    expect(second.screen()).toMatch(
      / 1 {2}Refill the coolant by hand at valve 9 .*\n +recorded for this very issue; worked 1 of 1 times/,
    );

    const listed = (await faber(["issues", "list", "--json"], { cwd: project.dir })).json();
    expect(listed["issues"]).toMatchObject([{ occurrence_count: 2 }]);
  });
});

describe.skipIf(skipped !== undefined)("the approval of a plan, at a real terminal", () => {
  const shop = (): Promise<Project> => projectFrom("words", { "faber.yaml": settings });

  test("y applies", async () => {
    const project = await shop();
    const terminal = deploy(project);
    await terminal.expectText(asked);
    terminal.type(`y${keys.enter}`);
    expect(await terminal.ended, terminal.screen()).toBe(0);
    expect(project.has("terraform.tfstate")).toBe(true);
  });

  test("v shows the whole plan and asks again; n changes nothing", async () => {
    const project = await shop();
    const terminal = deploy(project);
    await terminal.expectText(asked);
    terminal.type(`v${keys.enter}`);
    await terminal.expectText("terraform_data.word");
    await terminal.expectText(asked);
    terminal.type(`n${keys.enter}`);
    expect(await terminal.ended, terminal.screen()).toBe(4);
    expect(project.has("terraform.tfstate")).toBe(false);
  });

  test("Enter alone is no yes", async () => {
    const project = await shop();
    const terminal = deploy(project);
    await terminal.expectText(asked);
    terminal.type(keys.enter);
    expect(await terminal.ended, terminal.screen()).toBe(4);
    expect(project.has("terraform.tfstate")).toBe(false);
  });

  test("a protected environment wants its name typed, and nothing else", async () => {
    const project = await shop();
    const wrong = deploy(project, "locked");
    await wrong.expectText("locked is protected.");
    wrong.type(`y${keys.enter}`);
    expect(await wrong.ended, wrong.screen()).toBe(4);
    expect(project.has("terraform.tfstate")).toBe(false);
    const right = deploy(project, "locked");
    await right.expectText("locked is protected.");
    right.type(`locked${keys.enter}`);
    expect(await right.ended, right.screen()).toBe(0);
  });

  test.each([
    ["Ctrl-C", keys.interrupt, 130],
    ["the end of the input", keys.end, 4],
  ])("%s ends it with nothing changed, and gives the terminal back", async (_name, key, code) => {
    const project = await shop();
    const terminal = deploy(project);
    await terminal.expectText(asked);
    terminal.type(key);
    expect(await terminal.ended, terminal.screen()).toBe(code);
    expect(project.has("terraform.tfstate")).toBe(false);
    expect((await project.files(".faber/locks")).size).toBe(0);
  });
});
