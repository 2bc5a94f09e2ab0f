import { describe, expect, it } from "vitest";
import type { Existence } from "../../../../handlers/hosting/contract.ts";
import type { CheckContext } from "../../../../src/checks/contract.ts";
import { resourceExistence } from "../../../../src/checks/resource-existence.ts";
import { failed, told, type Told } from "../../../../src/core/diagnostic.ts";
import { FaberError } from "../../../../src/core/error.ts";
import type { JsonObject } from "../../../../src/core/json.ts";
import type { Resource } from "../../../../src/core/resource.ts";
import { environmentOf } from "../../../integration/hosting/setting.ts";

const broken = failed([{ severity: "error", summary: "no luck", detail: "" }]);

interface Scene {
  readonly answers: readonly Existence[];
  /** Addresses that the refresh finds gone; a failing refresh when absent. */
  readonly gone?: readonly string[];
  readonly state?: Told<readonly Resource[]>;
  readonly noHosting?: true;
  /** Tags of every resource of the state. */
  readonly tags?: JsonObject;
  /** ARNs that carry them in the account. */
  readonly tagged?: readonly string[];
  /** The session breaks off after the answers. */
  readonly lost?: FaberError;
  /** Rules that somebody decided to live with. */
  readonly waived?: readonly string[];
}

function contextOf({ answers, gone, state, noHosting, ...more }: Scene): CheckContext {
  const never = (): never => {
    throw new Error("not expected to be called");
  };
  const resources = answers.map(({ address }) => ({
    address,
    type: "x",
    name: "x",
    provider: "p",
    tainted: false,
    arn: `arn:aws:sqs:us-east-1:000000000000:${address}`,
    attributes: more.tags === undefined ? {} : { tags_all: more.tags },
  }));
  const drift: JsonObject = {
    resource_drift: [
      { address: "x.changed", change: { actions: ["update"] } },
      ...(gone ?? []).map((address) => ({ address, change: { actions: ["delete"] } })),
    ],
  };
  const hosting = {
    processEnv: {},
    secrets: [],
    identify: never,
    exists: async (_: unknown, __: unknown, onAnswer?: (answer: Existence) => void) => {
      for (const answer of answers) onAnswer?.(answer);
      if (more.lost !== undefined) throw more.lost;
      return answers;
    },
    ...(more.tagged === undefined
      ? {}
      : {
          tagged: async (tags: Readonly<Record<string, string>>) => ({
            resources: (more.tagged ?? []).map((arn) => ({ arn, tags })),
            checked: ["tag:GetResources in us-east-1"],
            unavailable: [],
          }),
        }),
    reachable: (url: string) => url,
  };
  return {
    environment: environmentOf({}),
    iac: {
      tool: { name: "t", command: "t", version: "1", path: "t" },
      root: "/",
      workspace: "default",
      init: never,
      unformatted: never,
      validate: never,
      apply: never,
      output: never,
      stateShow: never,
      test: never,
      planReader: { changes: never, outputs: never, secrets: never },
      problemIn: never,
      resources: async () => state ?? told(resources),
      plan: never,
      show: never,
    },
    ...(noHosting ? {} : { hosting }),
    scanners: [],
    scans: async () => [],
    commands: { test: never, hook: never },
    toolEnv: {},
    accept: (findings) =>
      findings.map((finding) =>
        more.waived?.includes(finding.rule) ? { ...finding, waived: { reason: "r", by: "ada" } } : finding,
      ),
    plan: async () => undefined,
    refreshed: async () => (gone === undefined ? broken : told(drift)),
    signal: new AbortController().signal,
    clock: { now: never, monotonic: () => 0 },
  };
}

const found = (address: string): Existence => ({ address, answer: "found", by: "sqs:GetQueueUrl" });
const missing = (address: string): Existence => ({ address, answer: "missing", by: "sqs:GetQueueUrl" });
const unverifiable = (address: string): Existence => ({ address, answer: "unverifiable", why: "no call" });
const cloudless = (address: string): Existence => ({ address, answer: "unverifiable", cloudless: true });
const unknown = (address: string): Existence => ({ address, answer: "unknown", why: "AccessDenied: no" });

