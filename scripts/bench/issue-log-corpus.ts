import { createRandom, type Random } from "../../tests/helpers/random.ts";

/** Error messages by grammar: frames of words with slots, log-normal popularity, near-duplicates. Always the same. */
export interface Corpus {
  readonly next: () => string;
  /** The message as another case might word it: words dropped, added, changed. */
  readonly vary: (message: string, strength: number) => string;
}

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

const services =
  words(`s3 sqs sns iam ec2 rds ecs eks lambda dynamodb kms logs events states ssm secretsmanager
  cloudfront route53 acm apigateway elasticache kinesis firehose glue athena redshift ecr efs fsx backup batch
  codebuild codepipeline cognito-idp config guardduty wafv2 elasticloadbalancing autoscaling cloudwatch cloudtrail
  organizations ram transfer msk opensearch mq datasync emr sagemaker bedrock appsync amplify`);
const verbs =
  words(`Create Delete Describe Get Put Update List Attach Detach Associate Disassociate Tag Untag Modify
  Enable Disable Start Stop Register Deregister Invoke Pass Assume Add Remove Set Run Terminate Authorize Revoke`);
const nouns =
  words(`Queue Topic Bucket Role Policy User Group Instance Volume Snapshot Image Subnet Vpc Gateway
  RouteTable Route SecurityGroup Rule Listener TargetGroup LoadBalancer Cluster Service TaskDefinition Function Alias
  Layer Permission Table Index Stream Key Grant LogGroup Metric Alarm Dashboard Event Target StateMachine Parameter
  Secret Distribution Zone Record Certificate Api Stage Deployment Domain Cache Replication Shard Crawler Job
  Workgroup Repository FileSystem AccessPoint Vault Plan Project Pipeline Pool Client Detector Acl IpSet Account
  Share Server Broker Task Location Model Endpoint Resolver Branch Schedule Connection Attachment Configuration`);
const codes =
  words(`AccessDenied AccessDeniedException UnauthorizedOperation InvalidParameterValue ValidationException
  ValidationError LimitExceeded LimitExceededException ThrottlingException Throttling RequestLimitExceeded
  ResourceNotFoundException NoSuchEntity NoSuchBucket NotFoundException ResourceInUseException DependencyViolation
  EntityAlreadyExists ResourceAlreadyExistsException ConflictException BucketAlreadyExists InvalidInput
  MalformedPolicyDocument InvalidRequestException InvalidParameterException ServiceUnavailable InternalFailure
  ExpiredToken InvalidClientTokenId SignatureDoesNotMatch RequestExpired OptInRequired QuotaExceededException
  InsufficientInstanceCapacity VpcLimitExceeded AddressLimitExceeded InvalidSubnetIDNotFound InvalidGroupNotFound
  InvalidAMIIDNotFound KMSAccessDeniedException ConditionalCheckFailedException ProvisionedThroughputExceeded
  OperationAborted PreconditionFailed UnsupportedOperation InvalidStateException DuplicateListener TooManyRequests`);
const argumentParts =
  words(`name type size mode key value policy role arn id subnet security group vpc cidr block
  availability zone encryption kms master retention period days min max desired capacity instance class engine version
  storage iops throughput backup window maintenance port protocol health check path interval timeout threshold listener
  certificate domain alias origin cache behavior header cookie method access log bucket prefix lifecycle rule status
  filter tag environment variable runtime handler memory layer source code hash image command entry point mount volume`);
const general =
  words(`error failed cannot unable while creating reading updating deleting waiting for the a an of to in
  on with without because is are was not must be may already exists does found invalid unsupported missing required
  unexpected value argument attribute block resource data module provider state lock plan apply output input reference
  configuration file line request response service operation permission denied authorized perform action policy allows
  explicit deny identity boundary session account region quota limit exceeded maximum number too many retry later
  timeout connection refused reset host lookup endpoint certificate expired token credentials signature version
  dependency conflict concurrent modification associated attached contains use deleted between allowed characters
  length pattern constraint satisfy member regular expression range least most one following supported only when
  enabled disabled default cannot both set same different change forces replacement inconsistent result after bug`);

