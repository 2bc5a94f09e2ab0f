type Level = "INFO" | "WARN" | "ERROR";

/** One JSON object a line, which CloudWatch Logs Insights reads as fields. */
export function log(level: Level, message: string, fields: Record<string, unknown> = {}): void {
  process.stdout.write(`${JSON.stringify({ level, message, ...fields })}\n`);
}
