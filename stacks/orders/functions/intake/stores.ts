import { DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { setting } from "../environment.ts";
import type { Order } from "../order.ts";

// Made once per copy of the function: connections outlive a request.
const dynamodb = new DynamoDBClient();
const sqs = new SQSClient();
const tableName = setting("TABLE_NAME");
const queueUrl = setting("QUEUE_URL");

export interface StoredOrder extends Order {
  readonly status: "processed";
}

export async function enqueue(order: Order): Promise<void> {
  await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(order) }));
}

export async function find(orderId: string): Promise<StoredOrder | undefined> {
  const { Item: row } = await dynamodb.send(
    new GetItemCommand({ TableName: tableName, Key: { orderId: { S: orderId } }, ConsistentRead: true }),
  );
  if (row === undefined) return undefined;
  return {
    orderId,
    status: "processed",
    acceptedAt: row["acceptedAt"]?.S ?? "",
    items: (row["items"]?.L ?? []).map(({ M: line }) => ({
      sku: line?.["sku"]?.S ?? "",
      quantity: Number(line?.["quantity"]?.N),
    })),
  };
}
