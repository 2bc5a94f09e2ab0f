import { describe, expect, test } from "vitest";
import type { SourceLine } from "../../../../handlers/iac/mending.ts";
import { configEdit } from "../../../../src/fixes/config-edit.ts";
import type { FixOffer, FixSituation, Workshop } from "../../../../src/fixes/contract.ts";

const diagnosis = {
  at: { file: "main.tf", line: 2 },
  message: 'Unsupported argument: An argument named "inptu" is not expected here. Did you mean "input"?',
};

/** One line of a file, and what became of it. */
function file(text: string): { readonly workshop: Workshop; text: string } {
  const kept = { text, workshop: {} as Workshop };
  const line = async (): Promise<SourceLine> => {
    const seen = kept.text;
    const replace = async (next: string): Promise<boolean> => {
      if (kept.text !== seen) return false;
      kept.text = next;
      return true;
    };
    return { kind: "line", text: seen, replace };
  };
  // All that it looks at.
  kept.workshop = { iac: { mending: { sources: { line } } } } as unknown as Workshop;
  return kept;
}

const offerFor = (workshop: Workshop, stage: FixSituation["stage"] = "validate"): Promise<FixOffer> =>
  configEdit(workshop).offer({
    diagnosis: diagnosis as never,
    together: [],
    stage,
    parameters: {},
    triedBefore: 0,
    signal: new AbortController().signal,
  });

describe("a line that Terraform knows better", () => {
  test("is offered with file and line, looked at by somebody, changed and changed back", async () => {
    const main = file("  inptu = 1");
    const offer = await offerFor(main.workshop);
    expect(offer).toMatchObject({
      kind: "offered",
      diff: ["main.tf:2", "-   inptu = 1", "+   input = 1"],
      doubts: ["it changes a file of yours"],
    });
    expect(main.text).toBe("  inptu = 1");
    if (offer.kind !== "offered") return;
    const { undo } = await offer.perform();
    expect(main.text).toBe("  input = 1");
    await undo?.();
    expect(main.text).toBe("  inptu = 1");
  });

  test("is not written over what somebody else wrote meanwhile, there and back", async () => {
    const main = file("  inptu = 1");
    const offer = await offerFor(main.workshop);
    if (offer.kind !== "offered") throw new Error(offer.reason);
    main.text = "  inptu = 2";
    await expect(offer.perform()).rejects.toMatchObject({ code: "source-changed" });
    main.text = "  inptu = 1";
    const { undo } = await offer.perform();
    main.text = "  input = 3";
    await expect(undo?.()).rejects.toMatchObject({ code: "source-changed" });
    expect(main.text).toBe("  input = 3");
  });

  test("is only shown once the tests have judged the files", async () => {
    expect(await offerFor(file("  inptu = 1").workshop, "deploy")).toMatchObject({
      kind: "refused",
      reason: expect.stringContaining("the tests have seen main.tf as it is"),
      hints: ["main.tf:2", "-   inptu = 1", "+   input = 1"],
    });
  });

  test("is left alone where the suggestion does not fit it", async () => {
    expect(await offerFor(file("  inptu = inptu").workshop)).toMatchObject({ kind: "refused" });
  });
});
