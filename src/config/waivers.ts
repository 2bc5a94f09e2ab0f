import { resolve } from "node:path";
import type { Waiver } from "../core/policy.ts";
import { withoutUndefined } from "../core/without-undefined.ts";
import { isFile } from "./find.ts";
import type { LoadedConfig } from "./load.ts";
import { waiversFile } from "./policy-schema.ts";
import { documentBytes, readDocument } from "./read-document.ts";
import type { ConfigFile } from "./schema.ts";

/** The waivers that faber.yaml holds or names, each with its place. */
export async function waiversOf(config: LoadedConfig, cwd: string): Promise<readonly Waiver[]> {
  const written = config.value.waivers ?? [];
  if (typeof written !== "string")
    return written.map((waiver, index) => placed(waiver, config.at(["waivers", index])));
  const file = resolve(config.folder, written);
  if (!(await isFile(file))) throw config.invalid(["waivers"], `there is no file of waivers ${file}`);
  const document = readDocument(await documentBytes(file), {
    file,
    cwd,
    schema: waiversFile,
    leastContent: "waivers: []",
  });
  return document.value.waivers.map((waiver, index) => placed(waiver, document.at(["waivers", index])));
}

type WrittenWaiver = Exclude<NonNullable<ConfigFile["waivers"]>, string>[number];

function placed({ address, expires, ...rest }: WrittenWaiver, source: string): Waiver {
  return { ...rest, ...withoutUndefined({ address, expires }), source };
}
