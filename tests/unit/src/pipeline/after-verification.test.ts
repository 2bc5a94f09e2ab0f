import { describe, expect, test } from "vitest";
import { exitOf } from "../../../../src/core/exit.ts";
import type { StageName, StageResult, TestResult } from "../../../../src/core/result.ts";
import { lastGoodLines } from "../../../../src/pipeline/last-good.ts";
import { runPipeline } from "../../../../src/pipeline/run-pipeline.ts";
import type { Stage } from "../../../../src/pipeline/stage.ts";
import { fakePlanning, recordingHost, runContext, type RecordingHost } from "../../../helpers/run-context.ts";

const failing: TestResult = {
  name: "health_checks",
  status: "FAIL",
  duration_ms: 1,
  findings: [
    {
      rule: "unhealthy",
      severity: "HIGH",
      message: "it is down",
      address: "a.b",
      remedy: "start it",
      scanners: [],
    },
  ],
  requirement: "expected",
  figures: {},
};

/** Stages that count how often they ran; the verification passes at the given time, one stage may refuse a second run. */
function deployThatPassesAt(
  time: number,
  refusing?: StageName,
): { stages: Stage[]; ran: StageName[]; approvedBy: boolean[] } {
  const ran: StageName[] = [];
  const approvedBy: boolean[] = [];
  const well: Omit<StageResult, "stage" | "duration_ms"> = {
    status: "PASS",
    headline: "",
    tests: [],
    diagnostics: [],
  };
  const stage = (name: StageName): Stage => ({
    name,
    run: async (context, carried) => {
      ran.push(name);
      if (name === "approve") approvedBy.push(context.wishes.yes);
      const count = ran.filter((one) => one === name).length;
      if (name === refusing && count > 1)
        return { carried, result: { ...well, status: "FAIL", exit: exitOf("not-approved", "no") } };
      const isBad = name === "post-tests" && count < time;
      const exit = exitOf("verification-failed", "a post-deployment test fails");
      return { carried, result: isBad ? { ...well, status: "FAIL", tests: [failing], exit } : well };
    },
  });
  const stages = (["validate", "preview", "approve", "deploy", "post-tests"] as const).map(stage);
  return { stages, ran, approvedBy };
}

async function deploy(time: number, answers: readonly string[], attended = true, refusing?: StageName) {
  const { stages, ran, approvedBy } = deployThatPassesAt(time, refusing);
  const host = recordingHost(answers);
  const forgotten: unknown[] = [];
  const planning = fakePlanning({ forget: (also) => void forgotten.push(also) });
  const { report } = await runPipeline(
    runContext({ host, wishes: { attended, yes: true }, planning }),
    stages,
  );
  return { report, ran, approvedBy, host, forgotten };
}

const notices = ({ events }: RecordingHost): readonly string[] =>
  events.flatMap((event) => (event.type === "notice" ? [event.text] : []));

describe("after a verification that failed", () => {
  test("nobody is asked where nobody is, and the exit is 6", async () => {
    const { report, host, ran } = await deploy(2, [], false);
    expect(report.exit.code).toBe(6);
    expect(host.asked).toEqual([]);
    expect(ran).toHaveLength(5);
  });

  test("the tests can be run again, alone; what they say then holds", async () => {
    const { report, ran } = await deploy(3, ["r", "r"]);
    expect(report.exit.code).toBe(0);
    expect(ran.slice(4)).toEqual(["post-tests", "post-tests", "post-tests"]);
    expect(report.stages.map(({ stage }) => stage)).toEqual([
      "validate",
      "preview",
      "approve",
      "deploy",
      "post-tests",
    ]);
  });

  test("rolling forward tests and plans anew, asks anew, applies and verifies", async () => {
    const { report, ran, approvedBy, forgotten } = await deploy(2, ["f"]);
    expect(report.exit.code).toBe(0);
    // The files may be others by now, and no test has seen them.
    expect(ran.slice(5)).toEqual(["validate", "preview", "approve", "deploy", "post-tests"]);
    // The --yes of before was for another plan.
    expect(approvedBy).toEqual([true, false]);
    expect(forgotten).toEqual([{ saved: true }]);
    // That it failed first stays on the record.
    expect(report.overall_status).toBe("WARN");
  });

  test("where rolling forward stops before anything is applied, what is deployed is still unverified", async () => {
    const { report } = await deploy(2, ["f"], true, "approve");
    expect(report.exit).toMatchObject({ code: 6, reason: "a post-deployment test fails" });
    const applied = await deploy(2, ["f"], true, "deploy");
    expect(applied.report.exit.code).toBe(4);
  });

  test("looking and the way back are told, and asked about again; leaving leaves it", async () => {
    const { report, host, ran } = await deploy(2, ["l", "g", "n"]);
    expect(report.exit.code).toBe(6);
    expect(ran).toHaveLength(5);
    expect(notices(host).join("\n")).toContain("a.b: it is down (start it)");
    expect(notices(host).join("\n")).toContain("no deploy of this environment was verified from here");
    expect(host.asked).toHaveLength(3);
  });
});

describe("the way back to the last good configuration", () => {
  const place = { environment: "test", dir: "/p/in fra", worktree: "/p/.faber/last-good", isRemote: true };
  const good = { run_id: "r1", ended_at: "2026-11-20T09:00:00.000Z" };
  const source = { commit: "ce72f02", root: "infra", dirty: false };

  test("is a deploy of the older files, beside those of now", () => {
    expect(lastGoodLines({ ...good, source }, place).slice(1)).toEqual([
      "git -C '/p/in fra' worktree add /p/.faber/last-good ce72f02",
      "faber deploy --env=test --dir=/p/.faber/last-good/infra",
    ]);
  });

  test("goes through the root itself where the state lies in it", () => {
    const lines = lastGoodLines({ ...good, source }, { ...place, isRemote: false }).join("\n");
    expect(lines).toContain("restore --source=ce72f02 --worktree -- .");
    expect(lines).not.toContain("worktree add");
  });

  test.each([
    ["no good deploy", undefined, "no deploy of this environment was verified"],
    ["no repository", good, "in no git repository"],
    ["uncommitted files", { ...good, source: { ...source, dirty: true } }, "not committed"],
  ])("is not promised with %s", (_what, last, words) => {
    const lines = lastGoodLines(last, place);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(words);
  });
});
