import { cdktf } from "./cdktf/cdktf.ts";
import type { IacHandler } from "./contract.ts";
import { opentofu } from "./terraform/opentofu.ts";
import { terraform } from "./terraform/terraform.ts";

/** In the order in which an unnamed project is looked at. */
export const iacHandlers: readonly IacHandler[] = [cdktf, terraform, opentofu];
