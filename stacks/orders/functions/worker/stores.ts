import { ConditionalCheckFailedException, DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { setting } from "../environment.ts";
import type { Order } from "../order.ts";

const dynamodb = new DynamoDBClient();
const s3 = new S3Client();
const tableName = setting("TABLE_NAME");
const bucketName = setting("BUCKET_NAME");

/**
 * Writes the order's row and says whether the order is this message's.
 *
 * The row names its message: SQS delivers a message more than once, and a delivery after a crash
 * between row and receipt must get through, whereas another order with the same id must not.
 */
export async function claim(order: Order, messageId: string): Promise<boolean> {
  const items = order.items.map(({ sku, quantity }) => ({
    M: { sku: { S: sku }, quantity: { N: String(quantity) } },
  }));
  try {
    await dynamodb.send(
      new PutItemCommand({
        TableName: tableName,
        Item: {
          orderId: { S: order.orderId },
          acceptedAt: { S: order.acceptedAt },
          messageId: { S: messageId },
          items: { L: items },
        },
        ConditionExpression: "attribute_not_exists(orderId) OR messageId = :messageId",
        ExpressionAttributeValues: { ":messageId": { S: messageId } },
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

/** The same bytes for the same order, so that writing it twice does no harm. */
export async function writeReceipt({ orderId, acceptedAt, items }: Order): Promise<void> {
  const units = items.reduce((sum, { quantity }) => sum + quantity, 0);
  await s3.send(
    new PutObjectCommand({
      Bucket: bucketName,
      Key: `receipts/${orderId}.json`,
      ContentType: "application/json",
      Body: JSON.stringify({ orderId, acceptedAt, lines: items.length, units, items }),
    }),
  );
}
