import { stripAnsi } from "../../core/safe-text.ts";

/**
 * Takes off what a terminal, a CI or a logger put around each line: colours, boxes, times, levels, job names.
 * Blank lines stay, because they part paragraphs.
 */
export function cleanLines(text: string): readonly string[] {
  const plain = stripAnsi(text)
    .replace(/^\s{0,20}(`{1,3}|")([^`"]+)\1\s{0,20}$/, "$2")
    .replace(/\r\n?/g, "\n")
    .replace(/\\{1,4}r\\{1,4}n/g, "\n")
    .replace(/\\{1,4}n(?=\\{1,4}[nt"]|[\s│╷╵*{}\]"'(A-Z[]|status |request |caused |with |on |$)/g, "\n")
    .replace(/\\{1,4}t(?=[\s*A-Z]|status |request |on )/g, "\t")
    // oxlint-disable-next-line no-control-regex -- what is no text has nothing to say
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufffd\ufeff]/g, "")
    .replace(/(?<![*\w:/])\*\*([A-Za-z][\w .,'-]{0,80})\*\*(?![*\w])/g, "$1")
    .replace(/[‘’`]/g, "'")
    .replace(/[“”]/g, '"')
    .replace(/\\{1,3}(?=["'])/g, "");
  return plain.split("\n").map(cleanLine);
}

/** How often prefixes are looked for: `job · time · level · box` is four. */
const rounds = 6;

function cleanLine(line: string): string {
  let rest = line.trim();
  for (let round = 0; round < rounds; round += 1) {
    if (rest === "") break;
    const before = rest;
    for (const prefix of prefixes) rest = rest.replace(prefix, "");
    rest = rest.trim();
    if (rest === before) break;
  }
  return rest;
}

/** Each is anchored and bounded. */
const prefixes: readonly RegExp[] = [
  /^[│╷╵╰╭╮╯┃▌]+ ?/,
  /^\|(?=\s|-{3}|$) ?/,
  /^##\[(?:error|warning|debug|section|group|command)\]/,
  /^::(?:error|warning|notice)[^:\n]{0,200}::/,
  /^\[?\d{4}[-/]\d{2}[-/]\d{2}[T ]\d{2}:\d{2}:\d{2}(?:[.,]\d{1,9})?(?:Z|[+-]\d{2}:?\d{2})?(?:\s(?:UTC|GMT))?\]?(?::|\s|$)\s{0,20}/,
  /^\[?\d{1,2}:\d{2}:\d{2}(?:[.,]\d{1,6})?\]?\s{1,20}(?:[AP]M\s)?/,
  /^\[\d{4}-\d{2}-\d{2}[^\]\n]{0,80}\]\s?/,
  /^(?:\[(?:ERROR|FATAL|WARN|WARNING|INFO|DEBUG|TRACE|error|Error|stderr)\]|(?:ERROR|FATAL|FAIL|WARN|WARNING|INFO|DEBUG|STDERR)\b:?)\s{1,20}/,
  /^(?:ERRO|FATA|WARN|INFO|DEBU)\[[^\]\n]{0,40}\]\s{0,20}/,
  /^(?:time="?[^"\n]{1,40}"? )?level=\w{1,10} (?:prefix=\S{1,200} )?msg="?/,
  /^level=\w{1,10}$/,
  /^[\w.-]{1,60}_\d{1,4} {1,20}\| /,
  /^Terraform (?:init|plan|apply|destroy|refresh|show) \|(?: |$)/,
  /^[^\t\n]{1,80}\t[^\t\n]{1,80}\t(?=\d{4}-)/,
  /^\[[\w./:@-]{1,200}\]\s/,
  /^plugin\.terraform-provider-[\w.-]{1,80}: /,
  /^(?:❌|✗|✖|✘|🔴|⛔|›|❯|>>>|>|\*\*)\s{0,4}(?=\S)/,
  /^error\s{0,3}:\s(?=[A-Z])/,
  /^(?:Acquiring|Releasing) state lock\. This may take.{0,20}$/,
];
