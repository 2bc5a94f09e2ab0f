import { serviceOfOperation } from "../read/operation.ts";
import { serviceOf } from "../read/services.ts";

/**
 * The API call behind what a provider says it was doing, as `service:operation`: `putting S3 Bucket (a) ACL` is
 * `s3:putbucketacl`, `launching source instance` is `ec2:runinstances`. `undefined` where the words name no kind of
 * thing. Reading is left out: services get, list or describe.
 */
export function toldCall(clause: string, service: string | undefined): string | undefined {
  if (/\blaunching source instance\b/i.test(clause)) return "ec2:runinstances";
  const match = doing.exec(clause);
  const verb = verbs[(match?.[1] ?? "").toLowerCase()];
  if (match === null || verb === undefined) return undefined;
  const words = nounsOf(clause.slice(match.index + match[0].length));
  const named = words.find((word) => services.has(word.toLowerCase()));
  const noun = words.filter((word) => word !== named).join("");
  const owner = named === undefined ? (service ?? serviceOfNoun(words)) : serviceOf(named);
  if (noun === "" || owner === undefined) return undefined;
  return `${owner}:${verb}${owner === "s3" && !/^(?:bucket|object)/i.test(noun) ? "bucket" : ""}${noun.toLowerCase()}`;
}

/** `Security Group` is a noun of EC2's alone. */
function serviceOfNoun(words: readonly string[]): string | undefined {
  return serviceOfOperation(
    `Create${words.map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1).toLowerCase()}`).join("")}`,
  );
}

const doing = /\b(creating|deleting|putting|attaching|modifying|importing) (?:an? |the )?/i;
const verbs: Readonly<Record<string, string>> = {
  creating: "create",
  deleting: "delete",
  putting: "put",
  attaching: "attach",
  modifying: "modify",
  importing: "import",
};

/** Words of the kind of thing; what stands in brackets is its name, and so is any other word in lower case. */
function nounsOf(text: string): readonly string[] {
  const words = text
    .slice(0, 120)
    .replace(/\bCloudWatch (?=Log Group\b)/, "Logs ")
    .replace(/\bCloudWatch Logs\b/, "Logs")
    .replace(/\b(?:Route 53|Secrets Manager)\b/, (name) => name.replace(" ", ""))
    .replace(/\([^)]{0,100}\)?|"[^"]{0,100}"?/g, " ")
    .split(/[:,]/)[0]
    ?.split(/\s+/)
    .filter((word) => word !== "");
  const end = (words ?? []).findIndex(
    (word) => !/^[A-Z][A-Za-z0-9]{1,30}$/.test(word) && !plainNouns.has(word),
  );
  return end < 0 ? (words ?? []) : (words ?? []).slice(0, end);
}

const plainNouns = new Set(
  "acl alarm alias bucket cluster distribution function gateway group instance key listener policy queue record repository role rule secret stream subnet table topic user volume versioning website".split(
    " ",
  ),
);

const services = new Set(
  "acm autoscaling cloudformation cloudfront cloudwatch dynamodb ec2 ecr ecs efs eks elasticache elb events firehose glue iam kinesis kms lambda logs rds redshift route53 s3 secretsmanager sfn sns sqs ssm sts".split(
    " ",
  ),
);
