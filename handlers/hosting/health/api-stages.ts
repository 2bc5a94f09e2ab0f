import { stringAt } from "../../../src/core/json.ts";
import { troubleOf } from "../api-error.ts";
import { pathOf } from "../existence/rest-api.ts";
import { broken, down, healthy, type Asked, type HealthReader, type Seen } from "./reader.ts";

/** Whether a stage has a deployment. What it answers is the matter of an HTTP check. */
export const restStages: HealthReader = {
  types: ["aws_api_gateway_stage"],
  call: "apigateway:GetStage",
  read: (asked) => restStage(asked),
};

export const httpStages: HealthReader = {
  types: ["aws_apigatewayv2_stage"],
  call: "apigateway:GetStage",
  read: (asked) => httpStage(asked),
};

/** A stage that was named, of whichever kind of API. */
export const namedStages: HealthReader = {
  types: ["api_stage"],
  call: "apigateway:GetStage",
  read: async (asked) => {
    try {
      return await httpStage(asked);
    } catch (error) {
      if (troubleOf(error) !== "not-found") throw error;
      return restStage(asked);
    }
  },
};

async function restStage({ desk, of }: Asked): Promise<Seen> {
  const stage = await desk.rest("apigateway")(pathOf("/restapis/{rest_api_id}/stages/{stage_name}", of));
  const deployment = stringAt(stage["deploymentId"]);
  return deployment ? healthy(`deployment ${deployment}`) : broken("the stage has no deployment");
}

async function httpStage({ desk, of }: Asked): Promise<Seen> {
  const stage = await desk.rest("apigateway")(pathOf("/v2/apis/{api_id}/stages/{name}", of));
  const last = stringAt(stage["lastDeploymentStatusMessage"]);
  if (last !== undefined && /fail/i.test(last)) return down(`the last deployment failed: ${last}`);
  const deployment = stringAt(stage["deploymentId"]);
  if (deployment) return healthy(`deployment ${deployment}`);
  if (stage["autoDeploy"] === true) return healthy("it deploys by itself");
  return broken("the stage has no deployment");
}
