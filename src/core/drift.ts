import type { JsonValue } from "./json.ts";

/** One attribute that is not as it was recorded or planned. A sensitive one carries no value at all. */
export interface DriftedAttribute {
  /** Dotted, with indexes: `rule[0].status`. */
  readonly path: string;
  /** What the state recorded, or what was planned. */
  readonly before?: JsonValue;
  /** What is there. */
  readonly after?: JsonValue;
  readonly sensitive: boolean;
  /** The configuration sets it: the next deploy puts it back. What it does not set, the next deploy takes as it is. */
  readonly managed: boolean;
  /**
   * `HIGH`: it decides who may do what, or what is encrypted or run; `MEDIUM`: the configuration sets it; `LOW`: nothing
   * in the configuration sets it, and nothing counts it.
   */
  readonly severity: "HIGH" | "MEDIUM" | "LOW";
}

/** A resource that is not as it was left. */
export interface DriftedResource {
  readonly address: string;
  readonly type: string;
  readonly change: "changed" | "gone";
  /** None where it is gone. */
  readonly attributes: readonly DriftedAttribute[];
}

/** An entry of `drift.ignore` in faber.yaml: drift that somebody expects, for a time. */
export interface DriftException {
  /** Address pattern with `*`; every address when absent. */
  readonly address?: string;
  /** Attribute pattern with `*`, of the attribute or of one that it lies in; the whole resource when absent. */
  readonly attribute?: string;
  readonly reason: string;
  readonly owner: string;
  /** ISO 8601 date, the last day that it holds. */
  readonly expires?: string;
  /** Where it is written, `faber.yaml:12:5`. */
  readonly source: string;
}

/** Drift, and what became of the exceptions. */
export interface Drift {
  readonly resources: readonly DriftedResource[];
  /** What an exception covers. */
  readonly ignored: readonly {
    readonly address: string;
    readonly path?: string;
    readonly by: DriftException;
  }[];
  /** They hold for nothing any more: past their last day, or without one in a protected environment. */
  readonly lapsed: readonly DriftException[];
  /** Resources that were looked at. */
  readonly checked: number;
}

/** Whether it makes a difference: what nothing in the configuration sets and nobody must fear does not. */
export function driftCounts({ change, attributes }: DriftedResource): boolean {
  return change === "gone" || attributes.some(({ severity }) => severity !== "LOW");
}

/** Somebody changed something: what the cloud's own record says of it. */
export interface ChangeTrace {
  readonly address: string;
  /** ARN or name of who did it; absent where nothing is known. */
  readonly by?: string;
  /** ISO 8601, UTC. */
  readonly at?: string;
  /** The call, `sns:TagResource`. */
  readonly call?: string;
  /** What it was done with, as the program named itself. */
  readonly with?: string;
  /** Why nothing is known. */
  readonly unknown?: string;
}

/** Resources that one person or program changed. */
export interface DriftCause {
  /** Absent: unknown. */
  readonly by?: string;
  readonly why?: string;
  readonly traces: readonly ChangeTrace[];
}

/** Groups by who did it, those with most resources first, the unknown last. */
export function groupByCause(traces: readonly ChangeTrace[]): readonly DriftCause[] {
  const groups = new Map<string, ChangeTrace[]>();
  for (const trace of traces) {
    const key = trace.by === undefined ? `?${trace.unknown ?? ""}` : `=${trace.by}`;
    groups.set(key, [...(groups.get(key) ?? []), trace]);
  }
  return [...groups.values()]
    .map((group): DriftCause => {
      const [first] = group;
      return {
        ...(first?.by === undefined ? {} : { by: first.by }),
        ...(first?.unknown === undefined ? {} : { why: first.unknown }),
        traces: group,
      };
    })
    .sort(
      (a, b) => Number(a.by === undefined) - Number(b.by === undefined) || b.traces.length - a.traces.length,
    );
}
