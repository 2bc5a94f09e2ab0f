import type { Renderer } from "./contract.ts";
import { documentOf } from "./document.ts";
import { escapeUnsafe } from "./unsafe-escapes.ts";

export const json: Renderer = {
  format: "json",
  extension: "json",
  render: (input) => `${escapeUnsafe(JSON.stringify(documentOf(input), undefined, 2))}\n`,
};
