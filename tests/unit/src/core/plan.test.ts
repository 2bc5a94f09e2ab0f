import { describe, expect, test } from "vitest";
import {
  canonicalJson,
  isObject,
  objectAt,
  type JsonObject,
  type JsonValue,
} from "../../../../src/core/json.ts";
import { planDigest } from "../../../../src/core/plan-digest.ts";
import {
  approve,
  changesSomething,
  countChanges,
  type Approval,
  type PlanScope,
} from "../../../../src/core/plan.ts";
import { planDocument } from "../../../helpers/fixtures.ts";
import { createRandom, type Random } from "../../../helpers/random.ts";
import { planScope as scope } from "../../../helpers/run-context.ts";
import { change, planOf } from "../ui/samples.ts";

/** The same JSON with the keys of every object in another order. */
function reordered(random: Random, value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map((item: JsonValue) => reordered(random, item));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    random.shuffle(Object.entries(value)).map(([key, item]) => [key, reordered(random, item)]),
  );
}

/** A deep copy with the value at a path replaced, or taken out. */
function withAt(
  value: JsonValue,
  path: readonly (string | number)[],
  put: JsonValue | undefined,
): JsonObject {
  const copy = structuredClone(value) as Record<string, unknown>;
  let place: Record<string, unknown> = copy;
  for (const key of path.slice(0, -1)) place = place[key] as Record<string, unknown>;
  const last = path.at(-1) ?? "";
  if (put === undefined) delete place[last];
  else place[last] = put;
  return copy as JsonObject;
}

describe("the digest of a plan", () => {
  const document = planDocument("update");
  const digest = planDigest(scope, document);
  const changes = document["resource_changes"] as readonly JsonObject[];
  const indexOf = (address: string): number => changes.findIndex((entry) => entry["address"] === address);

  test("is a sha256 in hexadecimal", () => {
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
  });

  test("does not depend on the order of keys or of resources", () => {
    const random = createRandom(7);
    for (let round = 0; round < 50; round += 1) {
      const shuffled = withAt(reordered(random, document), ["resource_changes"], random.shuffle(changes));
      expect(planDigest(scope, shuffled)).toBe(digest);
      expect(planDigest(reordered(random, { ...scope }) as unknown as PlanScope, shuffled)).toBe(digest);
    }
  });

  const indifferent: readonly (readonly [string, JsonObject])[] = [
    ["the time it was made", withAt(document, ["timestamp"], "2031-01-01T00:00:00Z")],
    ["the tool's version", withAt(document, ["terraform_version"], "1.12.0")],
    ["the format's minor version", withAt(document, ["format_version"], "1.9")],
    ["the state before", withAt(document, ["prior_state"], { serial: 99, values: {} })],
    ["drift", withAt(document, ["resource_drift"], [{ address: "x.y" }])],
    [
      "a resource that does not change",
      withAt(document, ["resource_changes", indexOf("terraform_data.counted[0]")], {
        address: "x.y",
        change: { actions: ["no-op"], before: { id: "2" } },
      }),
    ],
    [
      "one more that does not change",
      withAt(
        document,
        ["resource_changes"],
        [...changes, { address: "x.y", change: { actions: ["no-op"] } }],
      ),
    ],
    [
      "a data source that is read",
      withAt(
        document,
        ["resource_changes"],
        [...changes, { address: "data.x.y", mode: "data", change: { actions: ["read"] } }],
      ),
    ],
  ];
  test.each(indifferent)("does not depend on %s", (_what, other) => {
    expect(planDigest(scope, other)).toBe(digest);
  });

  const at = indexOf("terraform_data.moved");
  const different: readonly (readonly [string, JsonObject])[] = [
    ["an action", withAt(document, ["resource_changes", at, "change", "actions"], ["delete", "create"])],
    ["a value after", withAt(document, ["resource_changes", at, "change", "after", "input", "size"], 3)],
    ["a value before", withAt(document, ["resource_changes", at, "change", "before", "input", "size"], 0)],
    [
      "what is known only later",
      withAt(document, ["resource_changes", at, "change", "after_unknown", "id"], true),
    ],
    [
      "what is sensitive",
      withAt(document, ["resource_changes", at, "change", "after_sensitive", "input"], true),
    ],
    ["an address", withAt(document, ["resource_changes", at, "address"], "terraform_data.other")],
    [
      "where it was moved from",
      withAt(document, ["resource_changes", at, "previous_address"], "terraform_data.other"),
    ],
    ["its provider", withAt(document, ["resource_changes", at, "provider_name"], "other")],
    ["what is deposed", withAt(document, ["resource_changes", at, "deposed"], "0f3a")],
    [
      "one resource fewer",
      withAt(
        document,
        ["resource_changes"],
        changes.filter((_entry, index) => index !== at),
      ),
    ],
    [
      "an import",
      withAt(document, ["resource_changes", indexOf("terraform_data.counted[0]"), "change", "importing"], {
        id: "x",
      }),
    ],
    ["an output", withAt(document, ["output_changes", "size", "before"], 1)],
    ["one output fewer", withAt(document, ["output_changes", "token"], undefined)],
    ["a variable", withAt(document, ["variables", "size", "value"], 3)],
    ["a sensitive variable", withAt(document, ["variables", "password", "value"], "other")],
    [
      "the configuration",
      withAt(document, ["configuration", "root_module", "variables", "size", "default"], 9),
    ],
  ];
  test.each(different)("depends on %s", (_what, other) => {
    expect(planDigest(scope, other)).not.toBe(digest);
  });

  const scopes: readonly (readonly [string, PlanScope])[] = [
    ["the environment", { ...scope, environment: "prod" }],
    ["the account", { ...scope, account: "111111111111" }],
    ["the region", { ...scope, region: "eu-west-1" }],
    ["the workspace", { ...scope, workspace: "other" }],
    ["deploy or destroy", { ...scope, kind: "destroy" }],
    ["having an account at all", withoutKey("account")],
    ["having a region at all", withoutKey("region")],
  ];
  test.each(scopes)("depends on %s", (_what, other) => {
    expect(planDigest(other, document)).not.toBe(digest);
  });

  function withoutKey(key: "account" | "region"): PlanScope {
    const { [key]: _left, ...rest } = scope;
    return rest;
  }

  test("all of these differ from each other", () => {
    const digests = [
      ...different.map(([, other]) => planDigest(scope, other)),
      ...scopes.map(([, other]) => planDigest(other, document)),
    ];
    expect(new Set(digests).size).toBe(digests.length);
  });

  test("of an empty document is one too", () => {
    expect(planDigest(scope, {})).toMatch(/^[0-9a-f]{64}$/);
    expect(objectAt(undefined)).toEqual({});
  });
});

