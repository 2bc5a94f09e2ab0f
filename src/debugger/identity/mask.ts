/**
 * Takes out of a message what differs from case to case and keeps what tells one problem from another.
 *
 * What goes is decided by shape first (an ARN, an address, a number, a word with digits or dashes inside, a path) and,
 * for words in quotes, by what stands before them: after `argument`, `attribute`, `type`, `parameter` and their like
 * the word in quotes is the problem; after `role`, `bucket`, `name` it is somebody's name for a thing.
 *
 *     An argument named "vpc" is not expected here      → an argument named vpc is not expected here
 *     Role with name build-42 already exists            → role with name _ already exists
 * Unquoted `snake_case` is an argument in what Terraform says (`keepIdentifiers`) and a name in what a service says.
 *
 *     Value 'xyz' at 'timeout' failed to satisfy         → value _ at timeout failed to satisfy
 */
export function mask(text: string, keepIdentifiers = false): string {
  let masked = withoutEnvelope(text.slice(0, longest));
  for (const [pattern, replacement] of shapes) masked = masked.replace(pattern, replacement);
  masked = masked.replace(quoted, (...match) => {
    const [whole, before, , inside, offset] = match as [string, string, string, string, number];
    const after = masked.slice(offset + whole.length, offset + whole.length + 16);
    return keeps(before, inside, after) ? `${before} ${inside} ` : `${before} _ `;
  });
  return masked
    .replace(
      /\bname[sd]? (?!already|is|must|in|for|of|and|or|not|cannot|can|with|was|has|to|length)[\w.:-]{1,128}(?= |$)/gi,
      "name _",
    )
    .split(/\s+/)
    .map((word) => maskWord(word, keepIdentifiers))
    .filter((word) => word !== "")
    .join(" ")
    .toLowerCase()
    .replace(/\b_(?: _)+/g, "_")
    .replace(/\s+/g, " ")
    .trim();
}

const longest = 1_500;

/** Takes off what a service or an SDK says of the request, which is no part of the problem. */
export function withoutEnvelope(text: string): string {
  let rest = text;
  for (const [pattern, replacement] of envelope) rest = rest.replace(pattern, replacement);
  return rest;
}

const envelope: readonly (readonly [RegExp, string])[] = [
  [
    /\bAWS Error Code: \w{1,80}, Status Code: \d{1,3},(?: AWS Request ID: [^,\s]{0,80},)? AWS Error Type: \w{1,20}, AWS Error Message: /g,
    " ",
  ],
  [/\bResource handler returned message: "?/g, " "],
  [/^\s*Invalid request provided: (?!AWS::)/, " "],
  [/"? \(RequestToken: [^)]{0,200}\)/g, " "],
  [/\(Service: [^)]{0,300}(?:\)|$)/g, " "],
  [
    /\bHTTP\/\d(?:\.\d)? \d{3} (?:Bad Request|Unauthorized|Forbidden|Not Found|Conflict|Internal Server Error)\b/g,
    " ",
  ],
  [/\(RequestToken: [^)]{0,200}\)/g, " "],
  [
    /,? ?\bstatus code: \d{1,3}(?:, request id: [^,\s]{0,100}(?: "[^"]{0,100}")?)?(?:, host id: \S{0,200})?/gi,
    " ",
  ],
  [/\bhttps response error StatusCode: \d{1,3},(?: RequestID: [^,]{0,80},)?(?: HostID: [^,]{0,200},)?/g, " "],
  [/\b(?:request ?id|host ?id|eventid|activityid|correlation id): ?\S{0,120}/gi, " "],
  [/\bEncoded authorization failure message: \S{0,20000}/gi, " "],
  [/, User-Agent: .{0,1000}$/g, " "],
];

/** Longest and most exact first, so that a part of one is not taken for another. */
const shapes: readonly (readonly [RegExp, string])[] = [
  [/<[A-Za-z_][\w -]{0,60}>|\{[A-Za-z][\w -]{0,60}\}|\*{2,}\w{0,40}/g, " _ "],
  [/\barn:[^\s"',;)\]]{0,400}/g, " _ "],
  [/\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s"')\]]{0,500}/gi, " _ "],
  [/\b[\w.+-]{1,100}@[\w-]{1,60}(?:\.[\w-]{1,60}){1,5}/g, " _ "],
  [/\b\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?(?:\/\d{1,2})?/g, " _ "],
  [/\[[0-9a-f:]{2,45}\](?::\d{1,5})?/gi, " _ "],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, " _ "],
  [/\b\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2})?\S{0,20}/g, " _ "],
  [/\b(?:module\.[\w-]{1,100}(?:\[[^\]\s]{0,80}\])?\.){1,8}\S{1,200}/g, " _ "],
  [
    /\b(?:data\.)?([a-z]{2,20}_[a-z0-9_]{2,80})\.[\w-]{1,100}(?:\[[^\]\s]{0,80}\])?(?:\.[\w-]{1,60}){0,4}/g,
    " _ ",
  ],
  [/\[[^\]\s]{1,120}\]/g, " _ "],
  [/\bprovider\[[^\]\s]{1,200}\]/g, " _ "],
  [/[A-Za-z]:\\[^\s"']{1,300}|(?<=[\s"'(=])\.{0,2}\/[^\s"',)]{1,300}/g, " _ "],
];

