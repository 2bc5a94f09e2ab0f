import { describe, expect, test } from "vitest";
import { arrayAt, objectAt, stringAt } from "../../src/core/json.ts";
import { faber } from "../helpers/faber.ts";
import { agree, deploy, deployAtTerminal, flat, settings, statisticsOf } from "../helpers/fixing.ts";
import { newestRunFile, projectFrom, type Project } from "../helpers/project.ts";
import { keys, noTerminal } from "../helpers/terminal.ts";
import { noTerraform } from "../helpers/terraform.ts";

const why = noTerraform ?? noTerminal;
if (why !== undefined) console.warn(`skipped: what came of fixes: ${why}`);

/** A root that fails in Terraform's own words, in vain, until a file called `mended` is there. */
const failing = (message: string): string => `
resource "terraform_data" "old" {
  provisioner "local-exec" {
    command = ${JSON.stringify(`[ -e mended ] || { echo "Error: ${message}" >&2; exit 1; }`)}
  }
}
`;

/** One failure that two fixes are there for: a known solution names the one, the other serves by its own judgement. */
const twofold = "Resource instance managed by newer provider version; Backend configuration changed";

const upgrade = "Use the provider version that wrote the state, or a newer one";

/** For each time that the newest run looked at the failure: what it proposed, best first. */
async function orders(project: Project): Promise<readonly (readonly string[])[]> {
  const report = objectAt(JSON.parse(await newestRunFile(project, "report.json")));
  return arrayAt(report["diagnoses"]).map((diagnosis) =>
    arrayAt(objectAt(diagnosis)["solutions"]).map(
      (solution) => stringAt(objectAt(solution)["description"]) ?? "?",
    ),
  );
}

describe.skipIf(why !== undefined)("a fix that does not help", () => {
  test("is undone and recorded, the next best is offered, the order changes, and the statistics tell", async () => {
    const project = await projectFrom("words", {
      "main.tf": failing(twofold),
      "faber.yaml": settings("fix: ask"),
    });
    const first = deployAtTerminal(project);
    await agree(first, "init-upgrade");
    await first.expectText("undid init-upgrade");
    // The failure is back: the next that can be done is offered.
    await agree(first, "init-reconfigure");
    await first.expectText("undid init-reconfigure");
    await first.expectText("Run the failed stage again");
    first.type(`n${keys.enter}`);
    expect(await first.ended, first.screen()).toBe(5);
    expect(first.screen().replace(/\s+/g, " ")).toContain(
      "mended init-upgrade did not help and was undone · init-reconfigure did not help and was undone",
    );
    expect(await orders(project)).toHaveLength(3);
    expect(await statisticsOf(project)).toMatchObject({ total_issues: 1, total_resolutions: 0 });

    // Once may be bad luck: twice, and something else is likelier to help. Somebody does that, and says so.
    const second = deployAtTerminal(project);
    await agree(second, "init-upgrade");
    await second.expectText("undid init-upgrade");
    await second.expectText("Apply init-reconfigure");
    second.type(`n${keys.enter}`);
    await second.expectText("Run the failed stage again");
    await project.write({ mended: "" });
    second.type(`y${keys.enter}`);
    await second.expectText("What solved it");
    second.type(`1${keys.enter}`);
    await second.expectText("learned: ");
    expect(await second.ended, second.screen()).toBe(0);
    const [before = [], after = []] = await orders(project);
    expect(before[0]).toBe(upgrade);
    expect(after[0]).not.toBe(upgrade);
    expect(second.screen().replace(/\s+/g, " ")).toContain(`learned: ${after[0] ?? ""}`);

    const log = await faber(["issues", "list", "--json"], { cwd: project.dir });
    expect(log.json()["issues"]).toMatchObject([{ occurrence_count: 5, category: "state" }]);
    expect(await statisticsOf(project)).toMatchObject({
      total_issues: 1,
      total_resolutions: 1,
      automation_rate: 0,
      most_common_categories: { state: 1 },
    });
    const { avg_resolution_time_seconds, mean_time_to_resolve_seconds } = await statisticsOf(project);
    expect(avg_resolution_time_seconds).toBeGreaterThan(0);
    expect(mean_time_to_resolve_seconds).toBeGreaterThan(avg_resolution_time_seconds as number);
  });
});

describe.skipIf(why !== undefined)("a line of a file that Terraform knows better", () => {
  const misspelt = 'resource "terraform_data" "word" {\n  inptu = "hello"\n}\n';

  test("is shown with file and line, never changed unasked, and changed after a yes", async () => {
    const project = await projectFrom("words", { "main.tf": misspelt, "faber.yaml": settings("fix: auto") });
    const run = await deploy(project);
    expect(run.code, run.stderr).toBe(3);
    expect(flat(run)).toContain('main.tf:2 - inptu = "hello" + input = "hello"');
    expect(await project.read("main.tf")).toBe(misspelt);
    expect(run.json()["diagnoses"]).toMatchObject([{ category: "config", at: { file: "main.tf", line: 2 } }]);

    const terminal = deployAtTerminal(project);
    await agree(terminal, "config-edit");
    expect(await terminal.ended, terminal.screen()).toBe(0);
    expect(await project.read("main.tf")).toBe(misspelt.replace("inptu", "input"));
    expect(await statisticsOf(project)).toMatchObject({ total_resolutions: 1, automation_rate: 100 });
  });
});
