import { Document, Scalar, visit } from "yaml";
import type { Renderer } from "./contract.ts";
import { documentOf } from "./document.ts";
import { escapeUnsafe, isUnsafe } from "./unsafe-escapes.ts";

/** The JSON document in YAML: no anchors, no folded lines, so that it reads and compares line by line. */
export const yaml: Renderer = {
  format: "yaml",
  extension: "yaml",
  render: (input) => {
    // By way of JSON, so that both formats leave out the same.
    const document = new Document(JSON.parse(JSON.stringify(documentOf(input))), {
      aliasDuplicateObjects: false,
    });
    visit(document, {
      Scalar: (_key, node) => {
        if (typeof node.value === "string" && isUnsafe(node.value)) node.type = Scalar.QUOTE_DOUBLE;
      },
    });
    const text = document.toString({
      lineWidth: 0,
      // A line of its own could be taken for a command by what shows a log.
      blockQuote: false,
      doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER,
    });
    return escapeUnsafe(text);
  },
};
