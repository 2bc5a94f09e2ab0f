/**
 * Whether a text is a web address and nothing else, of characters that need no escaping in any of the formats.
 * Everything else is shown as text and cannot be followed.
 */
export function isLink(text: string): boolean {
  return (
    text.length <= 500 && /^https?:\/\/[A-Za-z0-9.-]+(?::\d{1,5})?(?:[/?#][\w\-.~/?#=&%+,;@!$]*)?$/.test(text)
  );
}
