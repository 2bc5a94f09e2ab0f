import { z } from "zod";
import type { UsageDocument } from "../core/policy.ts";
import { documentBytes, readDocument } from "./read-document.ts";

/** Reads a usage file as plain data; what it means is for the cost engine to say. Throws `config-invalid`. */
export async function loadUsageFile(file: string, cwd: string): Promise<UsageDocument> {
  const document = readDocument(await documentBytes(file), {
    file,
    cwd,
    schema: z.record(z.string(), z.json()),
    leastContent: "version: 0.1",
  });
  return { document: document.value, at: document.at };
}
