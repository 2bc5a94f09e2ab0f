import { argumentIn } from "../identity/argument.ts";
import type { Facts } from "./facts.ts";

/**
 * Values of a failure that steps of a solution may name. All are text, as they were written:
 *
 * `service`, `operation` (API call) · `argument`, `function`, `variable`, `module`, `provider` (source), `name` (of the
 * thing in the way) · `bucket`, `key`, `role`, `user`, `policy`, `table`, `repository`, `stack`, `export`, `record`,
 * `queue`, `secret` · `security_group`, `subnet`, `vpc`, `network_interface`, `cidr`, `instance_type`,
 * `availability_zone`, `region`, `account`, `lambda_function` · `limit`, `requested` · `state`, `timeout` ·
 * `version` (found), `required_version` · `host`, `port`, `url` · `file`, `path` · `lock_id`, `lock_path`,
 * `lock_operation`, `lock_who`, `lock_version`, `lock_created` · `digest` (of the state) · `allowed`, `actual` ·
 * `values` (of an expression) · `during` (the operation that faber was at) · `left_out` (characters of the input that
 * were not read).
 */
export function detailsOf(facts: Facts): Readonly<Record<string, string>> {
  const { text, excerpt, notes } = facts.fragment;
  const named = forms.flatMap(([name, patterns]) => {
    if (name.startsWith("lock_") && !text.includes("Lock Info")) return [];
    const found = firstGroup(text, patterns);
    return found === undefined || /^[_*x]+$/i.test(found)
      ? []
      : [[name, found.trim().replace(/[.,;:]$/, "")]];
  });
  const read: Readonly<Record<string, string | undefined>> = {
    required_version: /\brequired_version\s{0,20}=\s{0,20}"([^"]{1,80})"/.exec(excerpt)?.[1],
    argument: argumentIn(text),
    values: notes.length > 0 ? notes.join("; ").slice(0, 500) : undefined,
    service: facts.call.service,
    operation: facts.call.operation,
    host: facts.host,
    role: /:role\/([\w+=,.@/-]{1,128})/.exec(facts.access.resourceArn ?? "")?.[1],
  };
  const known = Object.entries(read).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
  return Object.fromEntries([...named, ...known]);
}

/** The first group that took part in the first pattern that matches. */
function firstGroup(text: string, patterns: readonly RegExp[]): string | undefined {
  for (const pattern of patterns) {
    const found = pattern
      .exec(text)
      ?.slice(1)
      .find((group) => group !== undefined);
    if (found !== undefined) return found;
  }
  return undefined;
}

const quotedName = (noun: string): RegExp =>
  new RegExp(
    `\\b${noun}(?: with)?(?: named?| name| called)? (?:["']([^"']{1,200})["']|\\(((?!expand)[^()\\s]{1,200})\\))`,
    "i",
  );

