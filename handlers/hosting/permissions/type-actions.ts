import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ActionsFor, NeededAction, TypeChange } from "../../../src/permissions/needed-action.ts";
import { packageRoot } from "../../../src/workdir/package-root.ts";

/** What faber ships of what the provider asks the cloud for, by resource type. */
export interface TypeActions {
  readonly actionsFor: ActionsFor;
  /** `recorded`: seen in the provider's own log; `documented`: from AWS's documentation; absent: nothing is known. */
  readonly sourceOf: (type: string) => "recorded" | "documented" | undefined;
  /** Sorted; data sources as `data.aws_x`. Also types that ask for nothing. */
  readonly types: readonly string[];
  readonly provider: string;
  readonly providerVersion: string;
}

// `ACTION NUMBER [if ATTRIBUTE] [to SERVICE]`, the number being that of an ARN template.
const use = /^([a-z0-9-]+:[A-Za-z0-9]+) (\d+)(?: if (\S+))?(?: to (\S+))?$/;

type Row = Readonly<Partial<Record<TypeChange, readonly string[]>>> & {
  readonly source: "recorded" | "documented";
  readonly arns: readonly string[];
};
interface Table {
  readonly provider: string;
  readonly providerVersion: string;
  readonly types: Readonly<Record<string, Row>>;
}

/** Reads `assets/type-actions.json`, whose form a unit test checks. */
export function readTypeActions(): TypeActions {
  const file = join(packageRoot(import.meta.url), "handlers/hosting/permissions/assets/type-actions.json");
  const { types, provider, providerVersion } = JSON.parse(readFileSync(file, "utf8")) as Table;
  const rows = new Map(Object.entries(types));
  return {
    actionsFor: (type, change) => neededBy(rows.get(type), change),
    sourceOf: (type) => rows.get(type)?.source,
    types: [...rows.keys()].sort(),
    provider,
    providerVersion,
  };
}

/** The actions that the provider was seen to use for each resource type. */
export function loadTypeActions(): ActionsFor {
  return readTypeActions().actionsFor;
}

function neededBy(known: Row | undefined, change: TypeChange): readonly NeededAction[] {
  return (known?.[change] ?? []).map((text) => {
    const [, action, number, when, passTo] = use.exec(text) ?? [];
    const arn = known?.arns[Number(number)];
    if (action === undefined || arn === undefined) throw new Error(`type-actions: cannot read "${text}"`);
    const more = { ...(when === undefined ? {} : { when }), ...(passTo === undefined ? {} : { passTo }) };
    return arn === "*"
      ? { action, resource: "any", ...more }
      : { action, resource: scopeOf(arn), arn, ...more };
  });
}

/** Whether the resource's own attributes say which one it is. */
function scopeOf(arn: string): "named" | "type" {
  return /\{(?!(?:partition|region|account)\})/.test(arn) ? "named" : "type";
}
