import { byUsage, priced, times } from "../../component.ts";
import type { Component, CostMapping, PriceAnswer, ResourceUsage } from "../../contract.ts";
import { metered, type Bill } from "./lines.ts";
import { chunkedRequests } from "./sqs-queue.ts";

const table = "aws_sns_topic";
const million = 1e6;

/** Deliveries of one kind: who gets them, how many a month are free, how many are billed together. */
interface Delivery {
  readonly name: string;
  readonly unit: string;
  readonly path: string;
  readonly free: number;
  readonly per: number;
}
const deliveries: readonly Delivery[] = [
  {
    name: "HTTP/HTTPS notifications (over 100k)",
    unit: "100k notifications",
    path: "http_subscriptions",
    free: 100_000,
    per: 100_000,
  },
  {
    name: "Email/Email-JSON notifications (over 1k)",
    unit: "100k notifications",
    path: "email_subscriptions",
    free: 1000,
    per: 100_000,
  },
  {
    name: "Kinesis Firehose notifications",
    unit: "1M notifications",
    path: "kinesis_subscriptions",
    free: 0,
    per: million,
  },
  {
    name: "Mobile Push notifications",
    unit: "1M notifications",
    path: "mobile_push_subscriptions",
    free: 0,
    per: million,
  },
  {
    name: "MacOS notifications",
    unit: "1M notifications",
    path: "macos_subscriptions",
    free: 0,
    per: million,
  },
];
const sms: Delivery = {
  name: "SMS notifications (over 100)",
  unit: "100 notifications",
  path: "sms_subscriptions",
  free: 100,
  per: 100,
};

export const snsTopic: CostMapping = {
  types: [table],
  price(resource, prices, usage) {
    const bill = { table, prices, usage };
    if (resource.flag("fifo_topic") !== true) return priced(standardLines(bill));
    return priced(fifoLines(bill, resource.referencedBy("aws_sns_topic_subscription", "topic_arn").length));
  },
};

function standardLines({ prices, usage }: Bill): readonly Component[] {
  const requests = chunkedRequests(usage);
  const name = "API requests (over 1M)";
  const quantity = requests === undefined ? undefined : Math.max(0, requests - million) / million;
  const messages = smsPrice(usage);
  const smsLine = byUsage({
    name: sms.name,
    unit: sms.unit,
    quantity: delivered(sms, usage),
    price: messages,
  });
  return [
    byUsage({ name, unit: "1M requests", quantity, price: prices.of(table, name) }),
    ...deliveries.map((each) =>
      byUsage({
        name: each.name,
        unit: each.unit,
        quantity: delivered(each, usage),
        price: prices.of(table, each.name),
      }),
    ),
    ...(smsLine.monthly_quantity === 0 ? [] : [smsLine]),
  ];
}

/** Every subscriber gets every message. */
function delivered({ path, free, per }: Delivery, usage: ResourceUsage): number | undefined {
  const requests = usage.number("monthly_requests");
  const subscribers = usage.number(path);
  if (requests === 0) return 0;
  return requests === undefined || subscribers === undefined
    ? undefined
    : Math.max(0, requests * subscribers - free) / per;
}

/** A text message's price depends on the country, so the usage file says it. */
function smsPrice(usage: ResourceUsage): PriceAnswer {
  const usd = usage.number("sms_notification_price");
  if (usd === undefined)
    return { missing: "the price of a text message depends on the country: set sms_notification_price" };
  return times({ usd, unit: sms.unit, as_of: "usage file" }, sms.per);
}

function fifoLines(bill: Bill, subscriptions: number): readonly Component[] {
  const { usage, prices } = bill;
  const requests = usage.number("monthly_requests");
  const size = usage.number("request_size_kb");
  const payload = requests === undefined || size === undefined ? undefined : (requests * size) / million;
  const line = (name: string, unit: string, quantity: number | undefined): Component =>
    byUsage({ name, unit, quantity, price: prices.of(table, name) });
  const publish = {
    name: "FIFO Publish API requests",
    unit: "1M requests",
    path: "monthly_requests",
    per: million,
  };
  const published = [metered(bill, publish), line("FIFO Publish API payload", "GB", payload)];
  if (subscriptions === 0) return published;
  const notified = requests === undefined ? undefined : (requests * subscriptions) / million;
  return [
    ...published,
    line("FIFO notifications", "1M notifications", notified),
    line("FIFO notification payload", "GB", payload === undefined ? undefined : payload * subscriptions),
  ];
}
