import { objectAt, stringAt, type JsonObject } from "../../../src/core/json.ts";
import type { JsonService } from "../existence/json-api.ts";
import type { Attributes } from "../existence/probe.ts";
import { pathOf } from "../existence/rest-api.ts";
import { byStatus, type HealthReader, type Statuses } from "./reader.ts";

/** A service whose answer holds one status; each table names those that are well. */
interface StatusRow {
  readonly types: readonly string[];
  readonly call: string;
  readonly statuses: Statuses;
  /** Where the status stands in the answer, dotted. */
  readonly at: string;
  /** Where the service says why. */
  readonly reason?: string;
}

interface JsonRow extends StatusRow {
  readonly service: JsonService;
  readonly input: (of: Attributes) => JsonObject;
}

interface RestRow extends StatusRow {
  readonly service: string;
  readonly path: string;
}

const active: Statuses = { well: ["ACTIVE"], lost: /FAILED|INACCESSIBLE|ARCHIVED/ };

const jsonRows: readonly JsonRow[] = [
  {
    types: ["aws_dynamodb_table"],
    call: "dynamodb:DescribeTable",
    service: { service: "dynamodb", target: "DynamoDB_20120810", protocol: "1.0" },
    input: (of) => ({ TableName: of.text("name") }),
    // What is changed goes on to serve.
    statuses: { ...active, well: ["ACTIVE", "UPDATING"] },
    at: "Table.TableStatus",
  },
  {
    types: ["aws_sfn_state_machine"],
    call: "states:DescribeStateMachine",
    service: { service: "states", target: "AWSStepFunctions", protocol: "1.0" },
    input: (of) => ({ stateMachineArn: of.text("arn") }),
    statuses: { well: ["ACTIVE"], lost: /DELETING/ },
    at: "status",
  },
  {
    types: ["aws_kinesis_stream"],
    call: "kinesis:DescribeStreamSummary",
    service: { service: "kinesis", target: "Kinesis_20131202", protocol: "1.1" },
    input: (of) => ({ StreamName: of.text("name") }),
    statuses: { well: ["ACTIVE", "UPDATING"] },
    at: "StreamDescriptionSummary.StreamStatus",
  },
  {
    types: ["aws_acm_certificate"],
    call: "acm:DescribeCertificate",
    service: { service: "acm", target: "CertificateManager", protocol: "1.1" },
    input: (of) => ({ CertificateArn: of.text("arn") }),
    statuses: { well: ["ISSUED"], lost: /FAILED|EXPIRED|REVOKED|TIMED_OUT/ },
    at: "Certificate.Status",
    reason: "Certificate.FailureReason",
  },
];

const restRows: readonly RestRow[] = [
  {
    types: ["aws_eks_cluster"],
    call: "eks:DescribeCluster",
    service: "eks",
    path: "/clusters/{name}",
    statuses: { well: ["ACTIVE", "UPDATING"], lost: /FAILED/ },
    at: "cluster.status",
  },
  {
    types: ["aws_eks_node_group"],
    call: "eks:DescribeNodegroup",
    service: "eks",
    path: "/clusters/{cluster_name}/node-groups/{node_group_name}",
    statuses: { well: ["ACTIVE", "UPDATING"], poor: ["DEGRADED"], lost: /FAILED/ },
    at: "nodegroup.status",
  },
];

export const statusReaders: readonly HealthReader[] = [
  ...jsonRows.map((row): HealthReader => ({
    types: row.types,
    call: row.call,
    read: async ({ desk, of }) => {
      const operation = row.call.split(":")[1] ?? "";
      return judge(row, await desk.json(row.service)(operation, row.input(of)));
    },
  })),
  ...restRows.map((row): HealthReader => ({
    types: row.types,
    call: row.call,
    read: async ({ desk, of }) => judge(row, await desk.rest(row.service)(pathOf(row.path, of))),
  })),
];

function judge({ statuses, at, reason }: StatusRow, said: JsonObject) {
  return byStatus(textAt(said, at), statuses, reason === undefined ? undefined : textAt(said, reason));
}

function textAt(said: JsonObject, path: string): string | undefined {
  const steps = path.split(".");
  const last = steps.pop() ?? "";
  return stringAt(steps.reduce<JsonObject>((inner, step) => objectAt(inner[step]), said)[last]);
}
