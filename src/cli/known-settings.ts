import { dirname, resolve } from "node:path";
import { arrayAt, objectAt, stringAt, type JsonObject } from "../core/json.ts";
import { textOption, type Invocation } from "./define.ts";

/** What faber.yaml says, unchecked: enough to look at a text, and ten times quicker than resolving it all. */
export interface KnownSettings {
  readonly document: JsonObject;
  /** Absolute folder of the settings file, or the working directory. */
  readonly base: string;
  /** Absolute folder of the IaC root. */
  readonly root: string;
}

/** Throws FaberError for a folder or a file that was named and is not there. A file that is no YAML says nothing. */
export async function readKnownSettings({
  world: { env, cwd: start },
  options,
}: Pick<Invocation, "world" | "options">): Promise<KnownSettings> {
  const [{ findConfig, workingDir }, { readSettings }] = await Promise.all([
    import("../config/find.ts"),
    import("../config/issue-log-place.ts"),
  ]);
  const cwd = await workingDir({ flag: textOption(options, "chdir"), env, cwd: start });
  const file = await findConfig({ flag: textOption(options, "config"), env, cwd });
  const document = file === undefined ? {} : ((await readSettings(file)) ?? {});
  const named = textOption(options, "dir") ?? (env["FABER_DIR"] || undefined);
  const base = file === undefined ? cwd : dirname(file);
  const root = named === undefined ? resolve(base, stringAt(document["dir"]) ?? ".") : resolve(cwd, named);
  return { document, base, root };
}

/** What each environment gives to Terraform; one that gives nothing where none is named. */
export function inputsIn({ document, base, root }: KnownSettings): readonly {
  readonly variables: JsonObject;
  /** Where a variable file may be: in the root, or beside the settings. */
  readonly varFiles: readonly string[];
}[] {
  const environments = Object.values(objectAt(document["environments"])).map(objectAt);
  return (environments.length === 0 ? [{}] : environments).map((environment: JsonObject) => ({
    variables: objectAt(environment["variables"]),
    varFiles: arrayAt(environment["var_files"])
      .filter((file) => typeof file === "string")
      .flatMap((file) => [resolve(root, file), resolve(base, file)]),
  }));
}
