import type { Resource } from "../../../src/core/resource.ts";
import type { Metric } from "./alarm.ts";

/** What a dimension of a namespace names: resources of a type, by one of their attributes. */
interface DimensionTarget {
  readonly type: string;
  readonly attribute: string;
}

/** Only dimensions whose value can be looked up by one question. */
const targets: Readonly<Record<string, Readonly<Record<string, DimensionTarget>>>> = {
  "AWS/Lambda": { FunctionName: { type: "aws_lambda_function", attribute: "function_name" } },
  "AWS/SQS": { QueueName: { type: "aws_sqs_queue", attribute: "name" } },
  "AWS/DynamoDB": { TableName: { type: "aws_dynamodb_table", attribute: "name" } },
  "AWS/States": { StateMachineArn: { type: "aws_sfn_state_machine", attribute: "arn" } },
  "AWS/RDS": { DBInstanceIdentifier: { type: "aws_db_instance", attribute: "identifier" } },
};

/** Dimensions that the namespace's metrics come with; others never get a value. */
const dimensionNames: Readonly<Record<string, readonly string[]>> = {
  "AWS/Lambda": ["FunctionName", "Resource", "ExecutedVersion", "EventSourceMappingUUID"],
  "AWS/SQS": ["QueueName"],
  "AWS/SNS": ["TopicName", "Application", "PhoneNumber", "Country", "Platform", "SMSType"],
  "AWS/DynamoDB": [
    "TableName",
    "GlobalSecondaryIndexName",
    "Operation",
    "OperationType",
    "ReceivingRegion",
    "StreamLabel",
    "Verb",
    "DelegatedOperation",
    "Source",
  ],
  "AWS/ApiGateway": ["ApiId", "ApiName", "Stage", "Method", "Resource", "Route"],
  "AWS/States": [
    "StateMachineArn",
    "ActivityArn",
    "LambdaFunctionArn",
    "APIName",
    "ServiceMetric",
    "StateMachineVersionArn",
    "StateMachineAliasArn",
    "ServiceIntegrationResourceArn",
  ],
  "AWS/RDS": [
    "DBInstanceIdentifier",
    "DBClusterIdentifier",
    "Role",
    "DatabaseClass",
    "EngineName",
    "SourceRegion",
    "DbClusterIdentifier",
    "SourceDBInstanceIdentifier",
  ],
  "AWS/ApplicationELB": ["LoadBalancer", "TargetGroup", "AvailabilityZone"],
  "AWS/ECS": ["ClusterName", "ServiceName", "CapacityProviderName", "TaskDefinitionFamily"],
};

/** Dimensions of a metric that its namespace does not know, e.g. `Function`. */
export function strangeDimensions({ namespace, dimensions }: Metric): readonly string[] {
  const names = dimensionNames[namespace];
  return names === undefined ? [] : Object.keys(dimensions).filter((name) => !names.includes(name));
}

/** The things that a metric's dimensions name, as resources that can be asked for. */
export function namedBy({ namespace, dimensions }: Metric): readonly Resource[] {
  return Object.entries(targets[namespace] ?? {}).flatMap(([name, { type, attribute }]) => {
    const value = dimensions[name];
    if (value === undefined) return [];
    return [
      {
        address: `${name} ${value}`,
        type,
        name: value,
        provider: "registry.terraform.io/hashicorp/aws",
        ...(attribute === "arn" ? { arn: value } : {}),
        tainted: false,
        attributes: { [attribute]: value },
      },
    ];
  });
}

/** Whether a resource of the stack is the one that is named. */
export function isNamed(resource: Resource, named: Resource): boolean {
  return (
    resource.type === named.type &&
    Object.entries(named.attributes).every(([name, value]) => resource.attributes[name] === value)
  );
}

/** Seconds between two values of a metric, where AWS's own is coarser than a minute. */
export function shortestPeriod({ namespace, name }: Metric): number {
  if (namespace === "AWS/S3" && /^(?:BucketSizeBytes|NumberOfObjects)$/.test(name)) return 86_400;
  if (namespace === "AWS/Billing") return 21_600;
  return namespace.startsWith("AWS/") ? 60 : 0;
}
