import { Composer, isScalar, Lexer, LineCounter, Parser, type CST, type Document } from "yaml";
import { messageOf } from "../core/error.ts";
import type { Located } from "./located.ts";
import type { Problem } from "./problem.ts";
import { readNodes, TooLarge } from "./read-nodes.ts";

/** Size of the largest settings file. */
export const mostBytes = 1024 * 1024;
/** Levels of nesting. The composer recurses: very deep input would end the process, not throw. */
const mostLevels = 100;
/** One slip in YAML brings others with it; the first ones tell. */
const mostSyntaxErrors = 3;

export type ParsedYaml =
  | { readonly ok: true; readonly root: Located; readonly place: Place }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Line and column, from 1, of an offset. */
type Place = (offset: number) => { readonly line: number; readonly column: number };

/** Reads one YAML (or JSON) document as plain data. Never throws for what a file can hold. */
export function parseYaml(bytes: Uint8Array): ParsedYaml {
  if (bytes.byteLength > mostBytes) return refused("the file is larger than 1 MB");
  const text = decode(bytes);
  if (text === undefined) return refused("the file is not UTF-8 text");
  const lines = new LineCounter();
  lines.addNewLine(0);
  const place: Place = (offset) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const problems: Problem[] = [];
  const complain = (offset: number, words: string): void =>
    void problems.push({ ...place(offset), text: words });
  try {
    const [document, another] = compose(text, lines);
    if (document === undefined || isEmpty(document)) return refused("the file is empty");
    for (const error of [...document.errors, ...document.warnings].slice(0, mostSyntaxErrors)) {
      complain(error.pos[0], `not valid YAML: ${inWords(error.code, error.message)}`);
    }
    if (another !== undefined)
      complain(another.range[0], "a second document begins here: the file must hold one");
    if (problems.length > 0 || document.contents === null) return { ok: false, problems };
    const root = readNodes(document.contents, complain);
    return problems.length > 0 ? { ok: false, problems } : { ok: true, root, place };
  } catch (error) {
    if (error instanceof TooDeep) complain(error.offset, `nested more than ${mostLevels} levels deep`);
    else if (error instanceof TooLarge)
      complain(error.offset, "too many values, aliases counted as often as used");
    else throw error;
    return { ok: false, problems };
  }
}

class TooDeep extends Error {
  readonly offset: number;
  constructor(offset: number) {
    super("too deep");
    this.offset = offset;
  }
}

function compose(text: string, lines: LineCounter): readonly Document.Parsed[] {
  const composer = new Composer({
    // A %YAML directive must not bring back YAML 1.1 with its yes, no, dates and binaries.
    schema: "core",
    merge: true,
    stringKeys: true,
    // Ours is linear; theirs compares every key with every other.
    uniqueKeys: false,
    resolveKnownTags: false,
    logLevel: "error",
    lineCounter: lines,
  });
  const documents: Document.Parsed[] = [];
  for (const document of composer.compose(tokensOf(text, lines), true, text.length)) {
    documents.push(document);
    if (documents.length === 2) break;
  }
  return documents;
}

function* tokensOf(text: string, lines: LineCounter): Generator<CST.Token> {
  const parser = new Parser(lines.addNewLine);
  for (const lexeme of new Lexer().lex(text)) {
    yield* parser.next(lexeme);
    if (parser.stack.length > mostLevels) throw new TooDeep(parser.offset);
  }
  yield* parser.end();
}

function isEmpty(document: Document.Parsed): boolean {
  const { contents } = document;
  const nothing = contents === null || (isScalar(contents) && contents.value === null);
  return nothing && document.errors.length === 0;
}

function inWords(code: string, message: string): string {
  if (code === "TAB_AS_INDENT") return "a tab where spaces must be";
  if (code === "TAG_RESOLVE_FAILED") return `tags such as !name are not read (${message})`;
  if (code === "NON_STRING_KEY") return "keys must be plain text";
  return message.replace(/\s+/g, " ");
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw new Error(messageOf(error), { cause: error });
  }
}

function refused(text: string): ParsedYaml {
  return { ok: false, problems: [{ line: 1, column: 1, text }] };
}
