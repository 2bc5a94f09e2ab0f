export type Tags = Readonly<Record<string, string>>;

/** Keys that say whose a thing is, in the customs of many: with a prefix (`shop:project`), in any case. */
const tellsWhose =
  /(?:^|[:/._-])(?:project|application|app|service|system|stack|component|environment|env|stage|owner|team|organization)$/i;

/**
 * Whether the tags of a thing say that it is this project's: all that the plan wants to say about whose it is must
 * stand there with the same values, the project's name among them. Nothing, or why not.
 */
export function whyNotOurs(planned: Tags, found: Tags | undefined, project: string): string | undefined {
  const ours = Object.entries(planned).filter(([key]) => tellsWhose.test(key));
  if (!ours.some(([, value]) => value === project))
    return `no tag that the plan gives it names the project ${project}`;
  if (found === undefined) return "its tags could not be read";
  const wrong = ours.find(([key, value]) => found[key] !== value);
  if (wrong === undefined) return undefined;
  const [key, value] = wrong;
  const has = found[key] === undefined ? "it has none" : `it says ${found[key]}`;
  return `its tag ${key} should say ${value}, and ${has}`;
}
