/** One element of an XML answer, with its text where it has no children. */
export interface XmlElement {
  readonly name: string;
  readonly text: string;
  readonly children: readonly XmlElement[];
}

interface Growing {
  readonly name: string;
  text: string;
  readonly children: Growing[];
}

/** The root of an XML document, names without prefixes; throws SyntaxError for what is none. */
export async function parseXml(xml: string): Promise<XmlElement> {
  const { SaxesParser } = await import("saxes");
  const parser = new SaxesParser();
  const document: Growing = { name: "", text: "", children: [] };
  const open: Growing[] = [document];
  parser.on("error", (error) => {
    throw new SyntaxError(error.message, { cause: error });
  });
  parser.on("opentag", (tag) => {
    const element: Growing = { name: tag.name.split(":").at(-1) ?? tag.name, text: "", children: [] };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on("text", (text) => {
    const element = open.at(-1);
    if (element !== undefined) element.text += text;
  });
  parser.on("cdata", (text) => {
    const element = open.at(-1);
    if (element !== undefined) element.text += text;
  });
  parser.on("closetag", () => void open.pop());
  parser.write(xml).close();
  const root = document.children[0];
  if (root === undefined) throw new SyntaxError("an answer holds no XML");
  return root;
}

/** All elements at a path below one, e.g. `securityGroupInfo/item/groupId`. */
export function elementsAt(element: XmlElement, path: string): readonly XmlElement[] {
  return path
    .split("/")
    .reduce<readonly XmlElement[]>(
      (found, name) => found.flatMap((one) => one.children.filter((child) => child.name === name)),
      [element],
    );
}

/** The text of the first element at a path, without the space around it. */
export function textIn(element: XmlElement, path: string): string | undefined {
  return elementsAt(element, path)[0]?.text.trim();
}
