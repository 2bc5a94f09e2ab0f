/** The argument, attribute, block or function that a message is about; `undefined` where it names none. */
export function argumentIn(text: string): string | undefined {
  for (const form of forms) {
    const name = form.exec(text)?.[1];
    if (name !== undefined) return name.replace(/\.(?:\d{1,4}|#)(?=\.|$)/g, "");
  }
  return undefined;
}

const name = `["'\`]([A-Za-z_][\\w.#-]{0,100})["'\`]`;
const forms: readonly RegExp[] = [
  new RegExp(
    `\\b(?:argument|attribute|block|field|property|parameter|key)s?(?: of type| named| name)? ${name}`,
    "i",
  ),
  new RegExp(`\\bexported attribute named ${name}`),
  new RegExp(`\\bBlocks of type ${name}`),
  new RegExp(`\\b(?:configure a value for|value for|expected(?: length of| type of)?|for attribute) ${name}`),
  new RegExp(`${name} is not a valid (?:argument|attribute|property|parameter)`),
  /\binvalid or unknown key: ([\w.-]{1,100})/,
  new RegExp(
    `${name}:? (?:required field is not set|conflicts with|conflicting configuration|is required|: required)`,
  ),
  /\bexpected ["']?([A-Za-z_][\w.]{0,100})["']? to (?:be|match|not)/,
  /["']([A-Za-z_][\w.]{1,100})["'] must be/,
  /\b([a-z]+_[a-z_]{1,60}) must be/,
  /\bat '([A-Za-z][\w.]{1,80})' failed to satisfy/,
  /\b(?:function|Call to function) ["']([a-z_]\w{1,60})["']/,
  /\bdoes not support (?:resource type|data source) ["']([a-z]\w{1,100})["']/,
];
