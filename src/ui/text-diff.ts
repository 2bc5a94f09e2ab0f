/** A line of a comparison: removed, added, or context. */
interface DiffLine {
  readonly mark: "-" | "+" | " ";
  readonly text: string;
}

/** Above this product of line counts the quadratic comparison is not worth its time. */
const largestComparison = 250_000;

/** Lines that differ between two texts, with one line of context on either side of each change. */
export function diffLines(before: string, after: string): DiffLine[] {
  const a = before.split("\n");
  const b = after.split("\n");
  const head = sharedCount(a, b);
  const tail = sharedCount(a.slice(head).toReversed(), b.slice(head).toReversed());
  const middle = compare(a.slice(head, a.length - tail), b.slice(head, b.length - tail));
  const first = a.slice(0, head).map(asContext);
  const last = a.slice(a.length - tail).map(asContext);
  return nearChanges([...first, ...middle, ...last]);
}

function compare(a: readonly string[], b: readonly string[]): DiffLine[] {
  if (a.length * b.length > largestComparison) return [...a.map(asRemoved), ...b.map(asAdded)];
  const lengths = commonLengths(a, b);
  const at = (i: number, j: number): number => lengths[i]?.[j] ?? 0;
  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      lines.push(asContext(a[i] ?? ""));
      [i, j] = [i + 1, j + 1];
    } else if (i < a.length && (j >= b.length || at(i + 1, j) >= at(i, j + 1))) {
      lines.push(asRemoved(a[i] ?? ""));
      i += 1;
    } else {
      lines.push(asAdded(b[j] ?? ""));
      j += 1;
    }
  }
  return lines;
}

/** Lengths of the longest common subsequence of every pair of suffixes. */
function commonLengths(a: readonly string[], b: readonly string[]): number[][] {
  const lengths = Array.from({ length: a.length + 1 }, () => Array.from({ length: b.length + 1 }, () => 0));
  for (let i = a.length - 1; i >= 0; i -= 1) {
    const row = lengths[i] ?? [];
    const below = lengths[i + 1] ?? [];
    for (let j = b.length - 1; j >= 0; j -= 1) {
      row[j] = a[i] === b[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  return lengths;
}

function nearChanges(lines: readonly DiffLine[]): DiffLine[] {
  const changed = (index: number): boolean => lines[index] !== undefined && lines[index].mark !== " ";
  return lines.filter((_, index) => changed(index - 1) || changed(index) || changed(index + 1));
}

function sharedCount(a: readonly string[], b: readonly string[]): number {
  const index = a.findIndex((line, position) => b[position] !== line);
  return index === -1 ? Math.min(a.length, b.length) : index;
}

const asContext = (text: string): DiffLine => ({ mark: " ", text });
const asRemoved = (text: string): DiffLine => ({ mark: "-", text });
const asAdded = (text: string): DiffLine => ({ mark: "+", text });
