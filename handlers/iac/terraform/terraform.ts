import { terraformLike } from "./terraform-like.ts";

export const terraform = terraformLike("terraform");
