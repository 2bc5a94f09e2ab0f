import type { Statement } from "./statement.ts";
import { endOf, grantOf } from "./statement.ts";

/** What a policy has and gets, line by line: `+` is added, nothing else is touched. */
export function diffOf(before: readonly Statement[], added: readonly Statement[]): readonly string[] {
  const grants = new Map<string, { count: number; until: string }>();
  for (const statement of before) {
    const id = grantOf(statement) ?? "?";
    const known = grants.get(id);
    grants.set(id, { count: (known?.count ?? 0) + 1, until: endOf(statement) ?? "?" });
  }
  const kept = [...grants].map(
    ([id, { count, until }]) => `  grant ${id} stays: ${count} statements, until ${until}`,
  );
  return [...kept, ...added.flatMap(linesOf)];
}

function linesOf({ Action, Resource, Condition }: Statement): readonly string[] {
  const passTo = Condition["StringEquals"]?.["iam:PassedToService"];
  const region = Condition["StringEquals"]?.["aws:RequestedRegion"];
  const policies = Condition["ArnEquals"]?.["iam:PolicyARN"];
  const only = [
    ...(passTo === undefined ? [] : [`to ${String(passTo)}`]),
    ...(region === undefined ? [] : [`in ${String(region)}`]),
    ...(policies === undefined ? [] : [`of ${[policies].flat().join(", ")}`]),
  ];
  return [
    ...inRows(Action).map((row) => `+ ${row}`),
    ...Resource.map((arn) => `+   on ${arn}`),
    ...(only.length === 0 ? [] : [`+   only ${only.join(", ")}`]),
  ];
}

/** Names in lines that a terminal holds. */
function inRows(names: readonly string[]): readonly string[] {
  const rows: string[] = [];
  for (const name of names) {
    const last = rows.at(-1);
    if (last !== undefined && last.length + name.length < 90) rows[rows.length - 1] = `${last}, ${name}`;
    else rows.push(name);
  }
  return rows;
}
