import { elementsAt, textIn } from "../existence/xml.ts";
import { byStatus, down, healthy, type HealthReader } from "./reader.ts";

export const scalingGroups: HealthReader = {
  types: ["aws_autoscaling_group"],
  call: "autoscaling:DescribeAutoScalingGroups",
  read: async ({ desk, of }) => {
    const answer = await desk.query({
      service: "autoscaling",
      version: "2011-01-01",
      action: "DescribeAutoScalingGroups",
      parameters: { "AutoScalingGroupNames.member.1": of.text("name") },
    });
    const group = elementsAt(answer, "DescribeAutoScalingGroupsResult/AutoScalingGroups/member")[0];
    if (group === undefined) return undefined;
    const desired = Number(textIn(group, "DesiredCapacity") ?? 0);
    const serving = elementsAt(group, "Instances/member").filter(
      (instance) =>
        textIn(instance, "LifecycleState") === "InService" && textIn(instance, "HealthStatus") === "Healthy",
    );
    const saw = `${serving.length} of ${desired} instances are in service`;
    return serving.length < desired ? down(saw, "look at the activities of the group") : healthy(saw);
  },
};

export const instances: HealthReader = {
  types: ["aws_instance"],
  call: "ec2:DescribeInstances",
  read: async ({ desk, of }) => {
    const answer = await desk.query({
      service: "ec2",
      version: "2016-11-15",
      action: "DescribeInstances",
      parameters: { "InstanceId.1": of.text("id") },
    });
    const found = elementsAt(answer, "reservationSet/item/instancesSet/item")[0];
    if (found === undefined) return undefined;
    const statuses = { well: ["running"], lost: /^(?:stopped|stopping|terminated|shutting-down)$/ };
    return byStatus(textIn(found, "instanceState/name"), statuses, textIn(found, "stateReason/message"));
  },
};
