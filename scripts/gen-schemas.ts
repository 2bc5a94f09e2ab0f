import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { reportJsonSchemas } from "../reports/json-schema.ts";
import { configJsonSchema } from "../src/config/json-schema.ts";
import { writeFileAtomically } from "../src/workdir/atomic-file.ts";

/** Writes the JSON Schemas that ship with the package; `--check` fails when they are not what the code says. */
const schemas = [
  ["../src/config/assets/faber.schema.json", configJsonSchema()] as const,
  ...Object.entries(reportJsonSchemas()).map(([name, text]) => [`../reports/schema/${name}`, text] as const),
];
for (const [path, text] of schemas) {
  const file = fileURLToPath(new URL(path, import.meta.url));
  if (!process.argv.includes("--check")) await writeFileAtomically(file, text, 0o644);
  else if (textOf(file) !== text) {
    console.error(`${file} is out of date: run npx tsx scripts/gen-schemas.ts`);
    process.exitCode = 1;
  }
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined; // Not there, and so not what the code says.
  }
}
