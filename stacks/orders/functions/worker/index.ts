import { log } from "../log.ts";
import { parseMessage } from "../order.ts";
import { claim, writeReceipt } from "./stores.ts";

/** The parts used of an SQS batch. */
export interface Batch {
  readonly Records: readonly { readonly messageId: string; readonly body: string }[];
}

/** The messages that SQS shall deliver again, and after three times move to the dead-letter queue. */
export interface BatchResult {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

export async function handler({ Records: messages }: Batch): Promise<BatchResult> {
  const failed = await Promise.all(
    messages.map(async ({ messageId, body }) => {
      try {
        await carryOut(messageId, body);
        return [];
      } catch (error) {
        log("ERROR", "order failed", { messageId, error: String(error) });
        return [{ itemIdentifier: messageId }];
      }
    }),
  );
  return { batchItemFailures: failed.flat() };
}

async function carryOut(messageId: string, body: string): Promise<void> {
  const order = parseMessage(body);
  const { orderId } = order;
  if (!(await claim(order, messageId))) {
    log("WARN", "order ignored: its id is taken by an earlier one", { orderId, messageId });
    return;
  }
  await writeReceipt(order);
  log("INFO", "order processed", { orderId, messageId });
}
