import type { Facts } from "../read/facts.ts";
import type { Relation } from "../read/relations.ts";
import { serviceOfType, terraformTypeOf } from "../read/services.ts";
import { mask } from "./mask.ts";

/**
 * The kind of thing that exists, is used or has dependents, however it is written: `key pair`, `KeyPair`, `keypair`
 * and `aws_key_pair` are `keypair`. First from the words of the message, which are the same in every wrapper; then
 * from the ID's prefix, from the code, from the API's operation, from Terraform's type. `undefined` where nothing says.
 */
export function kindIn(relation: Relation, facts: Facts): string | undefined {
  const { fragment, call, code, flat } = facts;
  const byType = nounOfType(
    terraformTypeOf(/\bof type '?(AWS::\w{1,40}::\w{1,60})/.exec(fragment.text)?.[1] ?? ""),
  );
  const byWords = subjectOf(fragment.text, code, markers[relation]);
  const candidates = [
    byType,
    byWords,
    idKind(flat, markers[relation]),
    nounOfCode(code),
    nounOfOperation(call.operation),
    nounOfType(fragment.resourceType),
    mainNouns[call.service ?? ""],
  ];
  const found = candidates.find((kind) => kind !== undefined && kind.length > 2 && !empty.has(kind));
  return found === undefined
    ? undefined
    : qualified(found, serviceOfType(fragment.resourceType ?? "") ?? call.service);
}

/**
 * Nouns that things of several services have, and whose they are where nothing else is said: a table is DynamoDB's,
 * and a cluster could be anybody's. Of another service the noun goes with its name.
 */
const shared: Readonly<Record<string, string>> = {
  alias: "",
  api: "apigateway",
  application: "",
  certificate: "acm",
  cluster: "",
  connection: "",
  database: "",
  domain: "",
  endpoint: "",
  environment: "",
  group: "iam",
  instance: "ec2",
  job: "",
  key: "",
  namespace: "",
  parametergroup: "",
  policy: "iam",
  project: "",
  repository: "ecr",
  rule: "",
  service: "ecs",
  snapshot: "",
  stream: "kinesis",
  subnetgroup: "",
  table: "dynamodb",
  user: "iam",
};

function qualified(noun: string, service: string | undefined): string {
  const home = shared[noun];
  return home === undefined || service === undefined || service === home ? noun : `${service}${noun}`;
}

/** What a service's things are, where it has mostly one kind. */
const mainNouns: Readonly<Record<string, string>> = {
  logs: "loggroup",
  s3: "bucket",
  lambda: "function",
  sqs: "queue",
  sns: "topic",
  dynamodb: "table",
  ecr: "repository",
  cloudformation: "stack",
};

/** Nouns that name no kind. */
const empty = new Set([
  "resource",
  "entity",
  "item",
  "object",
  "record",
  "one",
  "name",
  "thing",
  "identifier",
  "error",
  "requested",
  "another",
  "alreadyexists",
  "invalidparameter",
  "invalidrequest",
  "conflict",
]);

const filler =
  /\b(?:the|a|an|with|name|named|called|id|of|in|for|this|that|specified|requested|given|provided|new|same|but|it|tried|to|create|creating|error|failed|because|operation|same|your|account|by|and|is|has|been|_|from|type|cannot|delete|deleting|can|not|re|use|attached|which|attempt|change)\b/g;

/** What stands after the thing that is in the way. */
const markers: Readonly<Record<Relation, RegExp>> = {
  exists: /\balready (?:exist|been taken|in use|is taken)|\bwith the same name\b/i,
  "in-use": /\bis (?:currently |already |being |still )?(?:in use|used|associated|attached)\b/i,
  "has-dependents": /\bhas (?:a )?depend|\bhas some mapped\b|\bhas subnets\b|\bstill has\b/i,
};

function subjectOf(text: string, code: string | undefined, marker: RegExp): string | undefined {
  const at = marker.exec(text)?.index;
  if (at === undefined) return undefined;
  const before = text.slice(Math.max(0, at - 400), at);
  const clause = (code === undefined ? before : (before.split(`${code}: `).at(-1) ?? before))
    .replace(/\[name='[^']{0,200}', type='[^']{0,20}'\]/g, " ")
    .replace(/"[^"]{0,200}"|'[^']{0,200}'|\[[^\]]{0,200}\]|\([^)]{0,200}\)/g, " _ ");
  const last =
    clause
      .split(/: |\. |; | - |\bbecause\b/)
      .filter((part) => /[a-z]{3}/i.test(part))
      .at(-1) ?? "";
  const named = last.split(/-{3,}|\b(?:[Tt]he|[Tt]his|[Aa]n?|[Nn]o) (?=\w)/).at(-1) ?? last;
  const head = named.split(/(?<=[a-z]{3}\W{0,3}) (?:in|with|for|of|on) /i)[0] ?? named;
  const masked = mask(head.replace(/\b(?:named?|called|id|identified by) \S{1,200}/gi, " _ "));
  const noun = masked.replace(filler, " ").replace(/[^a-z]/g, "");
  return noun === "" || noun.length > 40 ? undefined : noun;
}

const nearby = 60;

const idPrefixes: Readonly<Record<string, string>> = {
  sg: "securitygroup",
  subnet: "subnet",
  vpc: "vpc",
  igw: "internetgateway",
  rtb: "routetable",
  eni: "networkinterface",
  vol: "volume",
  acl: "networkacl",
  eipalloc: "eip",
  nat: "natgateway",
  tgw: "transitgateway",
  vgw: "vpngateway",
  cgw: "customergateway",
  pcx: "vpcpeering",
};

const ids =
  /\b(sg|subnet|vpc|igw|rtb|eni|vol|acl|eipalloc|nat|tgw|vgw|cgw|pcx)-(?:[0-9a-f]{8,17}|x{3,20}|\*{3,20})/g;

/** Of several things it is the one right before what is said of it; the others were being worked on. */
function idKind(flat: string, marker: RegExp): string | undefined {
  const at = marker.exec(flat)?.index ?? 0;
  const near = [...flat.slice(Math.max(0, at - nearby), at).matchAll(ids)].at(-1);
  const prefix = (near ?? flat.matchAll(ids).next().value)?.[1];
  return prefix === undefined ? undefined : idPrefixes[prefix];
}

/** `RepositoryAlreadyExistsException` → `repository`, `InvalidKeyPair.Duplicate` → `keypair`. */
function nounOfCode(code: string | undefined): string | undefined {
  const noun = /^(?:Invalid)?([A-Za-z]{3,40}?)(?:AlreadyExists?|\.Duplicate|\.InUse|InUse)/.exec(
    code ?? "",
  )?.[1];
  return noun === undefined ? undefined : noun.toLowerCase();
}

/** `CreateLogGroup` → `loggroup`. */
function nounOfOperation(operation: string | undefined): string | undefined {
  return /^(?:Create|Delete|Put|Register|Add|Import|Modify|Update|Detach|Attach)([A-Z]\w{2,60})$/
    .exec(operation ?? "")?.[1]
    ?.toLowerCase();
}

/** `aws_cloudwatch_log_group` → `loggroup`. */
function nounOfType(type: string | undefined): string | undefined {
  if (type === undefined) return undefined;
  const words = type.replace(/^aws_/, "").split("_");
  return (words.length > 1 && services.has(words[0] ?? "") ? words.slice(1) : words).join("");
}

/** First words of types, Terraform's and CloudFormation's, that name the service and not the thing. */
const services = new Set(
  "amplify api apigateway apigatewayv2 appconfig appmesh apprunner appsync athena autoscaling backup batch bedrock budgets cloudformation cloudfront cloudtrail cloudwatch codeartifact codebuild codecommit codedeploy codepipeline cognito config connect datasync dax dms docdb dynamodb ec2 ecr ecs efs eks elasticache elasticbeanstalk elasticloadbalancing elasticloadbalancingv2 emr events fsx glue grafana guardduty iam inspector iot kafka kinesis kinesisfirehose kms lakeformation lambda lightsail logs memorydb mq msk neptune opensearch opensearchservice organizations pinpoint quicksight ram rds redshift route53 route53resolver s3 sagemaker scheduler secretsmanager servicecatalog servicediscovery ses sesv2 sfn signer sns sqs ssm ssoadmin stepfunctions synthetics transfer waf wafregional wafv2 workspaces xray".split(
    " ",
  ),
);
