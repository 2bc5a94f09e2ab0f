/** Error codes, most certain form first. Each pattern is bounded; the first group is the code. */
const forms: readonly RegExp[] = [
  /\bError Code: ([A-Za-z][\w.]{2,80})/,
  /\bAn error occurred \(([A-Za-z][\w.:]{1,80})\) when calling/,
  /\bclient error \(([A-Za-z][\w.]{1,80})\) occurred/i,
  /\bapi error ([A-Za-z][\w.]{2,80}):/,
  /\bRequestID: [^,]{0,60},(?: HostID: [^,]{0,120},)? ([A-Z][A-Za-z]{3,60}(?:\.[A-Za-z]{2,40})?)(?::|$)/,
  /\bError Type: ([A-Za-z]\w{1,40}\.\w{2,60})/,
  /"?\b(?:error)?[cC]ode"?\s{0,2}[:=]\s{0,2}(?:Some\()?["']([A-Za-z][\w.]{2,80})["']/,
  /"errorType"\s{0,2}:\s{0,2}"([A-Za-z][\w.]{2,80})"/,
  /"__type"\s{0,2}:\s{0,2}"(?:[\w.]{1,80}#)?([A-Za-z]\w{2,80})"/,
  /\bCode="([A-Za-z]\w{2,80})"/,
  /\[([A-Z][A-Za-z]{3,60}(?:Exception|Error|Denied|Exceeded))\]/,
  /\b(Runtime\.[A-Z]\w{3,60})\b/,
  /\bHandlerErrorCode: ([A-Z]\w{3,60})/,
];

/** A word before a colon: the SDKs' `Code: message`. */
const beforeColon = /(?:^|[\s:"'([{=>]|:)([A-Z][A-Za-z0-9]{2,60}(?:\.[A-Z][A-Za-z0-9]{1,60}){0,3})(?=: )/g;
const standalone =
  /\b([A-Z][a-z]+(?:[A-Z][a-z0-9]+){0,8}(?:Exception|Exceeded|Denied|Fault|AlreadyExists|AlreadyOwnedByYou|NotFound|Violation|Conflict|Throttled))\b/g;

/** Codes of one hump, which a word at the start of a sentence could also be. */
const shortCodes = new Set(["Throttling", "Unavailable", "Unsupported", "Conflict", "Forbidden", "Throttled", "Blocked"]);
/** Wrappers' and languages' own classes, fields of a response: no answer of a service. */
const noCodes = new Set([
  "ClientError",
  "FatalError",
  "BotoCoreError",
  "ConnectionError",
  "EndpointConnectionError",
  "ReadTimeoutError",
  "ConnectTimeoutError",
  "MaxRetryError",
  "NewConnectionError",
  "RequestID",
  "RequestId",
  "HostID",
  "StatusCode",
  "ErrorCode",
  "TypeError",
  "ValueError",
  "KeyError",
  "IndexError",
  "AttributeError",
  "RuntimeError",
  "AssertionError",
  "ImportError",
  "ModuleNotFoundError",
  "NameError",
  "SyntaxError",
  "ReferenceError",
  "RangeError",
  "ActivityId",
  "AutoScalingGroupName",
  "CloudFormation",
  "CloudFront",
  "CloudWatch",
  "DynamoDB",
  "GitHub",
  "StatusReason",
  "ResourceStatusReason",
  "RequestToken",
  "UserData",
  "HandlerErrorCode",
]);

/** The service's or tool's own code, where the text has one. */
export function codeIn(text: string): string | undefined {
  for (const form of forms) {
    const code = form.exec(text)?.[1];
    if (code !== undefined && isCode(code)) return code;
  }
  for (const match of text.matchAll(beforeColon)) {
    const code = match[1] ?? "";
    if (isCode(code) && (isCamel(code) || (shortCodes.has(code) && /status code: \d/i.test(text)) || code === "Throttling"))
      return code;
  }
  for (const match of text.matchAll(standalone)) if (isCode(match[1] ?? "")) return match[1];
  return undefined;
}

function isCode(word: string): boolean {
  return !noCodes.has(word) && !/^\d|^(?:Http|HTTP)?\d{3}$|Id$/.test(word);
}

/** Two humps, as `AccessDenied`, `InvalidSubnet.Conflict`; not `CNAMERecord`-like names of things alone. */
function isCamel(word: string): boolean {
  return /^[A-Z][a-z0-9]+(?:[A-Z][A-Za-z0-9]*|\.[A-Z])/.test(word) || /^[A-Z]{2,8}[a-z]+\w*(?:Exception|Fault|Exceeded|NotFound|AlreadyExists|Error)$/.test(word);
}

/** The HTTP status of the service's answer; `0` in SDKs means that there was no answer. */
export function httpStatusIn(text: string): number | undefined {
  const match =
    /\bstatus ?code:? ?=? ?"?([45]\d\d)\b/i.exec(text) ??
    /\bStatusCode[:=] ?([45]\d\d)\b/.exec(text) ??
    /\bHTTP(?: status| error| response)?(?: code)?[: ]{1,3}([45]\d\d)\b/i.exec(text) ??
    /\bError ([45]\d\d): /.exec(text) ??
    /\b([45]\d\d) (?:Bad Request|Unauthorized|Forbidden|Not Found|Conflict|Too Many Requests|Internal Server Error|Bad Gateway|Service Unavailable|Gateway Time-?out)\b/i.exec(text);
  return match === null ? undefined : Number(match[1]);
}
