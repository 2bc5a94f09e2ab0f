import { arrayAt, objectAt, stringAt, type JsonObject } from "../../../src/core/json.ts";
import { broken, degraded, down, healthy, type HealthReader, type Seen } from "./reader.ts";

/** Messages of a service that tell why it does not come up. */
const eventsShown = 2;

export const ecsServices: HealthReader = {
  types: ["aws_ecs_service"],
  call: "ecs:DescribeServices",
  read: async ({ desk, of }) => {
    const ecs = desk.json({
      service: "ecs",
      target: "AmazonEC2ContainerServiceV20141113",
      protocol: "1.1",
    });
    const asked = { cluster: of.maybe("cluster") ?? "default", services: [of.text("name")] };
    const service = arrayAt((await ecs("DescribeServices", asked))["services"]).map(objectAt)[0];
    return service === undefined || service["status"] === "INACTIVE" ? undefined : judgeService(service);
  },
};

function judgeService(service: JsonObject): Seen {
  const [running, desired] = [Number(service["runningCount"] ?? 0), Number(service["desiredCount"] ?? 0)];
  const counts = `${running} of ${desired} tasks run`;
  const primary = arrayAt(service["deployments"])
    .map(objectAt)
    .find((one) => one["status"] === "PRIMARY");
  const rollout = stringAt(primary?.["rolloutState"]) ?? "COMPLETED";
  const remedy = "look at the stopped tasks of the service and at their logs";
  if (rollout === "FAILED") {
    const reason = stringAt(primary?.["rolloutStateReason"]);
    return broken(
      `the deployment failed${reason === undefined ? "" : `: ${reason}`}${lastEvents(service)}`,
      remedy,
    );
  }
  if (running < desired) return down(`${counts}${lastEvents(service)}`, remedy);
  if (rollout === "IN_PROGRESS") return degraded(`${counts}, and a deployment goes on${lastEvents(service)}`);
  return healthy(counts);
}

function lastEvents(service: JsonObject): string {
  const events = arrayAt(service["events"]).flatMap((event) => stringAt(objectAt(event)["message"]) ?? []);
  return events.length === 0 ? "" : `; it says: ${events.slice(0, eventsShown).join(" / ")}`;
}
