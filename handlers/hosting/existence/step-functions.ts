import { jsonApi, type JsonApi } from "./json-api.ts";
import { probesOf } from "./probe.ts";

export const stepFunctionsProbes = probesOf<JsonApi>(
  async (settings) => jsonApi(settings, { service: "states", target: "AWSStepFunctions", protocol: "1.0" }),
  [
    {
      types: ["aws_sfn_state_machine"],
      call: "states:DescribeStateMachine",
      ask: async (states, of) => {
        const said = await states("DescribeStateMachine", { stateMachineArn: of.text("arn") });
        return said["status"] !== "DELETING";
      },
    },
    {
      types: ["aws_sfn_activity"],
      call: "states:DescribeActivity",
      ask: async (states, of) => states("DescribeActivity", { activityArn: of.text("id") }),
    },
  ],
);