describe("resource_existence", () => {
  it.each<[string, Scene, string, JsonObject]>([
    [
      "all found by the API: no refresh",
      { answers: [found("a"), found("b")] },
      "PASS",
      { expected: 2, found: 2, api: 2, refresh: 0, none: 0 },
    ],
    [
      "the rest found by a refresh",
      { answers: [found("a"), unverifiable("b"), unknown("c")], gone: [] },
      "PASS",
      { expected: 3, found: 3, api: 1, refresh: 2, none: 0 },
    ],
    [
      "one gone by a refresh",
      { answers: [found("a"), unverifiable("b")], gone: ["b"] },
      "FAIL",
      { expected: 2, found: 1, api: 1, refresh: 1, none: 0 },
    ],
    [
      "one gone by both",
      { answers: [found("a"), missing("b")], gone: ["b"] },
      "FAIL",
      { expected: 2, found: 1, api: 2, refresh: 0, none: 0 },
    ],
    [
      "one missing, and the refresh fails",
      { answers: [missing("a")] },
      "FAIL",
      { expected: 1, found: 0, api: 1, refresh: 0, none: 0 },
    ],
    [
      "missing here, but found by a refresh elsewhere",
      { answers: [missing("a")], gone: [] },
      "PASS",
      { expected: 1, found: 1, api: 0, refresh: 1, none: 0 },
    ],
    [
      "cloudless ones change nothing",
      { answers: [found("a"), cloudless("b")] },
      "PASS",
      { expected: 1, found: 1, api: 1, refresh: 0, none: 1 },
    ],
    [
      "nobody could say",
      { answers: [found("a"), unknown("b")] },
      "ERROR",
      { expected: 2, found: 1, api: 1, refresh: 0, none: 1 },
    ],
  ])("%s", async (_, scene, status, figures) => {
    const result = await resourceExistence.run(contextOf(scene));
    expect(result.status).toBe(status);
    const { expected, found: there, ...by } = figures;
    expect(result.figures).toMatchObject({
      resources_expected: expected,
      resources_found: there,
      verified_by: by,
      strays: { looked_for: false },
    });
    expect(result.findings.map((finding) => [finding.rule, finding.severity])).toEqual(
      status === "FAIL" ? [["resource-missing", "HIGH"]] : [],
    );
  });

  it("says why nobody could say", async () => {
    const result = await resourceExistence.run(contextOf({ answers: [unknown("b")] }));
    expect(result.reason).toBe(
      "1 could not be verified, e.g. b: AccessDenied: no; the refresh failed too: no luck",
    );
  });

  it.each<[string, Scene]>([
    ["an empty state", { answers: [] }],
    ["nothing of a cloud", { answers: [cloudless("a")] }],
    ["no cloud at all", { answers: [found("a")], noHosting: true }],
  ])("never passes on %s", async (_, scene) => {
    const result = await resourceExistence.run(contextOf(scene));
    expect([result.status, result.requirement]).toEqual(["SKIPPED", "optional"]);
    expect(result.reason).toBeTruthy();
  });

  it("is an error when the state cannot be read", async () => {
    const result = await resourceExistence.run(contextOf({ answers: [], state: broken }));
    expect([result.status, result.reason]).toEqual(["ERROR", "the state cannot be read: no luck"]);
  });

  const tags = { Project: "orders", Environment: "test", Team: "x" };
  const arnOf = (name: string): string => `arn:aws:sqs:us-east-1:000000000000:${name}`;

  it("reports what carries the stack's tags and is in no state", async () => {
    const tagged = [arnOf("a"), arnOf("left-over")];
    const result = await resourceExistence.run(contextOf({ answers: [found("a")], tags, tagged }));
    expect(result.status).toBe("WARN");
    expect(result.findings).toMatchObject([
      { rule: "resource-stray", severity: "MEDIUM", address: arnOf("left-over") },
    ]);
    expect(result.figures["strays"]).toMatchObject({ looked_for: true, by_tags: tags, tagged: 2, found: 1 });
  });

  it("looks for no strays where the tags are not the project's own", async () => {
    const foreign = { ...tags, Project: "something else" };
    const scene = { answers: [found("a")], tags: foreign, tagged: [arnOf("left-over")] };
    const result = await resourceExistence.run(contextOf(scene));
    expect([result.status, result.findings]).toEqual(["PASS", []]);
    expect(result.figures["strays"]).toMatchObject({ looked_for: false });
  });

  it("fails for what is missing, strays or not", async () => {
    const scene = { answers: [missing("a")], gone: ["a"], tags, tagged: [arnOf("left-over")] };
    const result = await resourceExistence.run(contextOf(scene));
    expect(result.status).toBe("FAIL");
    expect(result.findings.map(({ rule }) => rule)).toEqual(["resource-missing", "resource-stray"]);
  });

  it.each<[string, Scene, string]>([
    [
      "passes when all that is missing is waived",
      { answers: [found("a"), missing("b")], gone: ["b"] },
      "PASS",
    ],
    ["is an error when another could not be verified", { answers: [missing("a"), unknown("b")] }, "ERROR"],
  ])("%s", async (_, scene, status) => {
    const result = await resourceExistence.run(contextOf({ ...scene, waived: ["resource-missing"] }));
    expect(result.status).toBe(status);
    expect(result.findings).toMatchObject([{ rule: "resource-missing", waived: { by: "ada" } }]);
  });

  it("keeps what it verified when the credentials expire in the middle", async () => {
    const lost = new FaberError({
      code: "credentials-expired",
      exit: "credentials-or-permissions",
      message: "the credentials have expired",
    });
    const result = await resourceExistence.run(contextOf({ answers: [found("a"), missing("b")], lost }));
    expect([result.status, result.exit?.code, result.findings]).toEqual(["ERROR", 8, []]);
    expect(result.reason).toContain("after 2 of 2 resources: the credentials have expired");
    expect(result.figures).toMatchObject({ verified: ["a"], not_found: ["b"] });
  });

  it("lets every other error of the session through", async () => {
    const lost = new FaberError({ code: "interrupted", exit: "interrupted", message: "interrupted" });
    await expect(resourceExistence.run(contextOf({ answers: [], state: told([]) }))).resolves.toBeTruthy();
    await expect(resourceExistence.run(contextOf({ answers: [found("a")], lost }))).rejects.toBe(lost);
  });
});
