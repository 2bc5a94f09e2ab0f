import type { Environment } from "../../core/environment.ts";

type Tags = Readonly<Record<string, string>>;
type Owner = Pick<Environment, "project" | "name" | "subsystem" | "organization">;

/**
 * Whether tags say that a thing belongs to this project's environment. Values are compared as they are: `Shop` is
 * not `shop`, and a longer name is another project's. Two keys that differ in case alone and disagree prove nothing,
 * and what another tool manages by tags of AWS's own is that tool's.
 */
export function isOurs(tags: Tags, owner: Owner): boolean {
  if (Object.keys(tags).some((key) => key.toLowerCase().startsWith("aws:"))) return false;
  return (
    says(tags, "project", owner.project) &&
    says(tags, "environment", owner.name) &&
    contradictsNot(tags, "subsystem", owner.subsystem) &&
    contradictsNot(tags, "organization", owner.organization)
  );
}

function says(tags: Tags, key: string, value: string): boolean {
  const values = valuesOf(tags, key);
  return values.length > 0 && values.every((one) => one === value);
}

/** A tag that is not there says nothing; one that is there must agree with what the settings say. */
function contradictsNot(tags: Tags, key: string, value: string | undefined): boolean {
  return value === undefined || valuesOf(tags, key).every((one) => one === value);
}

function valuesOf(tags: Tags, key: string): readonly string[] {
  return Object.entries(tags)
    .filter(([own]) => own.toLowerCase() === key)
    .map(([, value]) => value);
}

/** What is searched for: the API compares keys as they are, so each usual form is asked for. */
export function tagsToSearch({ project, name }: Owner): readonly Tags[] {
  return [
    { Project: project, Environment: name },
    { project, environment: name },
  ];
}

/** The run that a thing says it is of, where faber's run tag is on it. */
export function runTagOf(tags: Tags): string | undefined {
  return Object.entries(tags).find(([key]) => /^faber[:_-]?run(?:[:_-]?id)?$/i.test(key))?.[1];
}
