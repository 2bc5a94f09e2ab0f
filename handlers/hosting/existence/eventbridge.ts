import type { EventBridge, Target } from "@aws-sdk/client-eventbridge";
import { probesOf, type Attributes } from "./probe.ts";

export const eventBridgeProbes = probesOf<EventBridge>(
  async (settings) => new (await import("@aws-sdk/client-eventbridge")).EventBridge(settings),
  [
    {
      types: ["aws_cloudwatch_event_rule"],
      call: "events:DescribeRule",
      ask: async (events, of) => events.describeRule({ Name: of.text("name"), ...busOf(of) }),
    },
    {
      types: ["aws_cloudwatch_event_target"],
      call: "events:ListTargetsByRule",
      ask: async (events, of) => hasTarget(events, of),
    },
    {
      types: ["aws_cloudwatch_event_bus"],
      call: "events:DescribeEventBus",
      ask: async (events, of) => events.describeEventBus({ Name: of.text("name") }),
    },
  ],
);

async function hasTarget(events: EventBridge, of: Attributes): Promise<boolean> {
  const id = of.text("target_id");
  let token: string | undefined;
  do {
    const said: { Targets?: Target[] | undefined; NextToken?: string | undefined } =
      await events.listTargetsByRule({
        Rule: of.text("rule"),
        ...busOf(of),
        ...(token === undefined ? {} : { NextToken: token }),
      });
    if (said.Targets?.some((target) => target.Id === id)) return true;
    token = said.NextToken;
  } while (token !== undefined);
  return false;
}

function busOf(of: Attributes): { readonly EventBusName?: string } {
  const bus = of.maybe("event_bus_name");
  return bus === undefined ? {} : { EventBusName: bus };
}
