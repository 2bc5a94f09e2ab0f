import { describe, expect, it } from "vitest";
import type { AttributeChange, PlannedChange } from "../../../../src/core/plan.ts";
import { countChanges } from "../../../../src/core/plan.ts";
import { countsText, renderPlan } from "../../../../src/ui/plan-view.ts";
import { displayWidth } from "../../../../src/ui/width.ts";
import { attribute, change, noColour, planOf } from "./samples.ts";

const policy = (actions: readonly string[]): string =>
  JSON.stringify({ Statement: [{ Effect: "Allow", Action: actions }] });
const mixed = planOf(
  [
    change("app_queue.jobs", "create", [
      attribute("name", { after: "orders-test-jobs" }),
      attribute("type", { after: "fifo" }),
      attribute("arn", { unknown: true }),
      attribute("secret", { after: "hunter2", sensitive: true }),
    ]),
    change("app_role_policy.deployer", "update", [
      attribute("policy", { before: policy(["get", "list"]), after: policy(["get", "put", "list"]) }),
      attribute("script", { before: "#!/bin/sh\necho a\necho b\n", after: "#!/bin/sh\necho a\necho c\n" }),
      attribute("password", { before: "hunter2", after: "hunter3", sensitive: true }),
      attribute("arn", { before: "arn:1", unknown: true }),
      attribute("note", { before: `${"same ".repeat(30)}one`, after: `${"same ".repeat(30)}two` }),
      attribute("tags.Team", { after: "payments" }),
      attribute("tags.Old", { before: "x", after: null }),
    ]),
    change(
      "module.data.app_database.main",
      "replace",
      [
        attribute("endpoint", { before: "old.example", unknown: true }),
        attribute("engine_version", { before: "13", after: "14", forcesReplacement: true }),
      ],
      { actionReason: "replace_because_cannot_update" },
    ),
    change(
      'module.data["eu"].app_bucket.logs["a-key-that-is-so-long-that-it-does-not-fit-in-eighty"]',
      "delete",
      [],
      {
        actionReason: "delete_because_each_key",
      },
    ),
    change("app_key.old", "forget"),
    change("app_queue.new", "move", [], { previousAddress: "app_queue.old" }),
    change("app_read.data", "read", [], { mode: "data" }),
  ],
  {
    outputs: [
      { name: "api_url", action: "create", sensitive: false, unknown: true },
      {
        name: "token",
        action: "update",
        sensitive: true,
        before: "hunter2",
        after: "hunter3",
        unknown: false,
      },
      { name: "version", action: "update", sensitive: false, before: "1", after: "2", unknown: false },
    ],
  },
);
const look = {
  style: noColour,
  facts: { hosting: "emulator", protected: true },
  risks: ["the queue jobs has no dead-letter queue"],
  isStateful: (type: string) => type === "app_database" || type === "app_bucket",
};
const text = (plan = mixed, more = {}): string =>
  renderPlan(plan, { width: 80, ...look, ...more }).join("\n");

describe("renderPlan", () => {
  it.each([80, 200])("reads well at %i columns", async (width) => {
    await expect(`${text(mixed, { width })}\n`).toMatchFileSnapshot(`./plan-${width}.txt`);
  });
  it("shows all when asked", async () => {
    await expect(`${text(mixed, { limit: "all" })}\n`).toMatchFileSnapshot("./plan-all.txt");
  });
  it("says when there is nothing to do", () =>
    expect(renderPlan(planOf([]), { width: 80, style: noColour })).toEqual([
      "  deploy test · account 000000000000 · us-east-1",
      "  0 to add, 0 to change, 0 to replace, 0 to destroy",
      "",
      "  plan 9c41e0b7f3a2 · no changes",
    ]));

  it("shows no value of a sensitive attribute, whatever it looks like", () => {
    const values = [
      "s3cret-one",
      "s3cret\ntwo\nlines",
      '{"s3cret":"three"}',
      ["s3cret"],
      { k: "s3cret" },
      314159,
    ];
    const pairs = values.flatMap((before) => values.map((after) => ({ before, after })));
    const attributes = pairs.flatMap((pair, index): AttributeChange[] => [
      attribute(`token[${index}]`, { ...pair, sensitive: true, forcesReplacement: true }),
      attribute("name", { ...pair, sensitive: true, unknown: true }),
    ]);
    const actions = ["create", "update", "replace", "delete"] as const;
    const plan = planOf(actions.map((action) => change(`app_x.${action}`, action, attributes)));
    for (const limit of [12, "all"] as const) {
      const shown = renderPlan(plan, { width: 80, style: noColour, limit }).join("\n");
      expect(shown).not.toMatch(/s3cret|314159|three|lines/);
      expect(shown).toContain("token[0]  (sensitive)");
    }
  });

  it("lets nothing from names or values reach the terminal as a command or as a line of its own", () => {
    const evil = "x\u001b[2J\u001b]8;;http://evil\u0007\r\nplan ok · nothing\u202e";
    const attributes = [
      attribute(evil, { before: evil, after: `${evil}2` }),
      attribute("name", { after: evil }),
    ];
    const changes: PlannedChange[] = (["create", "update", "replace", "delete", "move"] as const).map(
      (action) =>
        change(`app_a.${evil}`, action, attributes, {
          previousAddress: evil,
          actionReason: evil,
          type: evil,
        }),
    );
    const outputs = [
      { name: evil, action: "create" as const, sensitive: false, after: evil, unknown: false },
    ];
    for (const limit of [0, "all"] as const) {
      const lines = renderPlan(planOf(changes, { outputs }), { ...look, width: 80, limit, risks: [evil] });
      for (const line of lines) {
        // oxlint-disable-next-line no-control-regex -- control characters are what this is about
        expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/);
        expect(line).not.toMatch(/^plan ok/);
      }
    }
  });

  it("keeps within the width", () => {
    for (const width of [40, 80, 120])
      for (const line of renderPlan(mixed, { ...look, width }))
        expect(displayWidth(line)).toBeLessThanOrEqual(width);
  });
});

describe("500 resources", () => {
  const created = Array.from({ length: 400 }, (_, index) =>
    change(`module.workers["k${index % 3}"].app_queue.q[${index}]`, index % 8 === 0 ? "update" : "create", [
      attribute("name", { ...(index % 8 === 0 ? { before: "old" } : {}), after: `q${index}` }),
    ]),
  );
  const gone = Array.from({ length: 100 }, (_, index) =>
    change(`app_table.t[${index}]`, index % 2 === 0 ? "delete" : "replace", [
      attribute("size", { before: 1, after: 2 }),
      attribute("hash_key", { before: "a", after: "b", forcesReplacement: true }),
    ]),
  );

  it("never hides one that is destroyed or replaced", () => {
    const shown = text(planOf([...created, ...gone]));
    for (const { address } of gone) expect(shown).toContain(`${address} `);
    expect(shown).not.toContain("app_queue.q[399]");
    expect(shown).toContain("50 destroyed, 50 replaced: data may be lost");
  });
  it("counts the rest by action, type and module", async () => {
    await expect(`${text(planOf(created))}\n`).toMatchFileSnapshot("./plan-500.txt");
  });
  it("shows every one when asked", () => {
    const shown = text(planOf([...created, ...gone]), { limit: "all" });
    for (const { address } of [...created, ...gone]) expect(shown).toContain(address);
  });
});

it("counts the rare actions only when there are some", () =>
  expect(countsText(countChanges([change("a_b.c", "import"), change("a_b.d", "create")]))).toBe(
    "1 to add, 0 to change, 0 to replace, 0 to destroy, 1 to import",
  ));
