import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const hourMs = 3_600_000;

/**
 * The environment of a Node whose wall clock is `hours` wrong for as long as the file `when` is there. Nothing but
 * that process has it wrong: Terraform looks at the machine's own.
 */
export async function wrongClock(
  folder: string,
  { hours, when }: { readonly hours: number; readonly when: string },
): Promise<Record<string, string>> {
  const file = join(folder, "clock.mjs");
  await writeFile(
    file,
    `import { existsSync } from "node:fs";
const Real = Date;
const now = () => Real.now() + (existsSync(${JSON.stringify(when)}) ? ${hours * hourMs} : 0);
globalThis.Date = class extends Real {
  constructor(...parts) {
    super(...(parts.length === 0 ? [now()] : parts));
  }
  static now() {
    return now();
  }
};
`,
  );
  return { NODE_OPTIONS: `--import=${pathToFileURL(file).href}` };
}
