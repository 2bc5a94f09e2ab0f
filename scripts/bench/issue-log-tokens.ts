import type { WeightedToken } from "../../issue-log/index/sketch.ts";

/** Stands in for the debugger's tokens: words, those that name something heavier, and pairs of neighbours. */
export function tokensOf(message: string): readonly WeightedToken[] {
  const parts = message
    .toLowerCase()
    .split(/[\s,()]+/)
    .filter((part) => part !== "");
  const words = parts.map((token) => ({ token, weight: weightOf(token) }));
  const pairs = parts.slice(1).map((part, index) => ({ token: `${parts[index]} ${part}`, weight: 0.5 }));
  return [...words, ...pairs];
}

function weightOf(token: string): number {
  if (/^[\w-]+:\w+$/.test(token)) return 6;
  if (/_|exception$|^["']/.test(token)) return 4;
  return token.length < 4 ? 0.3 : 1;
}
