import { z } from "zod";

/** RFC 3986's relative reference, as far as paths go: no scheme, no raw space, quote or control character. */
const relativeUri = z
  .string()
  .regex(/^(?:[\w\-.~!$&'()*+,;=@/]|%[0-9A-F]{2})+$/)
  .refine((uri) => !uri.startsWith("/"));
const line = z.int().min(1);

/** The part of SARIF 2.1.0 that faber writes (sections 3.13 to 3.58), closed: another key is a mistake. */
export const sarifLogSchema = z.strictObject({
  $schema: z.url(),
  version: z.literal("2.1.0"),
  runs: z.tuple([
    z.strictObject({
      tool: z.strictObject({
        driver: z.strictObject({
          name: z.string().min(1),
          rules: z.array(
            z.strictObject({
              id: z.string(),
              shortDescription: z.strictObject({ text: z.string() }),
              fullDescription: z.strictObject({ text: z.string() }),
              help: z.strictObject({ text: z.string() }),
              helpUri: z.url().optional(),
              defaultConfiguration: z.strictObject({ level: z.enum(["error", "warning", "note"]) }),
              properties: z.strictObject({
                tags: z.array(z.string()).refine((tags) => new Set(tags).size === tags.length),
                "security-severity": z
                  .string()
                  .regex(/^\d+\.\d$/)
                  .optional(),
              }),
            }),
          ),
        }),
      }),
      automationDetails: z.strictObject({ id: z.string() }),
      invocations: z.tuple([
        z.strictObject({
          executionSuccessful: z.boolean(),
          exitCode: z.int().optional(),
          exitCodeDescription: z.string().optional(),
          startTimeUtc: z.iso.datetime().optional(),
          toolExecutionNotifications: z.array(
            z.strictObject({
              level: z.enum(["error", "warning", "note"]),
              message: z.strictObject({ text: z.string() }),
            }),
          ),
        }),
      ]),
      results: z.array(
        z.strictObject({
          ruleId: z.string(),
          ruleIndex: z.int().min(0),
          kind: z.literal("fail"),
          level: z.enum(["error", "warning", "note"]),
          message: z.strictObject({ text: z.string() }),
          locations: z.tuple([
            z.strictObject({
              physicalLocation: z.strictObject({
                artifactLocation: z.strictObject({ uri: relativeUri, uriBaseId: z.literal("%SRCROOT%") }),
                region: z
                  .strictObject({ startLine: line, endLine: line.optional(), startColumn: line.optional() })
                  .optional(),
              }),
              logicalLocations: z
                .tuple([z.strictObject({ fullyQualifiedName: z.string(), kind: z.literal("resource") })])
                .optional(),
            }),
          ]),
          partialFingerprints: z.strictObject({ "faberFinding/v1": z.string() }),
          baselineState: z.enum(["new", "unchanged"]).optional(),
          suppressions: z.array(
            z.strictObject({
              kind: z.literal("external"),
              status: z.literal("accepted"),
              justification: z.string(),
            }),
          ),
          properties: z.record(z.string(), z.unknown()),
        }),
      ),
      columnKind: z.literal("utf16CodeUnits"),
    }),
  ]),
});
