import { safeText } from "../src/core/safe-text.ts";

/** Untrusted text that any document may hold: control and reordering characters shown, no half surrogate pairs. */
export function wellFormed(text: string): string {
  return safeText(text).replace(unpaired, "\ufffd").replace(nonCharacters, "\ufffd");
}

/** The same on one line. */
export function oneLine(text: string): string {
  return wellFormed(text.replace(/[\r\n\t\u2028\u2029]+/g, " "));
}

/** At most `length` UTF-16 units, its end replaced by `…`; never half a character. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  return `${text.slice(0, Math.max(0, length - 1)).replace(/[\ud800-\udbff]$/, "")}…`;
}

const unpaired = /\p{Cs}/gu;
const nonCharacters = /[\ufffe\uffff]/g;
