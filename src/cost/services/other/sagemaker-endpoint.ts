import { fixed, free, hoursPerMonth, priced, unknown } from "../../component.ts";
import type { CostMapping } from "../../contract.ts";

const table = "aws_sagemaker_endpoint";
const configuration = "aws_sagemaker_endpoint_configuration";

/** The machines that its configuration asks for; that one is charged here and not beside. */
export const sagemakerEndpoint: CostMapping = {
  types: [table],
  price(resource, prices) {
    const [config] = resource.references("endpoint_config_name", configuration);
    const variants = config?.blocks("production_variants") ?? [];
    if (variants.length === 0) return unknown("its endpoint configuration is not in the plan");
    return priced(
      variants.map(({ instance_type: type, initial_instance_count: count }) => {
        const name = `Endpoint instance hours (${typeof type === "string" ? type : "serverless"})`;
        const quantity = (typeof count === "number" ? count : 1) * hoursPerMonth;
        return fixed({ name, unit: "hours", quantity, price: prices.of(table, name) });
      }),
    );
  },
};

export const sagemakerEndpointConfiguration: CostMapping = {
  types: [configuration],
  price: () => free("the endpoint that uses it is charged"),
};