const frames = [
  "error creating {type}: {code}: user is not authorized to perform: {action} on resource: <arn> because no identity-based policy allows the {action} action",
  "{type}: {code}: user <principal> is not authorized to perform: {action} with an explicit deny in a service control policy",
  "operation error {service}: {operation}, https response error statuscode: <n>, {code}: {tail}",
  'unsupported argument: an argument named "{arg}" is not expected here in {type}',
  'missing required argument: the argument "{arg}" is required, but no definition was found in {type}',
  'unsupported attribute: this object does not have an attribute named "{arg}" for {type}',
  "error waiting for {type} to become available: timeout while waiting for state to become {arg} {tail}",
  "creating {type} <name>: {operation}: {code}: {tail}",
  "deleting {type} <name>: {code}: resource has a dependent object {arg}",
  'invalid value for "{arg}" of {type}: {tail}',
  '"{arg}": conflicts with {arg} in {type}',
  "{type}: expected {arg} to be one of <list>, got <value> {tail}",
  "reading {type} <name>: couldn't find resource {tail}",
  "{code}: the maximum number of {arg} for {service} has been reached {tail}",
  "1 validation error detected: value at '{arg}' failed to satisfy constraint: {tail}",
];

/** Share of messages whose frame is one of those above. */
const shareOfKnown = 0.6;

export function createCorpus(seed: number): Corpus {
  const random = createRandom(seed);
  const made = Array.from({ length: 1_500 }, () => madeFrame(random));
  const [known, unknown] = [popular(random, frames, 1), popular(random, made, 2)];
  const frame = (): string => (random.chance(shareOfKnown) ? known() : unknown());
  const actions = services.flatMap((service) =>
    Array.from({ length: 120 }, () => `${service}:${random.pick(verbs)}${random.pick(nouns)}`),
  );
  const types = services.flatMap((service) =>
    Array.from({ length: 25 }, () => `aws_${service}_${snake(random.pick(nouns))}`),
  );
  const slots: Readonly<Record<string, () => string>> = {
    action: popular(random, actions, 1.5),
    type: popular(random, types, 1.5),
    code: popular(random, codes, 1.5),
    service: popular(random, services, 1),
    arg: popular(random, [...new Set(Array.from({ length: 6_000 }, () => argumentName(random)))], 1.5),
    operation: popular(
      random,
      actions.map((action) => action.split(":")[1] ?? ""),
      1.5,
    ),
    tail: () => sentence(random, word),
  };
  const rare = Array.from({ length: 20_000 }, () =>
    random.text(3 + random.below(7), "abcdefghiklmnoprstuvwy"),
  );
  const word = popular(random, [...general, ...general, ...argumentParts, ...rare], 2);
  const fresh = (): string => frame().replace(/\{(\w+)\}/g, (_, slot: string) => slots[slot]?.() ?? "");
  const vary = (message: string, strength: number): string =>
    message
      .split(" ")
      .flatMap((part) => changed(random, { part, word, strength }))
      .join(" ");
  const recent: string[] = [];
  const next = (): string => {
    const near = recent.length > 0 && random.chance(0.25);
    const message = near ? vary(random.pick(recent), 0.1) : fresh();
    recent[recent.length < 10_000 ? recent.length : random.below(recent.length)] = message;
    return message;
  };
  return { next, vary };
}

function changed(
  random: Random,
  { part, word, strength }: { readonly part: string; readonly word: () => string; readonly strength: number },
): readonly string[] {
  if (!random.chance(strength)) return [part];
  const kind = random.below(3);
  if (kind === 0) return [];
  return kind === 1 ? [part, word()] : [word()];
}

/** A choice whose odds are log-normal: a few come all the time, most hardly ever. */
function popular<T>(random: Random, items: readonly T[], sigma: number): () => T {
  let sum = 0;
  const sums = items.map(() => (sum += Math.exp(sigma * gauss(random))));
  return () => {
    const wanted = (random.below(2 ** 30) / 2 ** 30) * sum;
    let [low, high] = [0, items.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sums[middle] ?? 0) > wanted) high = middle;
      else low = middle + 1;
    }
    return items[low] as T;
  };
}

/** Sum of twelve: close enough to normal. */
function gauss(random: Random): number {
  return Array.from({ length: 12 }, () => random.below(2 ** 20) / 2 ** 20).reduce((a, b) => a + b, -6);
}

function madeFrame(random: Random): string {
  const slots = ["{arg}", "{type}", "{code}", "{operation}", "{action}", "{service}", "{tail}"];
  return Array.from({ length: 6 + random.below(16) }, () =>
    random.chance(0.16) ? random.pick(slots) : random.pick(general),
  ).join(" ");
}

function sentence(random: Random, word: () => string): string {
  return Array.from({ length: 3 + random.below(9) }, word).join(" ");
}

function argumentName(random: Random): string {
  return Array.from({ length: 1 + random.below(3) }, () => random.pick(argumentParts)).join("_");
}

function snake(name: string): string {
  return name.replace(/(?!^)[A-Z]/g, "_$&").toLowerCase();
}
