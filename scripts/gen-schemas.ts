import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { configJsonSchema } from "../src/config/json-schema.ts";
import { writeFileAtomically } from "../src/workdir/atomic-file.ts";

/** Writes the JSON Schemas that ship with the package; `--check` fails when they are not what the code says. */
const file = fileURLToPath(new URL("../src/config/assets/faber.schema.json", import.meta.url));
const text = configJsonSchema();
if (!process.argv.includes("--check")) await writeFileAtomically(file, text);
else if (readFileSync(file, "utf8") !== text) {
  console.error(`${file} is out of date: run npx tsx scripts/gen-schemas.ts`);
  process.exitCode = 1;
}
