/** A statement as faber writes it: it allows, it names, and it ends. */
export interface Statement {
  /** The ID of its grant, `x`, and a number: letters and digits alone. */
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition: Conditions;
}

export type Conditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

export interface PolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly Statement[];
}

export function documentOf(statements: readonly Statement[]): PolicyDocument {
  return { Version: "2012-10-17", Statement: statements };
}

/** Characters that IAM counts: all but white space. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export function sizeOf(statements: readonly Statement[]): number {
  return JSON.stringify(documentOf(statements)).replace(/\s/g, "").length;
}

/** The grant that a statement belongs to; nothing for one that faber did not write. */
export function grantOf({ Sid }: Pick<Statement, "Sid">): string | undefined {
  return /^(g[0-9a-f]{10})x\d+$/.exec(Sid)?.[1];
}

/** When it ends, ISO 8601. */
export function endOf({ Condition }: Pick<Statement, "Condition">): string | undefined {
  const end = Condition["DateLessThan"]?.["aws:CurrentTime"];
  return typeof end === "string" ? end : undefined;
}

export function grantsAction({ Action }: Pick<Statement, "Action">, action: string): boolean {
  return Action.some((granted) => granted.toLowerCase() === action.toLowerCase());
}
