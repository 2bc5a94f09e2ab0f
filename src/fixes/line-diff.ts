/** What differs between two texts, as `- line` and `+ line`; what both have is left out. */
export function lineDiff(before: string, after: string): readonly string[] {
  const [old, now] = [before.split("\n"), after.split("\n")];
  const [left, right] = [counted(old), counted(now)];
  return [
    ...old.filter((line) => takeMissing(line, right)).map((line) => `- ${line}`),
    ...now.filter((line) => takeMissing(line, left)).map((line) => `+ ${line}`),
  ];
}

function counted(lines: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1);
  return counts;
}

/** Each line of the other text stands for one line of this. */
function takeMissing(line: string, others: Map<string, number>): boolean {
  const left = others.get(line) ?? 0;
  if (left > 0) others.set(line, left - 1);
  return left === 0 && line.trim() !== "";
}
