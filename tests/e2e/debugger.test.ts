import { rm, writeFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { arrayAt, objectAt } from "../../src/core/json.ts";
import { faber, type FaberRun } from "../helpers/faber.ts";
import { projectFrom, temporaryFolder, type Project } from "../helpers/project.ts";
import { noTerraform } from "../helpers/terraform.ts";

const denied =
  "Error: creating SQS Queue (shop-jobs): operation error SQS: CreateQueue, https response error StatusCode: 403, " +
  "RequestID: 0d6c1f7e-5a0b-4a52-9d1c-0f4c1d7f2a11, api error AccessDenied: User: arn:aws:iam::123456789012:user/ci is " +
  "not authorized to perform: sqs:CreateQueue because no identity-based policy allows the sqs:CreateQueue action";
const novel = "flux capacitor of the time machine is out of plutonium at 88 mph";

const debug = (cwd: string, ...args: readonly string[]): Promise<FaberRun> =>
  faber(["debug", ...args], { cwd });

const idOf = (diagnosis: Readonly<Record<string, unknown>>): string =>
  typeof diagnosis["issue_id"] === "string" ? diagnosis["issue_id"] : "";

describe("faber debug", () => {
  test("knows a denial from day one: what, who, which layer, and the statement to add", async () => {
    const run = await debug(await temporaryFolder(), `--error=${denied}`, "--json");
    expect(run.code, run.stderr).toBe(0);
    const diagnosis = run.json();
    expect(diagnosis).toMatchObject({
      category: "permission",
      code: "AccessDenied",
      http_status: 403,
      action: "sqs:CreateQueue",
      principal: "arn:aws:iam::123456789012:user/ci",
      denied_by: "identity-policy",
      status: "solution_found",
      recorded: true,
      occurrence_count: 1,
      exit: { code: 0, name: "done" },
    });
    expect(JSON.stringify(diagnosis["solutions"])).toContain("sqs:CreateQueue");
  });

  test("answers the seed's fourth example: a group that is not there, and steps for a person", async () => {
    const cwd = await temporaryFolder();
    const args = [
      "--error=ValidationException: SecurityGroup sg-123 does not exist",
      "--operation=deploy",
      "--env=test",
    ];
    const diagnosis = (await debug(cwd, ...args, "--json")).json();
    expect(diagnosis).toMatchObject({
      category: "resource",
      code: "ValidationException",
      status: "solution_found",
      recorded: true,
    });
    const [best, second] = arrayAt(diagnosis["solutions"]).map(objectAt);
    expect(second).toBeDefined();
    expect(best).toMatchObject({
      description: "Make the security group before what depends on it",
      automation: { automated: false },
    });
    expect(JSON.stringify(best?.["steps"])).toContain("depends_on");
    expect(JSON.stringify(best?.["steps"])).toContain("terraform validate");

    const told = await debug(cwd, ...args);
    expect(told.stdout).toMatch(/resource · ValidationException +issue [0-9a-f]{6}/);
    expect(told.stdout).toMatch(/ 1 {2}Make the security group before what depends on it/);
    const issue = (await faber(["issues", "show", idOf(diagnosis), "--json"], { cwd })).json();
    expect(JSON.stringify(issue)).toContain('"operation":"deploy"');
    expect(JSON.stringify(issue)).toContain('"environment":"test"');
  });

  test("gives the same issue for another account, queue and request, and another one for another action", async () => {
    const cwd = await temporaryFolder();
    const other = denied
      .replace("shop-jobs", "other")
      .replaceAll("123456789012", "999999999999")
      .replace("0d6c1f7e", "ffffffff");
    const ids = [];
    for (const error of [denied, other, denied.replaceAll("sqs:CreateQueue", "sqs:TagQueue")]) {
      ids.push((await debug(cwd, `--error=${error}`, "--json")).json()["issue_id"]);
    }
    expect(ids[1]).toBe(ids[0]);
    expect(ids[2]).not.toBe(ids[0]);
  });

  test("says honestly when nothing is known, and finds what was recorded the next time", async () => {
    const cwd = await temporaryFolder();
    const first = (await debug(cwd, `--error=${novel}`, "--json")).json();
    expect(first).toMatchObject({ status: "novel_error", solutions: [] });
    const issue = idOf(first).slice(0, 8);
    const recorded = await faber(
      [
        "issues",
        "record",
        issue,
        "--description=Refill the plutonium",
        "--step=Buy some",
        "--outcome=success",
        "--duration=40",
      ],
      { cwd },
    );
    expect(recorded.code, recorded.stderr).toBe(0);
    expect((await debug(cwd, `--error=${novel}`, "--json")).json()).toMatchObject({
      status: "solution_found",
      solutions: [
        {
          description: "Refill the plutonium",
          steps: ["Buy some"],
          match: "same-issue",
          confidence: "low",
          success_rate: { attempts: 1, successes: 1, failures: 0, percentage: 100 },
          avg_resolution_time_seconds: 40,
        },
      ],
    });
    expect((await debug(cwd, "--no-knowledge", `--error=${denied}`, "--json")).json()["status"]).toBe(
      "novel_error",
    );
  });

  test("answers a batch in order, and records nothing of it", async () => {
    const cwd = await temporaryFolder();
    const lines = [
      { id: "b", error: novel },
      { id: "a", error: denied },
    ];
    await writeFile(`${cwd}/batch.jsonl`, lines.map((line) => JSON.stringify(line)).join("\n"));
    const run = await debug(cwd, "--batch=batch.jsonl");
    const answers = run.stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(answers.map((answer) => [answer["id"], answer["status"]])).toEqual([
      ["b", "novel_error"],
      ["a", "solution_found"],
    ]);
    expect((await faber(["issues", "list", "--json"], { cwd })).json()["issues"]).toEqual([]);
  });

  test("reads standard input and files; refuses nothing, two sources and a damaged batch", async () => {
    const cwd = await temporaryFolder();
    const piped = await faber(["debug", "-", "--json"], { cwd, input: `\u001b[31m│ ${denied}\u001b[0m\n` });
    expect(piped.json()).toMatchObject({ action: "sqs:CreateQueue" });
    await writeFile(`${cwd}/e.txt`, Buffer.concat([Buffer.from([0xff, 0xfe, 0x00]), Buffer.from(denied)]));
    expect((await debug(cwd, "--error-file=e.txt", "--json")).json()).toMatchObject({ code: "AccessDenied" });
    await writeFile(`${cwd}/bad.jsonl`, "{]");
    for (const args of [
      [],
      ["--error= "],
      ["-", "--error=x"],
      ["--batch=bad.jsonl"],
      ["--error-file=none"],
    ]) {
      const refused = await debug(cwd, ...args);
      expect([refused.code, refused.stderr.startsWith("error:")], args.join(" ")).toEqual([64, true]);
    }
  });

  test("diagnoses without a log that is damaged, and says that nothing was recorded", async () => {
    const cwd = await temporaryFolder();
    await debug(cwd, `--error=${novel}`);
    for (const more of ["-wal", "-shm"]) await rm(`${cwd}/.faber/issue-log.db${more}`, { force: true });
    await writeFile(`${cwd}/.faber/issue-log.db`, "this is no database, whatever its name says".repeat(100));
    const run = await debug(cwd, `--error=${denied}`, "--json");
    expect(run.code, run.stderr).toBe(0);
    expect(run.json()).toMatchObject({ status: "solution_found", recorded: false });
    expect(run.json()["not_recorded_because"]).toContain("database");
  });

  test("keeps what no terminal, shell or page may run as the text that it is", async () => {
    const cwd = await temporaryFolder();
    const evil = `$(touch pwned) \`touch pwned\` '; DROP TABLE issues; -- <script>alert(1)</script> ::set-output name=a::b \u001b]8;;http://x\u0007link`;
    const run = await debug(cwd, `--error=${evil}`);
    expect(run.code, run.stderr).toBe(0);
    expect(run.stdout).not.toContain("\u001b");
    const listed = await faber(["issues", "list", "--json"], { cwd });
    expect(listed.json()["issues"]).toHaveLength(1);
  });

  test("redacts before it stores", async () => {
    const cwd = await temporaryFolder();
    await debug(cwd, "--error=cannot connect to postgres://app:hunter2secret@db.example:5432/shop: refused");
    const exported = await faber(["issues", "export"], { cwd });
    expect(exported.stdout).toContain("(redacted)");
    expect(exported.stdout).not.toContain("hunter2secret");
  });

  test("carries a log over: export, import, and again, which adds nothing", async () => {
    const [one, two] = [await temporaryFolder(), await temporaryFolder()];
    await debug(one, `--error=${novel}`);
    await debug(one, `--error=${denied}`);
    expect((await faber(["issues", "export", `--out=${two}/log.json`], { cwd: one })).code).toBe(0);
    const first = (await faber(["issues", "import", "log.json", "--json"], { cwd: two })).json();
    expect(first).toMatchObject({ added: { issues: 2, occurrences: 2 } });
    const second = (await faber(["issues", "import", "log.json", "--json"], { cwd: two })).json();
    expect(second).toMatchObject({ added: { issues: 0, occurrences: 0, solutions: 0, attempts: 0 } });
    await writeFile(`${two}/bad.json`, '{"issues": [');
    const damaged = await faber(["issues", "import", "bad.json"], { cwd: two });
    expect([damaged.code, damaged.stderr]).toEqual([64, expect.stringContaining("damaged")]);
  });

  test.each([
    [2, 1_000],
    [20, 100],
  ])("%i at once write %i failures each into one log, and none is lost", async (processes, each) => {
    const cwd = await temporaryFolder();
    const kinds = [denied, novel, denied.replaceAll("sqs:CreateQueue", "sqs:TagQueue")];
    const lines = Array.from({ length: each }, (_, index) =>
      JSON.stringify({ id: String(index), error: kinds[index % kinds.length] }),
    );
    await writeFile(`${cwd}/batch.jsonl`, lines.join("\n"));
    const runs = await Promise.all(
      Array.from({ length: processes }, () => debug(cwd, "--batch=batch.jsonl", "--record")),
    );
    expect(runs.map((run) => run.code)).toEqual(runs.map(() => 0));
    const answers = runs.flatMap((run) => run.stdout.trim().split("\n"));
    expect(answers.filter((line) => line.includes('"recorded":true'))).toHaveLength(2_000);
    const issues = arrayAt((await faber(["issues", "list", "--json"], { cwd })).json()["issues"]).map(
      objectAt,
    );
    expect(issues).toHaveLength(kinds.length);
    const counts = issues.map((issue) => Number(issue["occurrence_count"]));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(2_000);
  });

  test("twenty at once on one log lose nothing", async () => {
    const cwd = await temporaryFolder();
    const runs = await Promise.all(
      Array.from({ length: 20 }, () => debug(cwd, `--error=${denied}`, "--json")),
    );
    expect(runs.map((run) => run.code)).toEqual(runs.map(() => 0));
    expect((await debug(cwd, `--error=${denied}`, "--json")).json()["occurrence_count"]).toBe(21);
  });
});

if (noTerraform !== undefined) console.warn(`skipped: failures in a deploy: ${noTerraform}`);

/** Fails until it has been tried `times` times, with a message that a tool would print. */
function failing(message: string, times: number): string {
  const script = `n=$(cat tries 2>/dev/null || echo 0); echo $((n+1)) > tries; [ $n -ge ${times} ] || { echo "${message}" >&2; exit 1; }`;
  return `resource "terraform_data" "camera" {
  provisioner "local-exec" {
    command = ${JSON.stringify(script).replaceAll("${", "$${")}
  }
}
`;
}

const throttled = "api error ThrottlingException: Rate exceeded";

describe.skipIf(noTerraform !== undefined)("a deploy that fails", () => {
  const deploy = (project: Project, ...more: readonly string[]): Promise<FaberRun> =>
    faber(["deploy", "--env=test", "--yes", "--skip-tests", "--json", ...more], { cwd: project.dir });

  test("goes on by itself after a transient failure, within what was approved, and remembers it", async () => {
    const project = await projectFrom("chain", {
      "main.tf": failing(throttled, 1),
      "faber.yaml": "environments: { test: {} }\n",
    });
    const run = await deploy(project);
    expect(run.code, run.stderr).toBe(0);
    expect(run.stderr).toContain("run the failed stage again (try 1 of 3)");
    expect(run.json()).toMatchObject({
      approval: { via: "remainder" },
      diagnoses: [{ transient: true, recorded: true }],
      exit: { code: 0 },
    });
    const issue = (run.json()["diagnoses"] as { issue_id: string }[])[0]?.issue_id ?? "";
    const shown = await faber(["issues", "show", issue, "--json"], { cwd: project.dir });
    expect(shown.json()["solutions"]).toMatchObject([{ record: { attempts: 1, successes: 1 } }]);
  });

  test("gives up when the budget is spent, and each try is recorded as the failure it was", async () => {
    const project = await projectFrom("chain", {
      "main.tf": failing(throttled, 99),
      "faber.yaml": "environments: { test: {} }\n",
    });
    const run = await deploy(project);
    expect(run.code).toBe(5);
    expect(run.stderr).toContain("it was tried 3 times");
    const stats = await faber(["issues", "stats", "--json"], { cwd: project.dir });
    expect(stats.json()).toMatchObject({ statistics: { total_issues: 1, total_resolutions: 0 } });
  });

  test("is left alone with fix: never, and is diagnosed all the same", async () => {
    const project = await projectFrom("chain", {
      "main.tf": failing(throttled, 1),
      "faber.yaml": "environments: { test: { fix: never } }\n",
    });
    const run = await deploy(project);
    expect(run.code).toBe(5);
    expect(await project.read("tries")).toBe("1\n");
    expect(run.json()).toMatchObject({ diagnoses: [{ recorded: true }] });
  });

  test("is not run again for a failure that would only fail again", async () => {
    const project = await projectFrom("chain", {
      "main.tf": failing(novel, 1),
      "faber.yaml": "environments: { test: {} }\n",
    });
    const run = await deploy(project);
    expect(run.code).toBe(5);
    expect(await project.read("tries")).toBe("1\n");
    expect(run.stderr).toContain("Run the command by hand");
  });
});
