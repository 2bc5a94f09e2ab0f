import { writeFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { projectFrom, temporaryFolder } from "../helpers/project.ts";
import { faberAtTerminal, keys, noTerminal } from "../helpers/terminal.ts";
import { noTerraform } from "../helpers/terraform.ts";

const skipped = noTerraform ?? noTerminal;
if (skipped !== undefined) console.warn(`skipped: a failed verification at a terminal: ${skipped}`);

/** What was applied is well when somebody has put a file in its place. */
const kiln = (fire: string): string => `
resource "terraform_data" "kiln" {
  input = "clay"
}

check "burning" {
  assert {
    condition     = fileexists("${fire}\${substr(terraform_data.kiln.id, 0, 0)}")
    error_message = "The kiln is cold."
  }
}
`;

describe.skipIf(skipped !== undefined)("a verification that failed, at a real terminal", () => {
  test("is looked at, rolled forward, tried again, and passes when it is mended", async () => {
    const fire = `${await temporaryFolder()}/fire`;
    const project = await projectFrom("words", {
      "main.tf": kiln(fire),
      "faber.yaml": "environments: { test: {} }\n",
    });
    const deploy = faberAtTerminal(["deploy", "--env=test", "--skip-tests"], { cwd: project.dir });
    const offered = "Not as it should be";
    await deploy.expectText(/Apply plan [0-9a-f]+ to test\b.*\(y\/N\/v\)/);
    deploy.type(`y${keys.enter}`);
    await deploy.expectText(offered);
    deploy.type(`l${keys.enter}`);
    await deploy.expectText("check.burning: a check block fails: The kiln is cold.");
    await deploy.expectText(offered);
    deploy.type(`g${keys.enter}`);
    await deploy.expectText("no deploy of this environment was verified from here");
    await deploy.expectText(offered);
    deploy.type(`f${keys.enter}`);
    await deploy.expectText("0 to add");
    await deploy.expectText(offered);
    await writeFile(fire, "burning");
    deploy.type(`r${keys.enter}`);
    expect(await deploy.ended, deploy.screen()).toBe(0);
  });

  test("is left as it is with exit 6", async () => {
    const project = await projectFrom("words", {
      "main.tf": kiln("/no/such/fire"),
      "faber.yaml": "environments: { test: {} }\n",
    });
    const deploy = faberAtTerminal(["deploy", "--env=test", "--skip-tests"], { cwd: project.dir });
    await deploy.expectText(/\(y\/N\/v\)/);
    deploy.type(`y${keys.enter}`);
    await deploy.expectText("Not as it should be");
    deploy.type(keys.enter);
    expect(await deploy.ended, deploy.screen()).toBe(6);
    expect(deploy.screen()).toContain("faber drift --env=test");
  });
});
