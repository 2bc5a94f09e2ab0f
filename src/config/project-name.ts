import { basename } from "node:path";

/** A folder's name as a project's: what a project's name may not hold becomes a dash. */
export function projectNameOf(folder: string): string {
  const cleaned = basename(folder)
    .replace(/[^a-zA-Z0-9._-]+/g, "-")
    .replace(/^[^a-zA-Z0-9]+|[^a-zA-Z0-9]+$/g, "")
    .slice(0, 63);
  return cleaned === "" ? "project" : cleaned;
}
