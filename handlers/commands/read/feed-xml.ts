/** The part of saxes that a whole text is given to. */
interface XmlParser {
  readonly write: (text: string) => { readonly close: () => unknown };
}

/**
 * Gives a parser a whole document; the reason when it cannot go on. It tells most of what is wrong by its `error`
 * event, but throws for a character reference without a number (`&#x;`).
 */
export function feedXml(parser: XmlParser, xml: string): string | undefined {
  try {
    parser.write(xml).close();
    return undefined;
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
}
