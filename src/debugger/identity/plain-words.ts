/**
 * The words of a masked text that tell: without what was masked, without words that every sentence has, and in one
 * form: `creating`, `created` and `create` are `creat`.
 */
export function plainWords(masked: string): readonly string[] {
  return masked
    .split(/[^a-z0-9_:.]+/)
    .map((word) => word.replace(/^[._:]+|[._:]+$/g, ""))
    .filter((word) => word !== "" && !idle.has(word))
    .map(stem);
}

const idle = new Set(
  "the a an and or of to in on at by as is are was were be been has have had it its this that these those with for from your you please error errors err failed failure when while there s e.g i.e name names named called which so will would".split(
    " ",
  ),
);

/** Enough of a stem that forms of one verb and of one noun meet; a name of technique keeps its dots. */
function stem(word: string): string {
  if (word.length <= 4 || word.includes(".") || word.includes("_")) return word;
  return word.replace(/(?:ying|ing|ies|ied|ed|es|s|e|y)$/, "");
}