const forms: readonly (readonly [string, readonly RegExp[]])[] = [
  ["lock_id", [/\bID: {1,10}([0-9a-f-]{8,64})/]],
  ["lock_path", [/\bPath: {1,10}(\S{1,300})/]],
  ["lock_operation", [/\bOperation: {1,10}(OperationType\w{1,40})/]],
  ["lock_who", [/\bWho: {1,10}(\S{1,200})/]],
  ["lock_version", [/\bVersion: {1,10}(\d{1,3}\.\d{1,3}\.\d{1,3})/]],
  ["lock_created", [/\bCreated: {1,10}(\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}\S{0,20}(?: \+0000)?(?: UTC)?)/]],
  ["digest", [/\bto the following value: {0,4}([0-9a-f]{32})\b/, /\bbut I calculated {0,4}([0-9a-f]{32})\b/]],
  [
    "bucket",
    [
      quotedName("bucket"),
      /\b[Bb]ucket(?: ACL for| policy for|:) ([a-z0-9][a-z0-9.-]{2,62})\b(?!\w)/,
      /\barn:aws[\w-]{0,10}:s3:::([a-z0-9][a-z0-9.-]{2,62})/,
    ],
  ],
  ["role", [quotedName("role"), /\brole with name ([\w+=,.@-]{1,64})/i, /\bIAM Role ([\w+=,.@-]{1,64}):/]],
  ["user", [quotedName("user"), /\buser with name ([\w+=,.@-]{1,64})/i]],
  ["policy", [quotedName("policy"), /\bpolicy (arn:aws[^\s"',]{1,200})/i]],
  ["table", [quotedName("table"), /\btable: {1,4}([\w.-]{3,255})/i]],
  ["repository", [quotedName("repository")]],
  [
    "stack",
    [
      quotedName("stack"),
      /\bstack (?:with id |\[?)([A-Za-z][\w-]{1,127})\b(?=\]?(?: does not| already| is in|:))/i,
    ],
  ],
  ["export", [/\bexport ([\w:-]{1,255}) cannot be/i]],
  ["record", [/\brecord set \[name='([^']{1,255})'/]],
  ["queue", [quotedName("queue")]],
  ["secret", [quotedName("secret")]],
  [
    "lambda_function",
    [
      /\bfunction:? (?:arn:aws[\w-]{0,10}:lambda:[\w-]{1,30}:[^:\s]{0,20}:function:)?["'(]?([\w-]{1,64})["')]?(?=$| (?:not|already|is|does))/i,
    ],
  ],
  ["security_group", [/\b(sg-[0-9a-f]{8,17})\b/]],
  ["subnet", [/\b(subnet-[0-9a-fA-Zx]{8,17})\b/]],
  ["vpc", [/\b(vpc-[0-9a-f]{8,17})\b/]],
  ["network_interface", [/\b(eni-[0-9a-f]{8,17})\b/]],
  ["cidr", [/\b(\d{1,3}(?:\.\d{1,3}){3}\/\d{1,2})\b/]],
  ["instance_type", [/\b([a-z]{1,3}\d[a-z]{0,3}\.(?:nano|micro|small|medium|large|metal|\d{0,2}xlarge))\b/]],
  ["availability_zone", [/\b((?:us|eu|ap|sa|ca|me|af|il)-(?:gov-)?[a-z]{4,10}-\d[a-f])\b/]],
  ["region", [/\b((?:us|eu|ap|sa|ca|me|af|il)-(?:gov-)?[a-z]{4,10}-\d)(?:\b|[a-f]\b)/]],
  ["account", [/\barn:aws[\w-]{0,10}:\w{1,30}:[\w-]{0,20}:(\d{12}):/]],
  [
    "limit",
    [
      /\b(?:limit|quota|maximum)(?: allowed| value)?(?: of| is| for \w{1,60})?:? (\d{1,9})\b/i,
      /\bexceed(?:s|ed)?(?: the)?(?: maximum)?(?: limit)?(?: of)? (\d{1,9})\b/i,
      /\bquota allows for (\d{1,9})\b/,
    ],
  ],
  ["requested", [/\brequested (?:at least |more instances \(|size |[a-z ]{0,20}\()?(\d{1,9})\b/i]],
  [
    "state",
    [
      /\bstate to become '([^']{1,60})'/,
      /\bunexpected state '([^']{1,60})'/,
      /\bis in ([A-Z][A-Z_]{3,60}) state\b/,
    ],
  ],
  [
    "timeout",
    [
      /\btimeout: (\d{1,5}[smh](?:\d{1,2}[sm]){0,2}\d{0,2}s?)\)/,
      /\btimed out after (\d[\d.]{0,8}\s?\w{0,8})/,
      /\bWaiting up to (\S{2,12}):/,
    ],
  ],
  [
    "version",
    [
      /\bTerraform version (\d[\w.-]{1,30})/,
      /\bwas created by Terraform v?(\d[\w.-]{1,30})/,
      /\b[\w-]{1,60}\/[\w-]{1,60} v(\d[\w.-]{1,30})/,
    ],
  ],
  ["variable", [/\bvariable "([^"]{1,100})" is not set/i, /\bvariable with the name "([^"]{1,100})"/]],
  ["function", [/\bfunction "([a-z_]\w{1,60})"/]],
  ["module", [/\bmodule "([^"]{1,100})"/i]],
  [
    "provider",
    [
      /\b(registry\.(?:terraform|opentofu)\.(?:io|org)\/[\w-]{1,60}\/[\w-]{1,60})/,
      /\binstalling ([\w-]{1,60}\/[\w-]{1,60}) v/,
    ],
  ],
  ["port", [/(?:\d{1,3}(?:\.\d{1,3}){3}|\]|localhost|[a-z]\.[a-z]{2,10}):(\d{2,5})\b/]],
  ["url", [/\b(https?:\/\/[^\s"',)]{1,400})/]],
  ["path", [/\b(?:open|stat|read|at path:?) ["']?((?:[A-Za-z]:|\.{0,2})[\\/][\w./\\-]{1,300})/]],
  ["allowed", [/\bto be one of \[([^\]]{1,300})\]/, /\bvalue must be one of:? \[?([^\].]{1,300})/i]],
  ["actual", [/\bgot ["']?([\w.%:/-]{1,60})/i, /\btotal coverage: ([\d.]{1,8}%)/i]],
  [
    "name",
    [
      /\bwith name ["']?([\w+=,.@/-]{1,128})/i,
      /\bname ["']([^"']{1,128})["']/i,
      /["'(]([\w.@/+-]{1,128})["')] already exists/,
    ],
  ],
];
