/** An element of a strictly read XML document: names, double-quoted attributes, text with entities. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

/**
 * Reads the little XML that faber writes, and throws for everything else: a raw `<`, `&` or quote where none may be, a
 * character that XML 1.0 forbids, tags that do not match.
 */
export function readXml(source: string): XmlElement {
  const forbidden = forbiddenCharacters.exec(source);
  if (forbidden) throw new Error(`forbidden character at ${forbidden.index}`);
  const body = source.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, "");
  const document: Open = { name: "", attributes: {}, children: [], text: "" };
  const stack: Open[] = [document];
  const token = /<(\/?)([A-Za-z][\w-]*)((?:\s+[\w-]+="[^"<]*")*)(\/?)>|([^<]+)/gy;
  while (token.lastIndex < body.length) {
    const at = token.lastIndex;
    const match = token.exec(body);
    if (match === null) throw new Error(`not understood at ${at}: ${body.slice(at, at + 60)}`);
    take(match, stack, at);
  }
  const [root] = document.children;
  if (stack.length !== 1 || root === undefined) throw new Error("the document does not end");
  return root;
}

interface Open {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  text: string;
}

function take(
  [, closing, name = "", attributes = "", alone, text]: RegExpExecArray,
  stack: Open[],
  at: number,
): void {
  const top = stack.at(-1);
  if (top === undefined) throw new Error(`nothing is open at ${at}`);
  if (text !== undefined) {
    if (text.includes("]]>")) throw new Error(`]]> in text at ${at}`);
    top.text += decode(text);
  } else if (closing) {
    if (top.name !== name) throw new Error(`${name} closes ${top.name} at ${at}`);
    stack.pop();
    stack.at(-1)?.children.push(top);
  } else {
    const element = { name, attributes: readAttributes(attributes), children: [], text: "" };
    if (alone) top.children.push(element);
    else stack.push(element);
  }
}

const forbiddenCharacters =
  // oxlint-disable-next-line no-control-regex -- what XML 1.0 forbids
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/u;

function readAttributes(text: string): Record<string, string> {
  const found = [...text.matchAll(/([\w-]+)="([^"]*)"/g)];
  return Object.fromEntries(found.map(([, name, value]) => [name ?? "", decode(value ?? "")]));
}

function decode(text: string): string {
  const named: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
  return text.replace(/&(?:#(\d+)|(\w+));|&/g, (whole, code?: string, name?: string) => {
    const character = code === undefined ? named[name ?? ""] : String.fromCodePoint(Number(code));
    if (character === undefined) throw new Error(`unknown entity ${whole}`);
    return character;
  });
}
