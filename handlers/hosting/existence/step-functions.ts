import type { SFN } from "@aws-sdk/client-sfn";
import { probesOf } from "./probe.ts";

export const stepFunctionsProbes = probesOf<SFN>(
  async (settings) => new (await import("@aws-sdk/client-sfn")).SFN(settings),
  [
    {
      types: ["aws_sfn_state_machine"],
      call: "states:DescribeStateMachine",
      ask: async (states, of) => {
        const said = await states.describeStateMachine({ stateMachineArn: of.text("arn") });
        return said.status !== "DELETING";
      },
    },
    {
      types: ["aws_sfn_activity"],
      call: "states:DescribeActivity",
      ask: async (states, of) => states.describeActivity({ activityArn: of.text("id") }),
    },
  ],
);