describe("canonical JSON", () => {
  test("is the same for the same meaning, and is JSON", () => {
    const random = createRandom(3);
    const value: JsonValue = {
      b: [1, { z: null, a: 'ü\u2028"' }],
      a: { d: true, c: -0.5 },
      "": "",
      "10": 1,
      "9": 2,
    };
    const text = canonicalJson(value);
    for (let round = 0; round < 20; round += 1) expect(canonicalJson(reordered(random, value))).toBe(text);
    expect(JSON.parse(text)).toEqual(value);
    expect(canonicalJson([2, 1])).not.toBe(canonicalJson([1, 2]));
    expect(canonicalJson({ a: "1" })).not.toBe(canonicalJson({ a: 1 }));
  });
});

describe("an approval", () => {
  const plan = planOf([change("aws_sqs_queue.q", "create")], { digest: "a".repeat(64) });
  const approval: Approval = {
    digest: plan.digest,
    by: "ada",
    at: "2026-11-21T09:36:40.000Z",
    via: "prompt",
  };

  test("holds for its plan", () => {
    expect(approve(plan, approval)).toMatchObject({ digest: plan.digest, approval });
  });

  test.each(["b".repeat(64), "a".repeat(63), "a".repeat(12), ""])("holds for no other: %s", (digest) => {
    expect(() => approve(plan, { ...approval, digest })).toThrow(
      expect.objectContaining({ code: "plan-changed", exitName: "not-approved" }),
    );
  });

  test("cannot be made up: what is applied carries a mark that only approve gives", () => {
    // @ts-expect-error -- a plan with an approval beside it is not an approved plan
    const made: ReturnType<typeof approve> = { ...plan, approval };
    expect(made.approval).toBe(approval);
  });
});

describe("what a plan would do", () => {
  test("is counted by action", () => {
    const actions = [
      "create",
      "create",
      "update",
      "replace",
      "delete",
      "import",
      "move",
      "forget",
      "read",
      "no-op",
    ] as const;
    expect(countChanges(actions.map((action, index) => change(`a_b.x${index}`, action)))).toEqual({
      add: 2,
      change: 1,
      replace: 1,
      destroy: 1,
      import: 1,
      move: 1,
      forget: 1,
    });
  });

  test("is nothing when there are only reads and no-ops", () => {
    expect(changesSomething(planOf([change("a_b.c", "no-op"), change("data.a_b.c", "read")]))).toBe(false);
    for (const action of ["create", "update", "replace", "delete", "import", "move", "forget"] as const) {
      expect(changesSomething(planOf([change("a_b.c", action)])), action).toBe(true);
    }
  });

  test("is something when an output changes alone", () => {
    const output = { name: "o", sensitive: false, unknown: false } as const;
    expect(changesSomething(planOf([], { outputs: [{ ...output, action: "no-op" }] }))).toBe(false);
    expect(changesSomething(planOf([], { outputs: [{ ...output, action: "create" }] }))).toBe(true);
  });
});
