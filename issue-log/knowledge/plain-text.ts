/** Longest text that is looked at, in characters: what names a problem stands in its first pages. */
const longest = 64 * 1024;

/** A failure's text as conditions see it: one line, single blanks, without the boxes that Terraform draws. */
export function plainText(text: string): string {
  return text
    .slice(0, longest)
    .replace(/[\s\u2500-\u257f]+/g, " ")
    .trim();
}
