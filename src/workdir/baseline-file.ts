import { baselineSchema, type Baseline } from "../core/baseline.ts";
import { writeFileAtomically } from "./atomic-file.ts";

/** Writes a baseline with a line for each finding, in a fixed order, so that a change of it reads well in a diff. */
export async function writeBaseline(file: string, baseline: Baseline): Promise<void> {
  const lines = baseline.map((entry) => `    ${JSON.stringify(entry)}`);
  const findings = lines.length === 0 ? "[]" : `[\n${lines.join(",\n")}\n  ]`;
  // It belongs to the project and holds no secret: whoever may read the project may read it.
  await writeFileAtomically(
    file,
    `{\n  "schema_version": "${baselineSchema}",\n  "findings": ${findings}\n}\n`,
    0o644,
  );
}
