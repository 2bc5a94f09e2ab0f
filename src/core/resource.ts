import type { JsonObject } from "./json.ts";

/** One managed resource as the state records it. */
export interface Resource {
  readonly address: string;
  readonly type: string;
  readonly name: string;
  /** Provider source, e.g. `registry.terraform.io/hashicorp/aws`. */
  readonly provider: string;
  readonly id?: string;
  readonly arn?: string;
  readonly tainted: boolean;
  /** As in the state; may hold secrets: never written or shown whole. */
  readonly attributes: JsonObject;
}