const quoted = /((?:[\w/-]{1,40}[ :=]{1,2}){0,3})(["'])([^"']{0,200})\2/g;

const keepAfter =
  /\b(?:arguments?(?: named| name)?|attributes?(?: named| name)?|blocks?(?: of)?(?: type)?|property|properties|parameters?(?: named| name)?|fields?(?: named)?|type|types|key|status|state|function|operator|setting|at|for variable|option|operation|feature|method|expected|element|become|provided for|header|kind|resource type|a value for|value for|requires that|one of)[ :=]{0,2}$/i;
/** `the 'memory' setting` */
const keepBefore = /^ (?:setting|parameter|argument|attribute|property|field|option|header|block)\b/i;
/** What stands in quotes after these is what was said, and no name. */
const told = /\b(?:error|message|reason|saying|says|said|returned)[ :=]{0,2}$/i;

function keeps(before: string, inside: string, after: string): boolean {
  if (told.test(before) && /^[A-Z]\w+(?: \S{1,60}){3}/.test(inside)) return true;
  if (!/^[A-Za-z][A-Za-z_.:]{1,60}$/.test(inside) || /^[x*]+$/i.test(inside)) return false;
  if (keepAfter.test(before) || keepBefore.test(after)) return true;
  // A type of Terraform or CloudFormation and an enumeration's member are nobody's own names.
  return /^aws_[a-z_]+$|^AWS::[A-Za-z0-9:]+$|^[A-Z]{3,}(?:_[A-Z]+)+$/.test(inside);
}

function maskWord(word: string, keepIdentifiers: boolean): string {
  const core = word.replace(/^[^\w_]+|[^\w_]+$/g, "");
  if (core === "" || isName(core, keepIdentifiers)) return core === "" ? "" : "_";
  return core.includes("-") ? core.replaceAll("-", " ") : core.replace(/[^\w.:-]/g, " ");
}

function isName(word: string, keepIdentifiers: boolean): boolean {
  if (word === "_" || /^x{3,}$/i.test(word) || /^(?:redacted|omitted|censored)$/i.test(word)) return true;
  if (/^AWS::\w{1,60}::\w{1,60}$/.test(word)) return false;
  if (/\d/.test(word)) return !withDigits.test(word);
  if (/[/\\=@$%#]/.test(word)) return true;
  if (word.includes("-")) return !english.test(word);
  if (word.includes("_")) return !isIdentifier(word, keepIdentifiers);
  return /^[a-z_]+\.[a-z_.]+$/.test(word);
}

/** Names of technique that have a digit in them. */
const withDigits =
  /^(?:ipv4|ipv6|s3|ec2|route53|md5|sha256|http2|x509|base64|utf8|k8s|v1|v2|oauth2|tls1|boto3|python2|python3|pip3)$/i;

function isIdentifier(word: string, keepIdentifiers: boolean): boolean {
  if (
    /^[A-Z_]+$/.test(word) ||
    /^aws_|_(?:ids?|arns?|type|size|count|blocks?|version|mode|class)$/.test(word)
  )
    return true;
  return keepIdentifiers && /^[a-z]+(?:_[a-z]+)+$/.test(word);
}

/** Words that are written with a dash; any other word with one is taken for a name. */
const english =
  /^(?:remote|local|file|non|pre|post|re|sub|multi|cross|one|two|read|write|built|opt|up|well|self|on|full|top|comma|case|time|so|start|end|front|back|key|identity|resource|session)-[a-z]{2,14}$/i;
