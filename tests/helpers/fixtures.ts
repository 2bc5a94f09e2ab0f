import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { JsonObject } from "../../src/core/json.ts";
import { repository } from "./sources.ts";

/** A text of `tests/fixtures`, e.g. `terraform/state.json`. */
export function fixture(name: string): string {
  return readFileSync(join(repository, "tests/fixtures", name), "utf8");
}

/**
 * What `terraform show -json` printed (1.11.4) for one root of `terraform_data` resources: made, changed in every
 * way, and destroyed. Its secrets are `hunter2-default-secret` and, after the change, `correct-horse-battery`.
 */
export function planDocument(name: "create" | "update" | "destroy"): JsonObject {
  return JSON.parse(fixture(`plans/${name}.json`)) as JsonObject;
}
