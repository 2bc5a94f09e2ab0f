import { describe, expect, test } from "vitest";
import {
  compareAttributes,
  isTrueAnywhere,
} from "../../../../../handlers/iac/terraform/attribute-changes.ts";
import {
  parsePlanDocument,
  readChanges,
  readOutputChanges,
} from "../../../../../handlers/iac/terraform/plan-json.ts";
import { sensitiveValues } from "../../../../../handlers/iac/terraform/sensitive-values.ts";
import { isObject, type JsonObject, type JsonValue } from "../../../../../src/core/json.ts";
import { countChanges } from "../../../../../src/core/plan.ts";
import { createRedactor } from "../../../../../src/core/redact.ts";
import { fixture, planDocument } from "../../../../helpers/fixtures.ts";
import { createRandom, type Random } from "../../../../helpers/random.ts";

const plans = ["create", "update", "destroy"] as const;
const secrets = ["hunter2-default-secret", "correct-horse-battery"];

describe("a real plan document", () => {
  test("tells what happens to each resource", () => {
    const actions = readChanges(planDocument("update")).map(
      ({ address, action, actionReason, previousAddress }) => ({
        address,
        action,
        ...(actionReason === undefined ? {} : { actionReason }),
        ...(previousAddress === undefined ? {} : { previousAddress }),
      }),
    );
    expect(actions).toEqual([
      { address: "terraform_data.counted[0]", action: "no-op" },
      { address: "terraform_data.counted[1]", action: "delete", actionReason: "delete_because_count_index" },
      { address: 'terraform_data.many["one"]', action: "delete", actionReason: "delete_because_each_key" },
      { address: 'terraform_data.many["two \\"quoted\\""]', action: "no-op" },
      { address: "terraform_data.moved", action: "update", previousAddress: "terraform_data.plain" },
      {
        address: "terraform_data.replaced",
        action: "replace",
        actionReason: "replace_because_cannot_update",
      },
      { address: "terraform_data.secret", action: "update" },
    ]);
  });

  test("counts as Terraform counts, with a replacement on its own", () => {
    // Terraform: 1 to add, 2 to change, 3 to destroy.
    expect(countChanges(readChanges(planDocument("update")))).toMatchObject({
      add: 0,
      change: 2,
      replace: 1,
      destroy: 2,
    });
    expect(countChanges(readChanges(planDocument("create")))).toMatchObject({
      add: 7,
      change: 0,
      replace: 0,
      destroy: 0,
    });
    expect(countChanges(readChanges(planDocument("destroy")))).toMatchObject({
      add: 0,
      replace: 0,
      destroy: 7,
    });
  });

  test("tells which attributes differ, and which of them forces the replacement", () => {
    const changes = readChanges(planDocument("update"));
    const paths = (address: string): readonly string[] =>
      changes.find((change) => change.address === address)?.attributes.map(({ path }) => path) ?? [];
    expect(paths("terraform_data.counted[0]")).toEqual([]);
    expect(paths("terraform_data.moved")).toEqual(["input.size", "input.tags[1]", "input.tags[2]", "output"]);
    const replaced = changes.find((change) => change.address === "terraform_data.replaced");
    const forcing = replaced?.attributes.filter((attribute) => attribute.forcesReplacement);
    expect(forcing).toEqual([
      {
        path: "triggers_replace[0]",
        before: 1,
        after: 2,
        sensitive: false,
        unknown: false,
        forcesReplacement: true,
      },
    ]);
  });

  test("tells of outputs what changes, and of sensitive ones no more than that", () => {
    expect(readOutputChanges(planDocument("update"))).toEqual([
      {
        name: "size",
        action: "update",
        sensitive: false,
        unknown: true,
        before: { size: 1, tags: ["a", "b"] },
      },
      { name: "token", action: "update", sensitive: true, unknown: false },
    ]);
  });

  test("an output whose every value is unknown is not an empty one", () => {
    const change = { actions: ["create"], before: null, after: {}, after_unknown: { fast: true } };
    const known = { ...change, after: { slow: "url" } };
    expect(readOutputChanges({ output_changes: { queues: change, partly: known } })).toMatchObject([
      { name: "queues", unknown: true },
      { name: "partly", unknown: false, after: { slow: "url" } },
    ]);
  });

  test.each(plans)("shows no marked secret in any attribute or output (%s)", (name) => {
    const document = planDocument(name);
    for (const attribute of readChanges(document).flatMap((change) => change.attributes)) {
      if (attribute.sensitive) expect(Object.keys(attribute)).not.toContain("before");
      if (attribute.sensitive) expect(Object.keys(attribute)).not.toContain("after");
    }
    for (const output of readOutputChanges(document).filter(({ sensitive }) => sensitive)) {
      expect(Object.keys(output).filter((key) => key === "before" || key === "after")).toEqual([]);
    }
  });

  test.each(plans)("and what Terraform forgot to mark is known to the redactor (%s)", (name) => {
    const document = planDocument(name);
    const redactor = createRedactor();
    for (const secret of sensitiveValues(document)) redactor.learn(secret);
    const shown = JSON.stringify(redactor.value([readChanges(document), readOutputChanges(document)]));
    for (const secret of secrets) expect(shown).not.toContain(secret);
  });

  test("its secrets are found where they are marked, and in variables, which are not", () => {
    expect(sensitiveValues(planDocument("create"))).toEqual(["hunter2-default-secret"]);
    expect([...sensitiveValues(planDocument("update"))].sort()).toEqual([...secrets].sort());
  });
});

