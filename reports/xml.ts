import { wellFormed } from "./well-formed.ts";

/** An element; attributes that are undefined are left out. Content is either text, which is escaped, or elements. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
  content: string | readonly string[] = "",
): string {
  const written = Object.entries(attributes)
    .flatMap(([key, value]) => (value === undefined ? [] : [` ${key}="${escapeXml(String(value))}"`]))
    .join("");
  if (typeof content === "string")
    return content === "" ? `<${name}${written}/>` : `<${name}${written}>${escapeXml(content)}</${name}>`;
  const inner = content.join("\n").replace(/^/gm, "  ");
  return content.length === 0 ? `<${name}${written}></${name}>` : `<${name}${written}>\n${inner}\n</${name}>`;
}

/**
 * Text for an attribute or for an element's content in XML 1.0. `>` goes as well, so that no `]]>` is left, and breaks
 * and tabs stay what they are where a parser would make spaces of them.
 */
function escapeXml(text: string): string {
  return wellFormed(text).replace(special, (character) => entities[character] ?? character);
}

const special = /[&<>"'\n\t]/g;
const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
  "\n": "&#10;",
  "\t": "&#9;",
};
