import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { arrayAt, objectAt, stringAt, type JsonObject, type JsonValue } from "../../src/core/json.ts";
import { estimateCost } from "../../src/cost/engine.ts";
import type { Estimate } from "../../src/cost/estimate.ts";
import { loadCatalogue } from "../../src/cost/load-catalogue.ts";
import { readUsage } from "../../src/cost/usage.ts";

/** Within one percent or one cent. */
const share = 0.01;
const least = 0.01 + 1e-9;

/**
 * Scores estimates against known answers: a folder of cases, each with `plan.json`, `expected.json` and, where usage
 * is given, `usage.json`. Prints a line a case, what was wrong, and the totals.
 */
export function benchCost(folder: string | undefined): readonly string[] {
  if (folder === undefined) return ["cost: give the folder of cases: npm run bench -- cost FOLDER"];
  const catalogue = loadCatalogue();
  const lines: string[] = [];
  const sum = { cases: 0, right: 0, resources: 0, told: 0, honest: 0 };
  const names = readdirSync(folder).filter((name) => existsSync(join(folder, name, "expected.json")));
  for (const name of names.sort()) {
    const dir = join(folder, name);
    if (!statSync(dir).isDirectory()) continue;
    const usageFile = join(dir, "usage.json");
    const usage = existsSync(usageFile) ? readUsage(read(usageFile)).usage : undefined;
    const estimate = estimateCost(objectAt(read(join(dir, "plan.json"))), {
      catalogue,
      ...(usage && { usage }),
    });
    const expected = arrayAt(objectAt(read(join(dir, "expected.json")))["resources"]).map(objectAt);
    const marks = expected.map((each) => markOf(each, estimate));
    const wrong = marks.flatMap(({ wrong: told }) => told);
    sum.cases += 1;
    sum.right += wrong.length === 0 ? 1 : 0;
    sum.resources += marks.length;
    sum.told += marks.filter(({ wrong: told }) => told.length === 0).length;
    sum.honest += marks.filter(({ unknown }) => unknown).length;
    lines.push(
      `${wrong.length === 0 ? "right" : "wrong"}  ${name}`,
      ...wrong.map((each) => `         ${each}`),
    );
  }
  return [
    ...lines,
    `cost: ${sum.right} of ${sum.cases} cases right; ${sum.told} of ${sum.resources} resources, ${sum.honest} said to be unknown`,
  ];
}

function markOf(
  expected: JsonObject,
  estimate: Estimate,
): { readonly wrong: readonly string[]; readonly unknown: boolean } {
  const address = stringAt(expected["address"]) ?? "";
  const found = estimate.resources.find((each) => each.address === address);
  const reasons = estimate.unknown.filter((each) => each.address === address).map(({ reason }) => reason);
  if (!found) return { wrong: [`${address}: ${reasons[0] ?? "not estimated"}`], unknown: reasons.length > 0 };
  const wrong = isNear(expected["monthly_cost_usd"], found.monthly_cost_usd)
    ? []
    : [
        `${address}: ${String(found.monthly_cost_usd)}, expected ${JSON.stringify(expected["monthly_cost_usd"])} ${reasons.join("; ")}`,
      ];
  const open = found.components.map((each) => ({ ...each, taken: false }));
  const parts = arrayAt(expected["components"])
    .map(objectAt)
    .flatMap((part) => {
      const same = open.find(
        (each) =>
          !each.taken && each.name === part["name"] && isNear(part["monthly_cost"], each.monthly_cost),
      );
      if (same) same.taken = true;
      return same
        ? []
        : [`${address}: no ${stringAt(part["name"]) ?? "?"} of ${JSON.stringify(part["monthly_cost"])}`];
    });
  const others = open
    .filter(({ taken }) => !taken)
    .map(({ name, monthly_cost: cost }) => `${address}: has ${name} of ${String(cost)}`);
  return {
    wrong: [...wrong, ...parts, ...(parts.length > 0 || wrong.length > 0 ? others : [])],
    unknown: reasons.length > 0,
  };
}

function isNear(expected: JsonValue | undefined, told: number | null): boolean {
  if (typeof expected !== "number" || told === null) return (expected ?? null) === told;
  return Math.abs(expected - told) <= Math.max(least, Math.abs(expected) * share);
}

function read(file: string): JsonValue {
  return JSON.parse(readFileSync(file, "utf8")) as JsonValue;
}
