/** A block of HCL: `resource "aws_sqs_queue" "jobs" { … }`. */
export interface HclBlock {
  readonly type: string;
  readonly labels: readonly string[];
  /** Of its first line, counted from 1. */
  readonly line: number;
  /** What stands between its brackets, with texts and comments blanked out but for the quotes. */
  readonly body: string;
  /** The same as it is written. */
  readonly written: string;
}

/**
 * The outermost blocks of a text. It finds where blocks begin and end and no more than that: whether the text is
 * valid is Terraform's to say. Syntax: https://developer.hashicorp.com/terraform/language/syntax/configuration
 */
export function blocksIn(text: string, firstLine = 1): readonly HclBlock[] {
  const blank = blankOut(text);
  const found: HclBlock[] = [];
  let line = firstLine;
  let counted = 0;
  for (let open = blank.indexOf("{"); open >= 0;) {
    const close = closingBracket(blank, open);
    const lineStart = Math.max(blank.lastIndexOf("\n", open), blank.lastIndexOf("}", open)) + 1;
    line += breaksIn(text, counted, lineStart);
    counted = lineStart;
    const header = /^\s*([\w-]+)((?:\s+(?:"[^"\n]*"|[\w-]+))*)\s*$/.exec(text.slice(lineStart, open));
    if (header !== null) {
      found.push({
        type: header[1] ?? "",
        labels: [...(header[2] ?? "").matchAll(/"([^"]*)"|([\w-]+)/g)].map(
          (match) => match[1] ?? match[2] ?? "",
        ),
        line,
        body: blank.slice(open + 1, close),
        written: text.slice(open + 1, close),
      });
    }
    open = blank.indexOf("{", close + 1);
  }
  return found;
}

/** The value of an argument of a block, as it is written, when it stands on one line; not that of a nested block. */
export function argumentOf(
  { body, written }: Pick<HclBlock, "body" | "written">,
  name: string,
): string | undefined {
  for (const match of body.matchAll(new RegExp(`(?:^|[\\n{])[ \\t]*${name}[ \\t]*=[ \\t]*`, "g"))) {
    const start = match.index + match[0].length;
    if (depthAt(body, match.index) > 0) continue;
    const end = body.indexOf("\n", start);
    return written.slice(start, end < 0 ? undefined : end).trim();
  }
  return undefined;
}

function depthAt(body: string, index: number): number {
  let depth = 0;
  for (let at = 0; at < index; at += 1) {
    if (body[at] === "{") depth += 1;
    if (body[at] === "}") depth -= 1;
  }
  return depth;
}

function breaksIn(text: string, from: number, to: number): number {
  let breaks = 0;
  for (let at = text.indexOf("\n", from); at >= 0 && at < to; at = text.indexOf("\n", at + 1)) breaks += 1;
  return breaks;
}

function closingBracket(blank: string, open: number): number {
  let depth = 0;
  for (let at = open; at < blank.length; at += 1) {
    if (blank[at] === "{") depth += 1;
    if (blank[at] === "}") depth -= 1;
    if (depth === 0) return at;
  }
  return blank.length;
}

/** The text with comments and the inside of texts as blanks, of the same length, lines kept. */
function blankOut(text: string): string {
  const parts: string[] = [];
  let kept = 0;
  for (let at = 0; at < text.length;) {
    const end = endOfHidden(text, at);
    if (end === undefined) {
      at += 1;
      continue;
    }
    parts.push(text.slice(kept, at), blanksFor(text.slice(at, end)));
    kept = end;
    at = end;
  }
  parts.push(text.slice(kept));
  return parts.join("");
}

function blanksFor(hidden: string): string {
  const blanks = hidden.replace(/[^\n]/g, " ");
  return hidden.startsWith('"') && hidden.length > 1 ? `"${blanks.slice(1, -1)}"` : blanks;
}

/** Where a comment, text or heredoc that begins here ends; nothing when none does. */
function endOfHidden(text: string, at: number): number | undefined {
  switch (text.charAt(at)) {
    case "#":
      return lineEnd(text, at);
    case "/":
      if (text[at + 1] === "/") return lineEnd(text, at);
      return text[at + 1] === "*" ? endAfter(text, "*/", at + 2) : undefined;
    case '"':
      return endOfText(text, at + 1);
    case "<":
      return text[at + 1] === "<" ? endOfHeredoc(text, at) : undefined;
    default:
      return undefined;
  }
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}

function endAfter(text: string, what: string, from: number): number {
  const end = text.indexOf(what, from);
  return end < 0 ? text.length : end + what.length;
}

/** Texts hold expressions, which hold texts. */
function endOfText(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === "\\") at += 1;
    else if (text[at] === '"') return at + 1;
    else if ((text[at] === "$" || text[at] === "%") && text[at + 1] === "{")
      at = endOfExpression(text, at + 2) - 1;
  }
  return text.length;
}

function endOfExpression(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '"') at = endOfText(text, at + 1) - 1;
    else if (text[at] === "{") depth += 1;
    else if (text[at] === "}") depth -= 1;
    if (depth === 0) return at + 1;
  }
  return text.length;
}

function endOfHeredoc(text: string, at: number): number | undefined {
  const marker = /^<<-?([A-Za-z_][\w-]*)[ \t]*\r?\n/.exec(text.slice(at, at + 200));
  if (marker === null) return undefined;
  const start = at + marker[0].length;
  const end = new RegExp(`^[ \\t]*${marker[1] ?? ""}[ \\t]*\\r?$`, "m").exec(text.slice(start));
  return end === null ? text.length : start + end.index + end[0].length;
}
