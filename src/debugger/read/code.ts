import { isServiceName, serviceOf } from "./services.ts";

/**
 * Error codes, most certain form first. Each pattern is bounded; the first group is the code. A table's column may break
 * it, and what S3 answered to Lambda is Lambda's message, not its code.
 */
const forms: readonly RegExp[] = [
  /[;,(]\s{0,2}Error Code: ([A-Za-z][\w.]{1,80}\s{1,4}[a-z]{1,40})(?=[;)])/,
  /[;,(]\s{0,2}Error Code: ([A-Za-z][\w.]{1,80}\w)/,
  /(?<!\bS3 )\bError Code: ([A-Z][A-Za-z]{3,60}(?:\.[A-Z][A-Za-z]{1,40})?)\b/,
  /\b(?!Aws::Errors?::)[A-Z]\w{1,40}::(?:[A-Z]\w{1,40}::)?Errors?::([A-Z]\w{3,60})/,
  /\bException:\s{1,4}([A-Z]\w{3,60}?Exception)[A-Z]{2,10} Message: /,
  /\bAn error occurred \(([A-Za-z][\w.:]{1,80})\) when calling/,
  /\bclient error \(([A-Za-z][\w.]{1,80})\) occurred/i,
  /\bapi error ([A-Za-z][\w.]{2,80}):/,
  /\bRequestID: [^,"}]{0,60},(?: HostID: [^,]{0,120},)? ([A-Z][A-Za-z]{3,60}(?:\.[A-Za-z]{2,40})?)(?::|$)/,
  /\bError Type: ([A-Za-z]\w{1,40}\.\w{2,60})/,
  /"?\b(?:error)?[cC]ode"?\s{0,2}(?:[:=]|=>)\s{0,2}(?:Some\()?["']([A-Za-z][\w.]{2,80})["']/,
  /\bx[-_]amzn[-_]errortype["']?[:=]\s?["']?([A-Z][\w.]{2,80})/i,
  /"errorType"\s{0,2}:\s{0,2}"([A-Za-z][\w.]{2,80})"/,
  /"__type"\s{0,2}:\s{0,2}"(?:[\w.]{1,80}#)?([A-Za-z]\w{2,80})"/,
  /\bCode="([A-Za-z]\w{2,80})"/,
  /\[([A-Z][A-Za-z]{3,60}(?:Exception|Error|Denied|Exceeded))\]/,
  /\b((?:Runtime|States)\.[A-Z]\w{3,60})\b/,
  /\b(HIVE_[A-Z_]{4,40}|GENERIC_INTERNAL_ERROR)(?=: )/,
  /\bHandlerErrorCode: ([A-Z]\w{3,60})/,
  /\bS3 Error Code: ([A-Z]\w{3,60})/,
  /\. (Unsupported) - [A-Z]/,
  /(?:^|[\s:"'([>])(AWS\.[A-Z]\w{2,40}\.[A-Z]\w{2,60})(?=: )/,
];

/** A word in brackets or, in YAML and in Java's texts, behind `code`, which is a code if it is made of what codes are made of. */
const likely: readonly RegExp[] = [
  /\[([A-Z][A-Za-z]{3,60})\] /,
  /\b(?:[cC]ode|CODE)(?:: |\s{0,10}= ?)([A-Z][A-Za-z.]{3,60})\b/,
  /(?:^|[\s:])([A-Z][A-Za-z.]{3,60}) => /,
  /\. ([A-Z][A-Za-z.]{5,60}) - [A-Z]/,
];

/** A word before a colon: the SDKs' `Code: message`. */
const beforeColon =
  /(?:^|[\s:"'([{=>]|:)([A-Z][A-Za-z0-9]{2,60}(?:\.[A-Z][A-Za-z0-9]{1,60}){0,3})(?=: |,? ?Message:| \((?:client|server)\): )/g;
const standalone =
  /\b([A-Z]{1,3}[a-z]+(?:[A-Z][a-z0-9]+){0,8}(?:Exception|Exceeded|Denied|Fault|AlreadyExists|AlreadyOwnedByYou|NotFound|Violation|Conflict|Throttled))\b/g;

/** Nothing but the code, after what was being done. */
const last = /: ([A-Z][A-Za-z]{5,60})\.?\s{0,10}$/;

/** Codes of one hump, which a word at the start of a sentence could also be. */
const shortWords = "Throttling Unavailable Unsupported Conflict Forbidden Throttled Blocked".split(" ");
const shortCodes = new Set(shortWords);
/** `launching the instance: Unsupported: It is …`; `Throttling` anywhere. */
const chained = new RegExp(
  String.raw`(?:[a-z] [\w()"'.-]{2,60}: (?=\w{4,12}: [A-Z])|(?<!\w)(?=Throttling: ))(${shortWords.join("|")}): `,
);
/** Wrappers' and languages' own classes, fields of a response: no answer of a service. */
const noCodes = new Set([
  "ServiceError",
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
  "ClusterName",
  "ToolkitError",
  "ServerlessError",
  "OperationalError",
  "ProgrammingError",
  "DatabaseError",
  "CompletionException",
  "ExecutionException",
  "RuntimeException",
  "InvocationTargetException",
  "BuildError",
  "BundlingError",
  "NoCredentialsError",
  "PartialCredentialsError",
  "NoRegionError",
  "ProfileNotFound",
  "ParamValidationError",
  "EndpointConnectionError",
  "ProxyConnectionError",
  "ConnectionClosedError",
  "WaiterError",
  "HTTPError",
  "URLError",
  "SSLError",
  "ProxyError",
  "OSError",
  "IOError",
  "EOFError",
  "PermissionError",
  "FileNotFoundError",
  "TimeoutError",
  "JSONDecodeError",
  "UnicodeDecodeError",
  "NotImplementedError",
  "ZeroDivisionError",
  "ConnectionRefusedError",
  "ConnectionResetError",
  "NameResolutionError",
  "RecursionError",
  "MemoryError",
  "LookupError",
  "StopIteration",
  "NullPointerException",
  "IllegalArgumentException",
  "IllegalStateException",
  "ClassNotFoundException",
  "NoClassDefFoundError",
  "UnknownHostException",
  "SocketTimeoutException",
  "SdkClientException",
  "AmazonClientException",
  "AmazonServiceException",
  "CalledProcessError",
  "TerraformError",
  "EvalSymlinks",
]);

/** The service's or tool's own code, where the text has one. */
export function codeIn(text: string): string | undefined {
  for (const form of forms) {
    const code = form.exec(text)?.[1];
    if (code !== undefined && isCode(code)) return code.replace(/\s/g, "");
  }
  for (const form of likely) {
    const code = form.exec(text)?.[1];
    if (code !== undefined && isCode(code) && isCamel(code) && vocabulary.test(code)) return code;
  }
  return beforeColonIn(text) ?? lastWord(text) ?? lastBeforeColon(text);
}

function candidatesIn(text: string): readonly string[] {
  return [...text.matchAll(beforeColon)]
    .flatMap((match) => match[1] ?? [])
    .filter((word) => isCode(word) && !/(?<!^Invalid\w{1,60})Id$/.test(word));
}

function beforeColonIn(text: string): string | undefined {
  const answered = isAnswer(text);
  const short = chained.exec(text)?.[1];
  const found = candidatesIn(text).find(
    (word) =>
      (isCamel(word) && vocabulary.test(word)) || word === short || (shortCodes.has(word) && answered),
  );
  return found ?? [...text.matchAll(standalone)].flatMap((match) => match[1] ?? []).find(isCode);
}

function lastBeforeColon(text: string): string | undefined {
  return isAnswer(text) ? candidatesIn(text).findLast(isCamel) : undefined;
}

function isAnswer(text: string): boolean {
  return /status code: \d/i.test(text);
}

function lastWord(text: string): string | undefined {
  const word = last.exec(text)?.[1] ?? "";
  return isCode(word) && isCamel(word) && vocabulary.test(word) ? word : undefined;
}

/** What codes are made of, and names of things are not: `KeyPair: InvalidKeyPair.Duplicate: …`. */
const vocabulary =
  /Exception|Error|Err$|Denied|Invalid|Exceeded|NotFound|NoSuch|Already|Exist|Duplicate|InUse|Conflict|Limit|Quota|Violation|Malformed|Missing|Unsupported|NotSupported|Expired|Thrott|Unauthori|Unavailable|Fail|Fault|Time(?:d)?[oO]ut|Insufficient|Illegal|Incorrect|Mismatch|Not[A-Z]|Too[A-Z]|Forbidden|Unrecognized|Bad[A-Z]|Inconsistent|Unknown|Empty|Pending|Aborted|Reject|Required|Redirect|Prohibited|Owned|Disabled|Blocked|Depend|DoesNot|OptIn|SlowDown|InProgress|Concurrent|NoAuthorization|Incompatible|Cannot|Cancell?ed|NoCredential|Validation|Precondition|Conditional|Internal/;

/** What Java's SDKs throw for every answer of a service. */
const baseClass =
  /^(?:Amazon\w{2,40}|(?:S3|Ec2|Iam|Sts|Sqs|Sns|Lambda|DynamoDb|Rds|Ecs|Ecr|Eks|CloudFormation|CloudWatch|Route53|AwsService|SdkService))Exception$/;

function isCode(word: string): boolean {
  return (
    !noCodes.has(word) &&
    !baseClass.test(word) &&
    !isServicesClass(word) &&
    !/^\d|^(?:Http|HTTP)?\d{3}$/.test(word)
  );
}

/** `AthenaException`, which Java's SDK throws for whatever that service answers. */
function isServicesClass(word: string): boolean {
  const service = /^(\w{2,40})Exception$/.exec(word)?.[1];
  return service !== undefined && isServiceName(service) && serviceOf(service) === service.toLowerCase();
}

/** Two humps, as in `AccessDenied`, `InvalidSubnet.Conflict`, `DBInstanceNotFound`. */
function isCamel(word: string): boolean {
  return /^[A-Z][\w.]*[a-z][\w.]*$/.test(word) && /[A-Z].*[A-Z]/.test(word);
}

/** A class of a programming language: what a program threw, no answer of a service. */
export function isLanguageClass(code: string): boolean {
  return noCodes.has(code) || code === "Error" || code === "Exception";
}

/** The HTTP status of the service's answer; `0` in SDKs means that there was no answer. */
export function httpStatusIn(text: string): number | undefined {
  const match =
    /\bstatus ?code:? ?=? ?"?([45]\d\d)\b/i.exec(text) ??
    /\bStatusCode[:=] ?([45]\d\d)\b/.exec(text) ??
    /\bHTTP(?: status| error| response)?(?: code)?[: ]{1,3}([45]\d\d)\b/i.exec(text) ??
    /\bError ([45]\d\d): /.exec(text) ??
    /\breturned (?:an? )?(?:unexpected )?status(?: of)? ([45]\d\d)\b/i.exec(text) ??
    /\b([45]\d\d) (?:Bad Request|Unauthorized|Forbidden|Not Found|Conflict|Too Many Requests|Internal Server Error|Bad Gateway|Service Unavailable|Gateway Time-?out)\b/i.exec(
      text,
    );
  return match === null ? undefined : Number(match[1]);
}
