import type { Policy } from "../../src/core/policy.ts";

/** Nothing is asked beyond what faber asks by itself. */
export const noPolicy: Policy = {
  tags: { required: [], values: {}, strict: false, ignore: [] },
  naming: { types: {}, strict: false, ignore: [] },
  practices: { severity: {} },
  deletions: { protectedTypes: [] },
  cost: { unknown: "warn" },
  waivers: [],
  drift: { ignore: [] },
  tests: [],
  hooks: {},
};
