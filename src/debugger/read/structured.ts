import type { Diagnostic } from "../../core/diagnostic.ts";
import { arrayAt, isObject, stringAt, type JsonObject, type JsonValue } from "../../core/json.ts";
import { readBlock, typeOfAddress } from "./block.ts";
import { cleanLines } from "./clean.ts";
import { codeIn, httpStatusIn, isLanguageClass } from "./code.ts";
import type { Fragment } from "./fragment.ts";
import { terraformTypeOf } from "./services.ts";

export function fragmentOfDiagnostic(diagnostic: Diagnostic): Fragment {
  const block = readBlock(cleanLines(`${diagnostic.summary}\n\n${diagnostic.detail}`));
  const type = typeOfAddress(diagnostic.address) ?? typeInExcerpt(diagnostic.excerpt) ?? block.resourceType;
  const address = diagnostic.address ?? block.address;
  const at = diagnostic.at ?? block.at;
  return {
    ...block,
    excerpt: diagnostic.excerpt ?? block.excerpt,
    ...(type === undefined ? {} : { resourceType: type }),
    ...(address === undefined ? {} : { address }),
    ...(at === undefined ? {} : { at }),
  };
}

function typeInExcerpt(excerpt: string | undefined): string | undefined {
  return /\b(?:resource|data) "([a-z0-9_]{1,100})"/.exec(excerpt ?? "")?.[1];
}

/**
 * Takes errors out of JSON: whole documents, one a line, or behind a logger's prefix. What is left is the text that
 * no JSON was found in, with JSON that tells nothing of its own left where it was.
 */
