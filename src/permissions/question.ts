/** What IAM can be asked about: whether an action on a resource is allowed, and to which service a role is passed. */
export interface Question {
  readonly action: string;
  readonly resource: string;
  readonly passTo?: string;
}

/** The question in a need, without what else the need says. */
export function questionOf({ action, resource, passTo }: Question): Question {
  return { action, resource, ...(passTo === undefined ? {} : { passTo }) };
}

/** Finds the answer to a question among others. */
export function questionKey({ action, resource, passTo }: Question): string {
  return [action, resource, passTo].join(" ");
}
