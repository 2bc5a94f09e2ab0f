/** What stands after the code, or after what boto says of the call: the service's own words. */
export function afterCode(text: string, code: string): string {
  for (const mark of [`${code}: `, `${code} => `]) {
    const at = text.lastIndexOf(mark);
    if (at >= 0) return text.slice(at + mark.length);
  }
  const boto = /\bwhen calling the \w{1,80} operation(?: \([^)]{0,60}\))?: /.exec(text);
  return boto === null ? text : text.slice(boto.index + boto[0].length);
}

/** The first sentence that says more than a headline, without the values that it ends in; a dot in a name ends none. */
export function sentence(text: string): string {
  const told =
    text
      .slice(0, 1_000)
      .split(/\b(?:unexpected|following|this) error: /i)
      .at(-1) ?? text;
  const match = /^.{24,700}?(?:\. (?=[A-Z])|\.$|; |: (?=[\d["'])|(?=\.?\]? message: ["'])|$)/.exec(told);
  return match?.[0] ?? told.slice(0, 700);
}
