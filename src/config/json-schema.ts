import { z } from "zod";
import { configSchema } from "./schema.ts";

/** faber.yaml as JSON Schema (draft 2020-12), for editors and for programs; the same text every time. */
export function configJsonSchema(): string {
  const { $schema, ...rest } = z.toJSONSchema(configSchema(), { io: "input", target: "draft-2020-12" });
  const document = {
    $schema,
    $id: "urn:faber:faber.yaml:1",
    title: "faber.yaml",
    description: "Settings of faber: the project, its environments, and the rules they are held to.",
    ...rest,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
