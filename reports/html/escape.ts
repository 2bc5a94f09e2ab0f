import { wellFormed } from "../well-formed.ts";

/** Text that is markup already: made by `markup` alone, or by `trusted` from constants of this room. */
export interface Markup {
  readonly markup: string;
}

type Value = string | number | Markup | undefined | readonly Value[];

/**
 * The one way from a value to markup: everything that is put into the template is escaped, for an element's content
 * and for an attribute in double quotes alike. Nothing may be put into a tag's name, a script or a style.
 * (It is not called `html`, because the formatter would then add spaces that a reader sees.)
 */
export function markup(strings: TemplateStringsArray, ...values: readonly Value[]): Markup {
  let text = strings[0] ?? "";
  values.forEach((value, index) => {
    text += written(value) + (strings[index + 1] ?? "");
  });
  return { markup: text };
}

/** A constant of this room as markup. */
export function trusted(text: string): Markup {
  return { markup: text };
}

function written(value: Value): string {
  if (value === undefined) return "";
  if (typeof value === "string" || typeof value === "number") return escapeHtml(String(value));
  return "markup" in value ? value.markup : value.map(written).join("");
}

function escapeHtml(text: string): string {
  return wellFormed(text).replace(/[&<>"'`]/g, (character) => entities[character] ?? character);
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&#34;",
  "'": "&#39;",
  "`": "&#96;",
};
