import { arrayAt, objectAt, stringAt, type JsonObject } from "../../../src/core/json.ts";
import { jsonApi, type JsonApi } from "./json-api.ts";
import { probesOf, type Attributes } from "./probe.ts";

export const eventBridgeProbes = probesOf<JsonApi>(
  async (settings) => jsonApi(settings, { service: "events", target: "AWSEvents", protocol: "1.1" }),
  [
    {
      types: ["aws_cloudwatch_event_rule"],
      call: "events:DescribeRule",
      ask: async (events, of) => events("DescribeRule", { Name: of.text("name"), ...busOf(of) }),
    },
    {
      types: ["aws_cloudwatch_event_target"],
      call: "events:ListTargetsByRule",
      ask: async (events, of) => hasTarget(events, of),
    },
    {
      types: ["aws_cloudwatch_event_bus"],
      call: "events:DescribeEventBus",
      ask: async (events, of) => events("DescribeEventBus", { Name: of.text("name") }),
    },
  ],
);

async function hasTarget(events: JsonApi, of: Attributes): Promise<boolean> {
  const id = of.text("target_id");
  let token: string | undefined;
  do {
    const said: JsonObject = await events("ListTargetsByRule", {
      Rule: of.text("rule"),
      ...busOf(of),
      ...(token === undefined ? {} : { NextToken: token }),
    });
    if (arrayAt(said["Targets"]).some((target) => objectAt(target)["Id"] === id)) return true;
    token = stringAt(said["NextToken"]);
  } while (token !== undefined);
  return false;
}

function busOf(of: Attributes): { readonly EventBusName?: string } {
  const bus = of.maybe("event_bus_name");
  return bus === undefined ? {} : { EventBusName: bus };
}
