import { byUsage, priced } from "../../component.ts";
import type { CostMapping } from "../../contract.ts";

const freeUsers = 10_000;

/** Users who sign in in a month, after those that are free; the price depends on the tier. */
export const cognitoUserPool: CostMapping = {
  types: ["aws_cognito_user_pool"],
  price(resource, prices, usage) {
    const tier = (resource.text("user_pool_tier") ?? "ESSENTIALS").toLowerCase();
    const users = usage.number("monthly_active_users");
    const quantity = users === undefined ? undefined : Math.max(0, users - freeUsers);
    const name = `Monthly active users (${tier}, over 10k)`;
    return priced([
      byUsage({ name, unit: "users", quantity, price: prices.of("aws_cognito_user_pool", name) }),
    ]);
  },
};
