import { lstat, realpath, stat } from "node:fs/promises";
import { dirname, relative, sep } from "node:path";
import { FaberError, messageOf } from "../core/error.ts";
import { basePolicySchema, type BasePolicyFile } from "./base-policy-schema.ts";
import { documentBytes, readDocument, type ReadDocument } from "./read-document.ts";

/** A policy file that holds to its schema. Several may be in force: each one counts. */
export type BasePolicy = ReadDocument<BasePolicyFile>;

/** Where a base policy may lie. */
export interface PolicyPlace {
  /** Absolute. */
  readonly file: string;
  /** The variable that names it; a file that somebody names has to be there. */
  readonly variable?: string;
}

export interface PolicyReader {
  /** Absolute. */
  readonly cwd: string;
  /** Absolute folder that is under review: what lies in it cannot vouch for itself. */
  readonly repository: string;
  /** The user's ID on this machine; absent where the system has none. */
  readonly uid?: number;
}

/**
 * Reads the policies of all places that are there. Throws `base-policy-missing` for a named one that is not,
 * `base-policy-untrusted` for one that others could have written, `config-invalid` for what it says wrongly.
 */
export async function loadBasePolicies(
  places: readonly PolicyPlace[],
  reader: PolicyReader,
): Promise<readonly BasePolicy[]> {
  const loaded: BasePolicy[] = [];
  for (const place of places) {
    const file = await existing(place);
    if (file === undefined) continue;
    await refuseUntrusted(file, reader);
    loaded.push(
      readDocument(await documentBytes(file), {
        file,
        cwd: reader.cwd,
        schema: basePolicySchema,
        leastContent: "required_tests: [terraform_validation]",
      }),
    );
  }
  return loaded;
}

/** The file itself, links followed. A place that is only looked at may be empty; anything else must be readable. */
async function existing({ file, variable }: PolicyPlace): Promise<string | undefined> {
  try {
    await lstat(file);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (variable === undefined && (code === "ENOENT" || code === "ENOTDIR")) return undefined;
    throw new FaberError({
      code: "base-policy-missing",
      exit: "wrong-usage",
      message: `cannot read the base policy ${file}: ${messageOf(error)}`,
      ...(variable === undefined ? {} : { why: `${variable} names it` }),
      hints: ["a policy that cannot be read is not taken for none: make it readable, or remove it"],
    });
  }
  return realpath(file);
}

const writableByOthers = 0o022;
const sticky = 0o1000;

async function refuseUntrusted(file: string, { repository, uid }: PolicyReader): Promise<void> {
  const inside = relative(await realpath(repository), file);
  if (inside !== ".." && !inside.startsWith(`..${sep}`))
    throw untrusted(file, `it lies in ${repository}, whose changes it is to judge`);
  for (const path of [file, dirname(file)]) {
    const found = await stat(path);
    if (uid !== undefined && found.uid !== 0 && found.uid !== uid)
      throw untrusted(file, `${path} belongs to user ${found.uid}, neither root nor you`);
    // In a folder such as /tmp everybody may write, and nobody may replace another's file.
    const shared = path !== file && (found.mode & sticky) !== 0;
    if (!shared && (found.mode & writableByOthers) !== 0)
      throw untrusted(file, `others may write ${path} (mode ${(found.mode & 0o777).toString(8)})`);
  }
}

function untrusted(file: string, why: string): FaberError {
  return new FaberError({
    code: "base-policy-untrusted",
    exit: "wrong-usage",
    message: `the base policy ${file} cannot be trusted: ${why}`,
    hints: [
      "keep it outside the repository, owned by root or by you, and writable by nobody else: chmod go-w FILE",
    ],
  });
}