describe("reading the document", () => {
  test("another format is refused", () => {
    expect(() => parsePlanDocument('{"format_version":"2.0"}')).toThrow(
      /format version 2\.0, and faber reads 1\.x/,
    );
    expect(() => parsePlanDocument("[]")).toThrow(/format version none/);
    expect(parsePlanDocument(fixture("plans/create.json"))["format_version"]).toBe("1.2");
  });

  test.each([
    [["no-op"], {}, "no-op"],
    [["no-op"], { importing: { id: "x" } }, "import"],
    [["create"], {}, "create"],
    [["read"], {}, "read"],
    [["update"], {}, "update"],
    [["delete", "create"], {}, "replace"],
    [["create", "delete"], {}, "replace"],
    [["create", "forget"], {}, "replace"],
    [["delete"], {}, "delete"],
    [["forget"], {}, "forget"],
  ])("the actions %j with %j are one word", (actions, more, word) => {
    const [change] = readChanges({ resource_changes: [{ address: "a.b", change: { actions, ...more } }] });
    expect(change?.action).toBe(word);
  });

  test("a move without a change is one, and a deposed object is told apart", () => {
    const [moved, deposed] = readChanges({
      resource_changes: [
        { address: "a.b", previous_address: "a.c", change: { actions: ["no-op"] } },
        { address: "a.b", deposed: "0f3a", change: { actions: ["delete"] } },
      ],
    });
    expect(moved?.action).toBe("move");
    expect(deposed?.address).toBe("a.b (deposed 0f3a)");
  });

  test("what is missing breaks nothing", () => {
    expect(readChanges({})).toEqual([]);
    expect(readChanges({ resource_changes: [{}] })[0]).toMatchObject({
      address: "?",
      type: "?",
      attributes: [],
    });
    expect(readOutputChanges({})).toEqual([]);
    expect(sensitiveValues({})).toEqual([]);
  });
});

