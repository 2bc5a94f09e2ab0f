import { byUsage, free, priced, unknown } from "../../component.ts";
import type { CostMapping } from "../../contract.ts";
import { chunkedRequests } from "./sqs-queue.ts";

const table = "aws_sns_topic_subscription";
const million = 1e6;
const costless = new Set(["sqs", "lambda"]);
const titles: Readonly<Record<string, string>> = {
  http: "HTTP notifications",
  https: "HTTP notifications",
  email: "Email notifications",
  "email-json": "Email notifications",
  firehose: "Kinesis Firehose notifications",
  application: "Mobile Push notifications",
};

/** Deliveries to one subscriber; those to queues and functions cost nothing. */
export const snsSubscription: CostMapping = {
  types: [table],
  price(resource, prices, usage) {
    const protocol = resource.text("protocol");
    if (protocol !== undefined && costless.has(protocol))
      return free(`deliveries to ${protocol} cost nothing`);
    const name = titles[protocol ?? ""];
    if (name === undefined)
      return unknown(`no prices for deliveries by ${protocol ?? "a protocol known only after apply"}`);
    const requests = chunkedRequests(usage);
    const quantity = requests === undefined ? undefined : requests / million;
    return priced([byUsage({ name, unit: "1M notifications", quantity, price: prices.of(table, name) })]);
  },
};
