/** Whether an address matches a pattern in which `*` stands for anything. */
export function matchesAny(patterns: readonly string[]): (address: string) => boolean {
  const expressions = patterns.map(
    (pattern) => new RegExp(`^${pattern.split(/\*+/).map(escapeForPattern).join("[^]*")}$`, "u"),
  );
  return (address) => expressions.some((expression) => expression.test(address));
}

/** A text as a part of a regular expression. */
export function escapeForPattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