describe("attributes", () => {
  const plain = { sensitive: false, unknown: false, forcesReplacement: false };

  test("appear, vanish and change their kind", () => {
    const change = { before: { a: 1, b: [1], c: "x" }, after: { a: 1, b: { k: 1 }, d: "y" } };
    expect(compareAttributes(change)).toEqual([
      { path: "b", before: [1], after: { k: 1 }, ...plain },
      { path: "c", before: "x", ...plain },
      { path: "d", after: "y", ...plain },
    ]);
  });

  test("that are known after the apply say so, also deep inside", () => {
    const change = {
      before: null,
      after: { list: [{ name: "x" }] },
      after_unknown: { arn: true, list: [{ id: true }] },
    };
    expect(compareAttributes(change)).toEqual([
      { path: "list[0].name", after: "x", ...plain },
      { path: "list[0].id", ...plain, unknown: true },
      { path: "arn", ...plain, unknown: true },
    ]);
  });

  test("a list that mixes marked and unmarked values hides exactly the marked ones", () => {
    const change = {
      before: { env: [{ name: "A", value: "old-secret" }] },
      after: { env: [{ name: "B", value: "new-secret" }] },
      before_sensitive: { env: [{ value: true }] },
      after_sensitive: { env: [{ value: true }] },
    };
    expect(compareAttributes(change)).toEqual([
      { path: "env[0].name", before: "A", after: "B", ...plain },
      { path: "env[0].value", ...plain, sensitive: true },
    ]);
  });

  test("a branch that is shown as one value is hidden whole when a part of it is marked", () => {
    const change = {
      before: { a: { key: "secret" } },
      after: { a: "text" },
      before_sensitive: { a: { key: true } },
    };
    expect(compareAttributes(change)).toEqual([{ path: "a", ...plain, sensitive: true }]);
  });

  test("no value under any mask is ever shown, whatever the document looks like", () => {
    const random = createRandom(20261121);
    for (let round = 0; round < 2_000; round += 1) {
      const change = {
        before: markedValue(random, 3),
        after: markedValue(random, 3),
        after_unknown: unknownMask(random, 2),
      };
      const document = {
        before: change.before.value,
        after: change.after.value,
        before_sensitive: change.before.mask,
        after_sensitive: change.after.mask,
        after_unknown: change.after_unknown,
      };
      const attributes = compareAttributes(document);
      const output = readOutputChanges({ output_changes: { o: { actions: ["update"], ...document } } });
      expect(JSON.stringify([attributes, output]), JSON.stringify(document)).not.toContain("SECRET");
    }
  });
});

/** A random value together with the mask that Terraform would give for it; what is marked says SECRET. */
function markedValue(random: Random, depth: number): { value: JsonValue; mask: JsonValue } {
  if (random.chance(0.25)) return { value: secretValue(random, depth), mask: true };
  const kind = depth === 0 ? 2 : random.below(4);
  if (kind === 0) {
    const parts = Array.from({ length: random.below(4) }, () => markedValue(random, depth - 1));
    return { value: parts.map((part) => part.value), mask: parts.map((part) => part.mask) };
  }
  if (kind === 1) {
    const parts = ["a", "b", "c"]
      .filter(() => random.chance(0.7))
      .map((key) => [key, markedValue(random, depth - 1)] as const);
    return {
      value: Object.fromEntries(parts.map(([key, part]) => [key, part.value])),
      // Terraform leaves out what is not marked.
      mask: Object.fromEntries(
        parts.filter(([, part]) => isTrueAnywhere(part.mask)).map(([key, part]) => [key, part.mask]),
      ),
    };
  }
  return {
    value: random.pick<JsonValue>(["plain", 1, true, null]),
    mask: random.pick<JsonValue>([false, {}]),
  };
}

function secretValue(random: Random, depth: number): JsonValue {
  if (depth === 0 || random.chance(0.5)) return `SECRET-${random.below(1_000)}`;
  return random.chance(0.5)
    ? [`SECRET-${random.below(9)}`]
    : { a: secretValue(random, depth - 1), SECRET: 1 };
}

function unknownMask(random: Random, depth: number): JsonValue {
  if (depth === 0 || random.chance(0.5)) return random.chance(0.3);
  const mask: JsonObject = { a: unknownMask(random, depth - 1), b: unknownMask(random, depth - 1) };
  return random.chance(0.5) ? [mask["a"] ?? false] : mask;
}

test("a mask is true anywhere or nowhere", () => {
  expect(isTrueAnywhere({ a: [{ b: true }] })).toBe(true);
  expect(isTrueAnywhere({ a: [{ b: false }], c: {} })).toBe(false);
  expect(isTrueAnywhere(undefined)).toBe(false);
  expect(isObject({})).toBe(true);
});