export function readJson(text: string): { readonly fragments: readonly Fragment[]; readonly rest: string } {
  const whole = parse(text.trim());
  if (whole !== undefined) {
    const fragments = fragmentsOf(whole, 0);
    return fragments.length > 0 ? { fragments, rest: "" } : { fragments, rest: text };
  }
  const fragments: Fragment[] = [];
  const rest: string[] = [];
  for (const [line, lines] of withDocuments(text.split("\n"))) {
    const brace = line.search(/[{[]["{]/);
    // An error that was told before the JSON only has it as a part of its message.
    const told = line.slice(0, Math.max(0, brace));
    const isPart = codeIn(told) !== undefined || httpStatusIn(told) !== undefined;
    const value = brace < 0 || isPart ? undefined : parse(line.slice(brace).trim());
    const found = value === undefined ? [] : fragmentsOf(value, 0);
    fragments.push(...found.slice(0, 50));
    if (found.length === 0 && !isQuietJson(value)) rest.push(...lines);
  }
  return { fragments: fragments.slice(0, 500), rest: rest.join("\n") };
}

/** The lines, those of a document that was printed over many as one; each with the lines that it was made of. */
function withDocuments(lines: readonly string[]): readonly (readonly [string, readonly string[]])[] {
  const read: [string, readonly string[]][] = [];
  let open: string[] = [];
  for (const line of lines) {
    if (open.length > 0 || /(?:^|[=:]>? ?)\{\s{0,20}$/.test(line.slice(-40))) open.push(line);
    else read.push([line, [line]]);
    if (open.length < 2 || !/^\}\s{0,20}$/.test(line)) continue;
    read.push(...joined(open));
    open = [];
  }
  return [...read, ...open.map((line): [string, readonly string[]] => [line, [line]])];
}

function joined(lines: readonly string[]): readonly [string, readonly string[]][] {
  const line = lines.map((part) => part.trim()).join("");
  return parse(line.slice(Math.max(0, line.indexOf("{")))) === undefined
    ? lines.map((part) => [part, [part]])
    : [[line, lines]];
}

/** A line of `terraform -json` that is no error. */
function isQuietJson(value: JsonValue | undefined): boolean {
  return isObject(value) && value["@level"] !== undefined;
}

function parse(text: string): JsonValue | undefined {
  const last = text.at(-1);
  if (!/^[{[]/.test(text) || (last !== "}" && last !== "]")) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) || Array.isArray(value) ? (value as JsonValue) : undefined;
  } catch {
    return undefined; // Looks like JSON and is none: read as text.
  }
}

const deepest = 6;

function fragmentsOf(value: JsonValue, depth: number): readonly Fragment[] {
  if (depth > deepest) return [];
  if (Array.isArray(value)) return value.slice(0, 300).flatMap((item) => fragmentsOf(item, depth + 1));
  if (!isObject(value)) return [];
  if (value["severity"] !== undefined && value["summary"] !== undefined) return terraformDiagnostic(value);
  if (isObject(value["diagnostic"])) return fragmentsOf(value["diagnostic"], depth + 1);
  if (value["ResourceStatusReason"] !== undefined) return cloudFormationEvent(value);
  const inner = containers.flatMap((key) => fragmentsOf(value[key] ?? null, depth + 1));
  if (inner.length > 0) return inner;
  return plainError(ofStateMachine(value));
}

/** Step Functions names what was thrown `error` and tells it as `cause`. */
function ofStateMachine(value: JsonObject): JsonObject {
  const name = stringAt(value["error"]) ?? stringAt(value["Error"]);
  const cause = stringAt(value["cause"]) ?? stringAt(value["Cause"]);
  const isName = name !== undefined && /^[A-Z]\w{1,60}\.\w{2,60}$/.test(name);
  return isName && cause !== undefined ? { errorCode: name, message: cause } : value;
}

const containers = [
  "diagnostics",
  "StackEvents",
  "Error",
  "error",
  "errors",
  "Errors",
  "detail",
  "response",
  "body",
  "exception",
  "Response",
];

function terraformDiagnostic(value: JsonObject): readonly Fragment[] {
  if (value["severity"] !== "error") return [];
  const range = isObject(value["range"]) ? value["range"] : {};
  const start = isObject(range["start"]) ? range["start"] : {};
  const snippet = isObject(value["snippet"]) ? value["snippet"] : {};
  const context = stringAt(snippet["context"]) ?? "";
  const address = stringAt(value["address"]);
  const file = stringAt(range["filename"]);
  const line = start["line"];
  const fragment = fragmentOfDiagnostic({
    severity: "error",
    summary: stringAt(value["summary"]) ?? "",
    detail: stringAt(value["detail"]) ?? "",
    excerpt: `${context} ${stringAt(snippet["code"]) ?? ""}`.trim(),
    ...(address === undefined ? {} : { address }),
    ...(file === undefined ? {} : { at: typeof line === "number" ? { file, line } : { file } }),
  });
  const notes = arrayAt(snippet["values"]).flatMap((note) =>
    isObject(note) ? [`${stringAt(note["traversal"]) ?? ""} ${stringAt(note["statement"]) ?? ""}`] : [],
  );
  return [{ ...fragment, notes }];
}

function cloudFormationEvent(value: JsonObject): readonly Fragment[] {
  const reason = stringAt(value["ResourceStatusReason"]);
  if (reason === undefined || !/FAILED/.test(stringAt(value["ResourceStatus"]) ?? "FAILED")) return [];
  const type = terraformTypeOf(stringAt(value["ResourceType"]) ?? "");
  const logical = stringAt(value["LogicalResourceId"]);
  return [
    {
      ...readBlock(cleanLines(reason)),
      ...(type === undefined ? {} : { resourceType: type }),
      ...(logical === undefined ? {} : { address: logical }),
    },
  ];
}

const messageKeys = [
  "message",
  "Message",
  "errorMessage",
  "msg",
  "error",
  "err",
  "detail",
  "cause",
  "reason",
  "@message",
  "StatusMessage",
  "error_description",
];
const codeKeys = ["Code", "code", "__type", "errorCode", "errorType", "ErrorCode", "error_code"];

function plainError(value: JsonObject): readonly Fragment[] {
  if (
    /^(?:info|debug|trace|warn|warning)$/i.test(stringAt(value["@level"]) ?? stringAt(value["level"]) ?? "")
  )
    return [];
  const messages = messageKeys.flatMap((key) => stringAt(value[key]) ?? []);
  const message = [value["error"], value["err"]].flatMap((item) => stringAt(item) ?? [])[0] ?? messages[0];
  const code = codeKeys.flatMap(
    (key) =>
      stringAt(value[key])
        ?.split("#")
        .at(-1)
        ?.replace(/^(?:[a-z]\w*\.){2,8}/, "") ?? [],
  )[0];
  if (message === undefined) return [];
  const status = [value["statusCode"], value["status"], value["httpStatusCode"]].find(
    (item): item is number => typeof item === "number" && item >= 400 && item < 600,
  );
  const thrown = code !== undefined && isLanguageClass(code) ? `${code}: ` : "";
  const isCode = code !== undefined && thrown === "" && /^[A-Za-z_][\w.]{2,80}$/.test(code);
  return [
    {
      ...readBlock(cleanLines(`${thrown}${message}`)),
      ...(isCode ? { code } : {}),
      ...(status === undefined ? {} : { httpStatus: status }),
    },
  ];
}

/** `<Code>X</Code><Message>…</Message>`, as S3, EC2 and IAM answer, becomes `api error X: …`. */
export function readXml(text: string): string {
  if (!text.includes("<Code>")) return text;
  return text.replace(
    /<Code>([\w.]{1,100})<\/Code>[^<>]{0,250}<Message>([^<]{0,4000})<\/Message>/g,
    (_, code: string, message: string) => `\napi error ${code}: ${message}\n`,
  );
}

/** `"Code":"X","Message":"…"` in JSON that was cut short or stands within words, in either order, becomes the same. */
export function readInlineJson(text: string): string {
  if (!/[mM]essage\\{0,3}"/.test(text)) return text;
  return text
    .replace(inlineForms.codeFirst, (_, code: string, message: string) => answer(code, message))
    .replace(inlineForms.messageFirst, (_, message: string, code: string) => answer(code, message));
}

function answer(code: string, message: string): string {
  return `\n${isLanguageClass(code) ? "" : "api error "}${code}: ${message}\n`;
}

const quote = String.raw`\\{0,3}"`;
const codeField = String.raw`${quote}(?:error)?(?:[cC]ode|Type)${quote}\s{0,2}:\s{0,2}${quote}([A-Z][\w.]{2,80})${quote}`;
const messageField = String.raw`${quote}(?:error)?[mM]essage${quote}\s{0,2}:\s{0,2}${quote}([^"\\]{3,2000})${quote}`;
const inlineForms = {
  codeFirst: new RegExp(String.raw`${codeField}\s{0,2},\s{0,20}${messageField}`, "g"),
  messageFirst: new RegExp(String.raw`${messageField}\s{0,2},\s{0,20}${codeField}`, "g"),
};
