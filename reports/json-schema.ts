import { z } from "zod";
import { historySchema, runReportSchema, testReportSchema } from "./schema.ts";

/** The JSON Schemas (draft 2020-12) that ship with the package, by file name; the same text every time. */
export function reportJsonSchemas(): Readonly<Record<string, string>> {
  return {
    "faber.test-report-1.schema.json": written(testReportSchema, {
      id: "urn:faber:test-report:1",
      title: "faber.test-report/1",
      description: "The report of one test phase.",
    }),
    "faber.run-1.schema.json": written(runReportSchema, {
      id: "urn:faber:run:1",
      title: "faber.run/1",
      description: "The report of a whole run.",
    }),
    "faber.history-1.schema.json": written(historySchema, {
      id: "urn:faber:history:1",
      title: "faber.history/1",
      description: "The past reports of one environment, oldest first.",
    }),
  };
}

interface About {
  readonly id: string;
  readonly title: string;
  readonly description: string;
}

function written(schema: z.ZodType, { id, title, description }: About): string {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io: "input", target: "draft-2020-12" });
  return `${JSON.stringify({ $schema, $id: id, title, description, ...rest }, null, 2)}\n`;
}
