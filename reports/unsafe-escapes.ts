/** What could act on a terminal that shows a document, and what JSON and YAML would let through as it is. */
const unsafe = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/;
const everyUnsafe = new RegExp(unsafe, "g");

export function isUnsafe(text: string): boolean {
  return unsafe.test(text);
}

/** The same document with such characters as `\u…`; they must stand inside of double quotes only. */
export function escapeUnsafe(text: string): string {
  return text.replace(everyUnsafe, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}
