import { didYouMean } from "../core/similar.ts";

/** A rule: what a message has to say, and what it means for the line that it points to. */
interface Rule {
  readonly sign: RegExp;
  readonly edit: (found: RegExpExecArray, line: string) => string | undefined;
}

/** Whether a message says what should stand there instead. */
export function suggestsEdit(message: string): boolean {
  return rules.some(({ sign }) => sign.test(message));
}

/** The line as the message says that it should be; nothing where it does not say so without doubt. */
export function suggestedEdit(message: string, line: string): string | undefined {
  for (const { sign, edit } of rules) {
    const found = sign.exec(message);
    const edited = found ? edit(found, line) : undefined;
    if (edited !== undefined && edited !== line) return edited;
  }
  return undefined;
}

/** Sentences of Terraform (`internal/lang`, `configs`, HCL) and of the provider SDK's validation. */
const rules: readonly Rule[] = [
  {
    sign: /(?:named|the name|of type) "([\w-]{1,100})"[^"]{0,80}\. Did you mean "([\w-]{1,100})"\?/,
    edit: ([, wrong = "", right = ""], line) => replaceWord(line, wrong, right),
  },
  {
    sign: /Blocks of type "([\w-]{1,100})" are not expected here\. Did you mean to define argument "\1"\?/,
    edit: ([, name = ""], line) => replaceStart(line, name, /^\{/, "= {"),
  },
  {
    sign: /An argument named "([\w-]{1,100})" is not expected here\. Did you mean to define a block of type "\1"\?/,
    edit: ([, name = ""], line) => replaceStart(line, name, /^=\s*\{/, "{"),
  },
  {
    sign: /A managed resource "([\w-]{1,100})" "([\w-]{1,100})" has not been declared .{1,80}Did you mean the data resource data\.\1\.\2\?/,
    edit: ([, type = "", name = ""], line) => replaceWord(line, `${type}.${name}`, `data.${type}.${name}`),
  },
  {
    sign: /expected \S{1,100} to be one of \[([^\]]{1,2000})\], got ([\w.:/-]{1,100})/,
    edit: ([, allowed = "", got = ""], line) => {
      const right = didYouMean(
        got,
        [...allowed.matchAll(/"([^"]{1,100})"/g)].map((match) => match[1] ?? ""),
      );
      return right === undefined ? undefined : replaceWord(line, `"${got}"`, `"${right}"`);
    },
  },
];

/** Only where it stands there once: which of two is meant nobody can tell. */
function replaceWord(line: string, wrong: string, right: string): string | undefined {
  const word = new RegExp(`(?<![\\w.-])${escaped(wrong)}(?![\\w-])|(?<=\\.)${escaped(wrong)}(?![\\w-])`, "g");
  return [...line.matchAll(word)].length === 1 ? line.replace(word, () => right) : undefined;
}

function replaceStart(line: string, name: string, sign: RegExp, text: string): string | undefined {
  const found = new RegExp(`^(\\s*${escaped(name)}\\s*)(.*)$`).exec(line);
  const [, head = "", rest = ""] = found ?? [];
  return found && sign.test(rest) ? `${head.trimEnd()} ${rest.replace(sign, text)}` : undefined;
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
