import type { Place } from "../../core/finding.ts";
import { oneLine, type Fragment } from "./fragment.ts";
import { withoutEvent } from "./event.ts";

interface Parts {
  readonly message: string[];
  readonly notes: string[];
  readonly excerpt: string[];
  address?: string;
  resourceType?: string;
  at?: Place;
  inNotes: boolean;
  underFrame: boolean;
}

/** Reads the lines of one error: what it says, where it stands, which source and values it shows. */
export function readBlock(lines: readonly string[]): Fragment {
  const parts: Parts = { message: [], notes: [], excerpt: [], inNotes: false, underFrame: false };
  for (const line of lines) takeLine(line, parts);
  const message = parts.message.map((line) => line.replace(/^\*\s+/, ""));
  const event = withoutEvent(withoutLastQuote(oneLine(message)));
  const { rest, address } = withoutAddress(event.rest);
  const at = parts.address ?? address;
  const type = parts.resourceType ?? typeOfAddress(at) ?? event.type;
  const firstParagraph = oneLine(message.slice(0, Math.max(1, message.indexOf(""))));
  return {
    headline: withoutAddress(firstParagraph).rest.slice(0, 600),
    text: rest,
    notes: parts.notes,
    excerpt: oneLine(parts.excerpt),
    ...(isWrapped(parts.message) ? { wrapped: true as const } : {}),
    ...(at === undefined ? {} : { address: at }),
    ...(type === undefined ? {} : { resourceType: type }),
    ...(parts.at === undefined ? {} : { at: parts.at }),
  };
}

/** Whether lines may have been broken by a terminal's width, in the middle of words. */
function isWrapped(message: readonly string[]): boolean {
  return message.some(
    (line, index) => line.length >= 40 && /\w$/.test(line) && /^[a-z]/.test(message[index + 1] ?? ""),
  );
}

function takeLine(line: string, parts: Parts): void {
  if (line === "") {
    parts.inNotes = false;
    if (parts.message.length > 0 && parts.message.at(-1) !== "") parts.message.push("");
    return;
  }
  if (/^[├|]?[─-]{4,}$/.test(line)) {
    // A rule of plain dashes begins notes only below source; elsewhere it underlines a title.
    parts.inNotes = parts.excerpt.length > 0 || /─/.test(line);
    return;
  }
  if (parts.inNotes) {
    parts.notes.push(line.slice(0, 300));
    return;
  }
  if (takePlace(line, parts)) return;
  const underFrame = parts.underFrame;
  parts.underFrame = /^File "[^"]{1,300}", line \d+/.test(line);
  // Python shows the line of source below each frame.
  if (isFrame(line) || (underFrame && !/^\w{1,60}(?:\.\w{1,60}){0,6}:/.test(line))) return;
  if (/^\d{1,6}: /.test(line) || /^(?:resource|data) "[a-z0-9_]+" "[^"]{1,80}" \{$/.test(line)) {
    parts.excerpt.push(line.slice(0, 400));
    return;
  }
  parts.message.push(line);
}

/** A line of a stack trace or of Lambda's book-keeping: where and when a program was, not what went wrong. */
function isFrame(line: string): boolean {
  if (/^(?:START|END|REPORT|INIT_START) (?:RequestId|Runtime)/.test(line)) return !/error/i.test(line);
  return /^at \S.{0,300}:\d+\)?,?$|^File "[^"]{1,300}", line \d+|^Traceback \(most recent call last\):?$|^goroutine \d+ \[/.test(
    line,
  );
}

function takePlace(line: string, parts: Parts): boolean {
  const withAddress = /^with ([^\s,]{1,300}),?$/.exec(line);
  if (withAddress !== null) {
    const address = withAddress[1] ?? "";
    if (!address.startsWith("provider[")) parts.address = address;
    return true;
  }
  const on = /^on (\S.{0,400}) line (\d{1,7})(?:, in (.{1,300}))?:?$/.exec(line);
  if (on === null) return false;
  parts.at = { file: on[1] ?? "", line: Number(on[2]) };
  const block = /^(resource|data) "([a-z0-9_]{1,100})"(?: "([^"]{1,200})")?/.exec(on[3] ?? "");
  if (block?.[2] !== undefined) {
    parts.resourceType ??= block[2];
    parts.address ??= `${block[1] === "data" ? "data." : ""}${block[2]}.${block[3] ?? ""}`;
  }
  return true;
}

/** A logger's closing quote, whose opening one went with its prefix. */
function withoutLastQuote(text: string): string {
  return text.endsWith('"') && text.split('"').length % 2 === 0 ? text.slice(0, -1) : text;
}

const leadingAddress =
  /^((?:module\.[\w-]{1,100}(?:\[[^\]\s]{1,80}\])?\.){0,8}(?:data\.)?[a-z][a-z0-9]*_[a-z0-9_]{1,100}\.[\w-]{1,150}(?:\[[^\]\s]{1,80}\])?(?:\.\d{1,4})?)(?: \([^)\n]{1,60}\))?: /;

/** Terraform before 0.12 began each message with its resource's address, sometimes twice. */
function withoutAddress(text: string): { readonly rest: string; readonly address?: string } {
  let rest = text;
  let address: string | undefined;
  for (let round = 0; round < 4; round += 1) {
    const match = leadingAddress.exec(rest);
    if (match !== null) address = match[1];
    rest = rest
      .slice(match?.[0].length ?? 0)
      .replace(/^(?:\*\s+)?(?:Error: )?(?:\d{1,4} error\(?s?\)? occurred:\s?)(?:\*\s+)?/, "")
      .replace(
        /^(?:Error: |error: |Error running plan: |Error applying plan: |Error refreshing state: (?=\d))/,
        "",
      );
  }
  return address === undefined ? { rest } : { rest, address };
}

/** `module.a["x"].aws_eip.b[0]` → `aws_eip`. */
export function typeOfAddress(address: string | undefined): string | undefined {
  if (address === undefined) return undefined;
  const plain = address.replace(/\[[^\]]*\]/g, "").replace(/^(?:module\.[^.]+\.)*(?:data\.)?/, "");
  return /^([a-z][a-z0-9]*_[a-z0-9_]+)(?:\.|$)/.exec(plain)?.[1];
}
