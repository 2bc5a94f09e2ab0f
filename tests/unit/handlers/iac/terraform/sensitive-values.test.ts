import { expect, test } from "vitest";
import { sensitiveValues } from "../../../../../handlers/iac/terraform/sensitive-values.ts";

test("a refresh-only plan tells its secrets in what drifted and in the state that it read", () => {
  const document = {
    resource_drift: [
      {
        change: {
          before: { value: "old-secret", name: "n" },
          after: { value: "new-secret", name: "n" },
          before_sensitive: { value: true },
          after_sensitive: { value: true },
        },
      },
    ],
    prior_state: {
      values: {
        root_module: {
          resources: [{ values: { token: "in-the-root", open: "x" }, sensitive_values: { token: true } }],
          child_modules: [
            {
              resources: [
                { values: { list: [{ key: "in-a-module" }] }, sensitive_values: { list: [{ key: true }] } },
              ],
            },
          ],
        },
      },
    },
  };
  expect([...sensitiveValues(document)].toSorted()).toEqual([
    "in-a-module",
    "in-the-root",
    "new-secret",
    "old-secret",
  ]);
});
