import type { ReapTarget } from "../contract.ts";
import { computeRows } from "./compute.ts";
import { dataRows } from "./data.ts";
import { messagingRows } from "./messaging.ts";
import type { ReapRow } from "./row.ts";

const rows: readonly ReapRow[] = [...messagingRows, ...dataRows, ...computeRows];

export function rowOf(type: string | undefined): ReapRow | undefined {
  return rows.find((row) => row.type === type);
}

/** What an ARN names, and whether it can be removed by its service's own call. */
export function identifyTarget(arn: string): ReapTarget {
  const [, , service = "", region, account] = arn.split(":");
  const place = {
    ...(region ? { region } : {}),
    ...(account && /^\d{12}$/.test(account) ? { account } : {}),
  };
  const rest = /^arn:[^:]+:(.+)$/.exec(arn)?.[1] ?? "";
  for (const row of rows) {
    const name = row.pattern.exec(rest)?.[1];
    if (name === undefined) continue;
    return {
      arn,
      type: row.type,
      name,
      ...place,
      removable: true,
      command: row.command(word(name), word(arn)),
    };
  }
  const name = arn.split(/[:/]/).at(-1) ?? arn;
  return {
    arn,
    name,
    ...place,
    removable: false,
    command: `look it up: aws ${service} help, for ${word(arn)}`,
  };
}

/** Names come from a cloud and end up in a command that somebody copies. */
function word(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Users before what they use, so that nothing is kept by what goes next. */
export function removalOrder(type: string | undefined): number {
  return rowOf(type)?.order ?? 9;
}

/** The name that a planned resource will have in its ARN, from its text attributes; nothing where that is not known. */
export function plannedName(type: string, attributes: Readonly<Record<string, string>>): string | undefined {
  const row = rowOf(type);
  const name = row === undefined ? undefined : attributes[row.attribute];
  return name === undefined ? undefined : (row?.planned?.(name, attributes) ?? name);
}
