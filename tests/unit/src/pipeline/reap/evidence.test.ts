import { describe, expect, test } from "vitest";
import { readEvidence, type Evidence, type NameOf } from "../../../../../src/pipeline/reap/evidence.ts";
import { listRuns } from "../../../../../src/workdir/past-runs.ts";
import {
  ended,
  failedWith,
  intended,
  known,
  planned,
  resource,
  started,
  toldError,
  writeJournal,
} from "../../../../helpers/past-journal.ts";
import { scratchFolder } from "../../../../helpers/tool-surroundings.ts";

const nameOf: NameOf = (type, { name }) => (type === "aws_ssm_parameter" ? name : undefined);
const key = (name: string): string => `aws_ssm_parameter /shop/test/${name}`;
const address = (name: string): string => `aws_ssm_parameter.${name}`;
const ids = ["20261121T090000Z-aaaaaa", "20261121T100000Z-bbbbbb", "20261121T110000Z-cccccc"] as const;

interface Given {
  readonly command?: string;
  readonly events: readonly object[];
}

/** Runs one after the other, the first the oldest. */
async function evidenceOf(...runs: readonly Given[]): Promise<Evidence> {
  const dir = await scratchFolder();
  for (const [index, { command, events }] of runs.entries()) {
    const id = ids[index] ?? "?";
    writeJournal(dir, id, [started(id, command), known(), ...events]);
  }
  return readEvidence(await listRuns(dir), nameOf);
}

const dead: Given = { events: [planned({ a: "create", b: "create" }), intended, resource("started", "a")] };
const well: Given = { events: [planned({ a: "create" }), intended, resource("ended", "a"), ended(0)] };
const inStateOf = ({ inState }: Evidence): readonly string[] => [...inState.keys()].sort();

describe("a run is unfinished", () => {
  test("when it died during its apply: all that it was to make is its own", async () => {
    const evidence = await evidenceOf(dead);
    expect(evidence.unfinished.map(({ runId }) => runId)).toEqual([ids[0]]);
    expect(inStateOf(evidence)).toEqual([address("a"), address("b")]);
    expect(evidence.lastPlanned.get(key("a"))).toMatchObject({ action: "create", failure: "none" });
  });

  test("not when it ended well, or only its verification did not", async () => {
    for (const code of [0, 6])
      expect(
        inStateOf(await evidenceOf({ events: [planned({ a: "create" }), intended, ended(code)] })),
      ).toEqual([]);
  });

  test("not when only its report could not be written", async () => {
    const evidence = await evidenceOf({
      events: [...well.events, failedWith(64, "cannot write report.json")],
    });
    expect(evidence.unfinished).toEqual([]);
    expect(inStateOf(evidence)).toEqual([]);
  });

  test("not when it changed nothing yet", async () => {
    expect(inStateOf(await evidenceOf({ events: [planned({ a: "create" })] }))).toEqual([]);
  });

  test("not before a later run that came to its end", async () => {
    expect((await evidenceOf(dead, well)).unfinished).toEqual([]);
  });

  test("not before a whole reap, but before one that was for another run alone", async () => {
    const reap = (run?: string): Given => ({
      command: "reap",
      events: [{ type: "reap.surveyed", ...(run === undefined ? {} : { run }) }, ended(0)],
    });
    expect((await evidenceOf(dead, reap())).unfinished).toEqual([]);
    expect((await evidenceOf(dead, reap("another"))).unfinished).toHaveLength(1);
    expect((await evidenceOf(dead, reap(ids[0]))).unfinished).toEqual([]);
  });
});

describe("what a run failed to make", () => {
  const failing = (summary: string): Promise<Evidence> =>
    evidenceOf({
      events: [
        planned({ a: "create" }),
        intended,
        resource("failed", "a"),
        toldError("a", summary),
        ended(5),
      ],
    });
  const failureIn = async (evidence: Promise<Evidence>) =>
    (await evidence).lastPlanned.get(key("a"))?.failure;

  test.each([
    "creating SSM Parameter: ParameterAlreadyExists",
    "creating S3 Bucket (x): BucketAlreadyOwnedByYou",
    "ResourceConflictException: function exists",
    "ResourceInUseException: Table is being created",
    "the name is taken",
  ])("may be somebody else's: %s", async (summary) => {
    expect(await failureIn(failing(summary))).toBe("taken");
  });

  test.each(["operation error SSM: PutParameter, canceled, context canceled", "StatusCode: 500"])(
    "may have been made all the same: %s",
    async (summary) => {
      expect(await failureIn(failing(summary))).toBe("half-made");
    },
  );

  test("is nobody's for certain where nothing was said about it", async () => {
    expect(
      await failureIn(
        evidenceOf({ events: [planned({ a: "create" }), intended, resource("failed", "a"), ended(5)] }),
      ),
    ).toBe("taken");
  });
});

describe("what a run could not make because it is there", () => {
  const refusal = [
    planned({ a: "create", b: "create" }),
    intended,
    resource("failed", "a"),
    toldError("a", "creating SSM Parameter: ParameterAlreadyExists"),
  ];

  test("was not made by it, though it is in the state now: it was imported", async () => {
    const evidence = await evidenceOf({ events: refusal });
    expect([...evidence.foundThere]).toEqual([address("a")]);
    expect(inStateOf(evidence)).toEqual([address("a"), address("b")]);
  });

  test("was made by it where a second try made it", async () => {
    const evidence = await evidenceOf({ events: [...refusal, resource("ended", "a")] });
    expect([...evidence.foundThere]).toEqual([]);
  });
});

test("what a destroy was removing when it died is its own to remove", async () => {
  const destroy: Given = { command: "destroy", events: [planned({ a: "delete" }), intended] };
  const evidence = await evidenceOf(well, destroy);
  expect(inStateOf(evidence)).toEqual([address("a")]);
  expect(evidence.lastPlanned.get(key("a"))).toMatchObject({ action: "delete" });
});

test("what is there after a run removed it was made by nobody whom a journal knows", async () => {
  const removal: Given = {
    command: "destroy",
    events: [planned({ a: "delete" }), intended, resource("ended", "a", "delete"), ended(9)],
  };
  expect(inStateOf(await evidenceOf(dead, removal))).toEqual([address("b")]);
});

test("a later plan that found it in the state is told", async () => {
  const later: Given = { command: "preview", events: [planned({ a: "update" }), ended(0)] };
  const evidence = await evidenceOf(dead, later);
  expect(evidence.lastPlanned.get(key("a"))).toMatchObject({ action: "update" });
});
