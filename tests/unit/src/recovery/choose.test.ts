import { describe, expect, test } from "vitest";
import type { IacMending } from "../../../../handlers/iac/mending.ts";
import type { Diagnosis, RankedSolution } from "../../../../src/core/diagnosis.ts";
import { told } from "../../../../src/core/diagnostic.ts";
import type { Environment } from "../../../../src/core/environment.ts";
import { createFixBudget } from "../../../../src/recovery/budget.ts";
import { tryAutomatically } from "../../../../src/recovery/choose.ts";
import type { Trial } from "../../../../src/recovery/trial.ts";
import { fakeIac, recordingHost, runContext } from "../../../helpers/run-context.ts";

const locked = `Error acquiring the state lock
Lock Info:
  ID:        0a1b2c3d-1111-2222-3333-444455556666
  Who:       dana@build-7
  Operation: OperationTypeApply
`;

const solutionOf = (handler: string, more: Partial<RankedSolution> = {}): RankedSolution => ({
  solution_id: handler,
  description: handler,
  steps: [],
  match: "knowledge",
  score: 0.5,
  confidence: "low",
  success_rate: { attempts: 0, successes: 0, failures: 0, percentage: 0 },
  lower_bound: 0,
  avg_resolution_time_seconds: null,
  automation: { automated: true, handler, parameters: {} },
  impact: "low",
  applicable: true,
  why: "",
  ...more,
});

/** A diagnosis of which only what is given may be looked at. */
const diagnosisOf = (message: string, more: Partial<Diagnosis> = {}): Diagnosis =>
  ({
    issue_id: "abc",
    message,
    code: null,
    transient: false,
    solutions: [],
    ...more,
  }) as unknown as Diagnosis;

/** A root whose lock a dead run of ours holds, and whose init chooses other versions. */
function desk(unlocked: string[]): IacMending {
  return {
    locks: {
      holder: async () => ({ kind: "our-dead-run", runId: "r", pid: 7, command: "apply" }),
      unlock: async (id: string) => {
        unlocked.push(id);
        return told(undefined);
      },
    },
    providers: {
      previewUpgrade: async () => told({ before: "a", after: "b" }),
      versionsIn: () => ({}),
      upgrade: async () => told(undefined),
      writeLockFile: async () => undefined,
    },
  } as unknown as IacMending;
}

interface Wish {
  readonly environment: Partial<Environment>;
  readonly answers?: readonly string[];
  readonly diagnosis?: Diagnosis;
}

async function attempt({ environment, answers, diagnosis = diagnosisOf(locked) }: Wish) {
  const unlocked: string[] = [];
  const context = runContext({
    environment,
    host: recordingHost(answers),
    wishes: { attended: answers !== undefined },
    iac: fakeIac({ mending: desk(unlocked) }),
  });
  const budget = createFixBudget(0);
  const once = (): Promise<Trial | undefined> =>
    tryAutomatically({ stage: "deploy", diagnoses: [diagnosis] }, context, budget);
  const trial = await once();
  const notices = context.host.events.flatMap((event) =>
    event.type === "notice" ? [`${event.code}: ${event.text}`] : [],
  );
  return { trial, unlocked, notices, asked: context.host.asked, once };
}

describe("what is done unasked", () => {
  test("is what is sure and slight, where the environment says auto", async () => {
    const { trial, unlocked, asked } = await attempt({ environment: { fix: "auto" } });
    expect(trial).toMatchObject({ kind: "fix", fix: { name: "unlock" } });
    expect(unlocked).toHaveLength(1);
    expect(asked).toEqual([]);
  });

  test.each<readonly [string, Wish, string]>([
    [
      "nothing where it says ask",
      { environment: { fix: "ask" } },
      "nobody is here to say yes, and fix is ask",
    ],
    [
      "nothing in a protected environment",
      { environment: { fix: "auto", protected: true } },
      "test is protected",
    ],
    [
      "nothing that is not sure and slight",
      {
        environment: { fix: "auto" },
        diagnosis: diagnosisOf("odd", { solutions: [solutionOf("init-upgrade")] }),
      },
      "not sure and slight enough",
    ],
  ])("is %s, and then it is shown what would be", async (_what, wish, why) => {
    const { trial, unlocked, notices } = await attempt(wish);
    expect(trial).toBeUndefined();
    expect(unlocked).toEqual([]);
    expect(notices[0]).toContain("fix-not-applied");
    expect(notices[0]).toContain(why);
    expect(notices.slice(1).every((notice) => notice.startsWith("fix-diff: "))).toBe(true);
    expect(notices.length).toBeGreaterThan(1);
  });

  test("is nothing, and nothing is offered, where it says never", async () => {
    expect(await attempt({ environment: { fix: "never" } })).toMatchObject({ trial: undefined, notices: [] });
  });
});

describe("with a person", () => {
  test("a protected environment asks about a wait too", async () => {
    const { trial, asked } = await attempt({
      environment: { fix: "auto", protected: true },
      answers: ["n"],
      diagnosis: diagnosisOf("slow", { transient: true }),
    });
    expect(asked.map(({ text }) => text)).toEqual([expect.stringContaining("Apply retry: wait about 2 s")]);
    expect(trial).toBeUndefined();
  });

  test("the diff is shown before the yes, and a no leads to the next", async () => {
    const diagnosis = diagnosisOf(locked, { solutions: [solutionOf("init-upgrade")] });
    const { trial, asked, notices } = await attempt({
      environment: { fix: "ask" },
      answers: ["d", "n", "y"],
      diagnosis,
    });
    expect(asked.map(({ text }) => /Apply ([\w-]+)/.exec(text)?.[1])).toEqual([
      "init-upgrade",
      "init-upgrade",
      "unlock",
    ]);
    expect(notices).toContain("fix-diff: .terraform.lock.hcl");
    expect(trial).toMatchObject({ fix: { name: "unlock" } });
  });

  test("what was tried for an issue is not tried again for it", async () => {
    const diagnosis = diagnosisOf(locked, { solutions: [solutionOf("unlock")], transient: false });
    const { trial, once } = await attempt({ environment: { fix: "auto" }, diagnosis });
    expect(trial).toMatchObject({ fix: { name: "unlock" } });
    expect(await once()).toBeUndefined();
  });
});
