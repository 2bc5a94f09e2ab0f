import { terraformLike } from "./terraform-like.ts";

export const opentofu = terraformLike("opentofu");
